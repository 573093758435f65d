#include "auth/password.h"

#include <gmock/gmock.h>

#include <set>

namespace assay::auth {
namespace {

using ::testing::StartsWith;

constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};

TEST(PasswordsTest, KnowsAPasswordByItsHash) {
  const Passwords passwords(kCheap);
  const Secret hash = passwords.Hash(Secret("correct horse battery")).value();
  EXPECT_THAT(hash.Reveal(), StartsWith("$argon2id$"));
  EXPECT_EQ(passwords.Matches(hash, Secret("correct horse battery")).value(), true);
  EXPECT_EQ(passwords.Matches(hash, Secret("correct horse batterz")).value(), false);
  EXPECT_EQ(passwords.Matches(hash, Secret("")).value(), false);
}

TEST(PasswordsTest, SaltsEveryHash) {
  const Passwords passwords(kCheap);
  EXPECT_NE(passwords.Hash(Secret("correct horse battery")).value().Reveal(),
            passwords.Hash(Secret("correct horse battery")).value().Reveal());
}

TEST(PasswordsTest, NothingMatchesAnEmptyHash) {
  const Passwords passwords(kCheap);
  EXPECT_EQ(passwords.Matches(Secret(), Secret("")).value(), false);
  EXPECT_EQ(passwords.Matches(Secret("not a hash"), Secret("x")).value(), false);
}

TEST(PasswordsTest, WantsTwelveCharactersAndAtMost256Bytes) {
  const Passwords passwords(kCheap);
  EXPECT_EQ(passwords.Check(Secret("elevenchars")).error().message,
            "must have at least 12 characters");
  // 11 characters of 2 bytes each.
  EXPECT_FALSE(
      passwords.Check(Secret("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                             "\u00e9\u00e9")));
  EXPECT_TRUE(passwords.Check(Secret("twelve chars")));
  EXPECT_TRUE(passwords.Check(Secret(std::string(256, 'x'))));
  EXPECT_EQ(passwords.Check(Secret(std::string(257, 'x'))).error().message,
            "must have at most 256 bytes");
}

TEST(PasswordsTest, GeneratesOnesThatItWouldTake) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const Secret password = Passwords::Generate();
    EXPECT_TRUE(Passwords(kCheap).Check(password));
    seen.insert(password.Reveal());
  }
  EXPECT_EQ(seen.size(), 100u);
}

}  // namespace
}  // namespace assay::auth
