#include "store/secrets.h"

#include "store/settings.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

class SecretsTest : public StoreTest {
 protected:
  SecretsTest() {
    Connection lake = AddConnection("lake");
    lake.secrets = {{"secret_key", Secret("top-secret")}, {"session_token", Secret("t")}};
    EXPECT_TRUE(Connections(database(), cipher_).Update(lake));
    AddConnection("without secrets");
    EXPECT_TRUE(VerifyKey(database(), cipher_));
    EXPECT_TRUE(Settings(database()).SetSecret("signing", Secret("s"), cipher_));
    EXPECT_TRUE(Settings(database()).Set("plain", "value"));
  }

  const ReversingCipher next_{"next"};
};

TEST_F(SecretsTest, KeyIsVerifiedAgainstTheOneOfTheFirstStart) {
  EXPECT_TRUE(VerifyKey(database(), cipher_));
  EXPECT_TRUE(VerifyKey(database(), cipher_));
  EXPECT_EQ(VerifyKey(database(), ReversingCipher("another")).error().kind, ErrorKind::kDenied);
}

TEST_F(SecretsTest, AllAreUnderTheNewKeyAfterAChange) {
  EXPECT_EQ(ChangeKey(database(), cipher_, next_).value(), 3);
  EXPECT_TRUE(VerifyKey(database(), next_));
  EXPECT_EQ(VerifyKey(database(), cipher_).error().kind, ErrorKind::kDenied);
  const Connection lake = Connections(database(), next_).FindByName("lake").value();
  EXPECT_EQ(lake.secrets.at("secret_key").Reveal(), "top-secret");
  EXPECT_EQ(lake.secrets.at("session_token").Reveal(), "t");
  EXPECT_EQ(Settings(database()).GetSecret("signing", next_).value()->Reveal(), "s");
  EXPECT_EQ(Settings(database()).Get("plain").value(), "value");
}

TEST_F(SecretsTest, AnotherKeyChangesNothing) {
  const ReversingCipher other("other");
  EXPECT_EQ(ChangeKey(database(), other, next_).error().kind, ErrorKind::kDenied);
  EXPECT_TRUE(VerifyKey(database(), cipher_));
}

TEST_F(SecretsTest, OneThatDoesNotDecryptKeepsAllAsTheyWere) {
  ASSERT_TRUE(Settings(database()).SetSecret("strange", Secret("s"), ReversingCipher("other")));
  const Status changed = [&] {
    const auto result = ChangeKey(database(), cipher_, next_);
    return result ? Status() : Status(std::unexpected(result.error()));
  }();
  ASSERT_FALSE(changed);
  EXPECT_NE(changed.error().message.find("settings/strange"), std::string::npos);
  EXPECT_TRUE(VerifyKey(database(), cipher_));
  EXPECT_TRUE(Connections(database(), cipher_).FindByName("lake"));
}

TEST_F(SecretsTest, ASettingMayBecomeSecret) {
  ASSERT_TRUE(Settings(database()).SetSecret("plain", Secret("hidden"), cipher_));
  EXPECT_EQ(ChangeKey(database(), cipher_, next_).value(), 4);
  EXPECT_EQ(Settings(database()).GetSecret("plain", next_).value()->Reveal(), "hidden");
}

}  // namespace
}  // namespace assay::store
