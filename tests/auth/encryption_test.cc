#include "auth/encryption.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::auth {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Encryption NewEncryption() {
  return Encryption(MasterKey::Generate().value());
}

TEST(EncryptionTest, OpensWhatItSealed) {
  const Encryption encryption = NewEncryption();
  for (const std::string& text :
       {std::string(), std::string("x"), std::string("a\0b", 3), std::string(100'000, 'q')}) {
    const auto sealed = encryption.Seal(Secret(text), "connections/1");
    ASSERT_TRUE(sealed);
    EXPECT_EQ(encryption.Open(*sealed, "connections/1").value().Reveal(), text);
  }
}

TEST(EncryptionTest, SealedTextHidesThePlainOneAndDiffersEachTime) {
  const Encryption encryption = NewEncryption();
  const auto first = encryption.Seal(Secret("very-secret-key"), "a").value();
  const auto second = encryption.Seal(Secret("very-secret-key"), "a").value();
  EXPECT_THAT(first, StartsWith("v1:"));
  EXPECT_THAT(first, Not(HasSubstr("very-secret")));
  EXPECT_NE(first, second);
}

TEST(EncryptionTest, RefusesAnotherKey) {
  const auto sealed = NewEncryption().Seal(Secret("s"), "a").value();
  EXPECT_EQ(NewEncryption().Open(sealed, "a").error().kind, ErrorKind::kDenied);
}

TEST(EncryptionTest, RefusesAnotherPlace) {
  const Encryption encryption = NewEncryption();
  const auto sealed = encryption.Seal(Secret("s"), "connections/1").value();
  EXPECT_EQ(encryption.Open(sealed, "connections/2").error().kind, ErrorKind::kDenied);
}

TEST(EncryptionTest, NoChangedCharacterOpens) {
  const Encryption encryption = NewEncryption();
  const auto sealed = encryption.Seal(Secret("some secret text"), "a").value();
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(encryption.Open(changed, "a")) << "character " << i;
  }
}

TEST(EncryptionTest, ForeignTextIsCorrupt) {
  const Encryption encryption = NewEncryption();
  for (const char* text :
       {"", "v1:", "v1:AAAA", "v1:***", "plain", "v2:AAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(encryption.Open(text, "a").error().kind, ErrorKind::kCorruptData) << text;
  }
}

TEST(MasterKeyTest, ReadsItsOwnText) {
  const MasterKey key = MasterKey::Generate().value();
  EXPECT_EQ(key.ToText().Reveal().size(), 64u);
  EXPECT_EQ(MasterKey::Parse(Secret(" " + key.ToText().Reveal() + "\n")).value().bytes(),
            key.bytes());
}

TEST(MasterKeyTest, RefusesWhatIsNoKey) {
  for (const std::string& text :
       {std::string(), std::string("abc"), std::string(63, 'a'), std::string(65, 'a'),
        std::string(64, 'g'), std::string("\n\n")}) {
    EXPECT_EQ(MasterKey::Parse(Secret(text)).error().kind, ErrorKind::kInvalidInput) << text;
  }
}

}  // namespace
}  // namespace assay::auth
