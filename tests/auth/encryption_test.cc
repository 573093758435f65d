#include "auth/encryption.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/id.h"

namespace assay::auth {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Encryption NewEncryption() {
  return Encryption(MasterKey::Generate().value());
}

class KeyFileTest : public testing::Test {
 protected:
  KeyFileTest() { std::filesystem::create_directories(directory_); }
  ~KeyFileTest() override { std::filesystem::remove_all(directory_); }

  const std::filesystem::path directory_ = std::filesystem::temp_directory_path() / NewUuid();
  const std::string file_ = directory_ / "master.key";
};

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

TEST_F(KeyFileTest, IsMadeOnceForTheOwnerOnly) {
  const auto made = LoadMasterKey({.text = {}, .file = file_});
  ASSERT_TRUE(made);
  struct stat status{};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(LoadMasterKey({.text = {}, .file = file_}).value().bytes(), made->bytes());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_), {}), 1);
}

TEST_F(KeyFileTest, ConcurrentFirstStartsAgree) {
  std::vector<std::string> keys(8);
  {
    std::vector<std::jthread> threads;
    // Threads share a process id, as two containers with a shared folder may.
    for (std::string& key : keys) {
      threads.emplace_back([&] {
        for (int attempt = 0; attempt < 100 && key.empty(); ++attempt) {
          if (const auto loaded = LoadMasterKey({.text = {}, .file = file_})) {
            key = loaded->bytes().Reveal();
          }
        }
      });
    }
  }
  EXPECT_THAT(keys, testing::Each(keys.front()));
  EXPECT_FALSE(keys.front().empty());
}

TEST_F(KeyFileTest, GivenTextWinsOverTheFile) {
  const std::string text(64, '7');
  const auto key = LoadMasterKey({.text = Secret(text), .file = file_});
  EXPECT_EQ(key.value().ToText().Reveal(), text);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(KeyFileTest, RefusesAFileThatOthersMayRead) {
  std::ofstream(file_) << std::string(64, '1') << "\n";
  std::filesystem::permissions(file_, std::filesystem::perms(0640));
  EXPECT_EQ(LoadMasterKey({.text = {}, .file = file_}).error().kind, ErrorKind::kDenied);
}

TEST_F(KeyFileTest, RefusesADamagedFile) {
  std::ofstream(file_) << "0123\n";
  std::filesystem::permissions(file_, std::filesystem::perms(0600));
  EXPECT_EQ(LoadMasterKey({.text = {}, .file = file_}).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(KeyFileTest, SaysWhenTheFolderIsMissing) {
  EXPECT_EQ(LoadMasterKey({.text = {}, .file = file_ + "/none/master.key"}).error().kind,
            ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace assay::auth
