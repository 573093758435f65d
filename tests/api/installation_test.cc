#include "api/installation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "auth/key_file.h"
#include "base/id.h"
#include "store/connections.h"
#include "store/process_lock.h"
#include "store/secrets.h"

namespace assay::api {
namespace {

namespace fs = std::filesystem;

class InstallationTest : public testing::Test {
 protected:
  InstallationTest() {
    options_.data_directory = folder_;
    options_.password_cost = {.passes = 1, .memory_bytes = 8192};
    auto installation = Open().value();
    store::Connection lake;
    lake.name = "lake";
    lake.type = "s3";
    lake.secrets = {{"secret_key", Secret("top-secret")}};
    EXPECT_TRUE(
        store::Connections(installation->database(), installation->cipher()).Create(lake));
    token_ = installation->CreateAdminIfNobody().value()->token;
  }
  ~InstallationTest() override { fs::remove_all(folder_); }

  Result<std::unique_ptr<Installation>> Open() { return Installation::Open(options_, clock_); }
  std::string KeyText() const {
    return auth::LoadMasterKey({.text = {}, .file = folder_ / "master.key"})
        .value()
        .ToText()
        .Reveal();
  }
  /// Whether secrets can be read and the first token still is one of ours.
  static void ExpectWhole(Installation& installation, const Secret& token) {
    const auto lake =
        store::Connections(installation.database(), installation.cipher()).FindByName("lake");
    ASSERT_TRUE(lake);
    EXPECT_EQ(lake->secrets.at("secret_key").Reveal(), "top-secret");
    EXPECT_TRUE(installation.signer().Verify(token.Reveal(), SystemClock().Now()));
  }

  const fs::path folder_ = fs::temp_directory_path() / ("assay-installation-" + NewUuid());
  InstallationOptions options_;
  SystemClock clock_;
  Secret token_;
};

TEST_F(InstallationTest, RotationReplacesTheKeyFileAndKeepsTokens) {
  const std::string before = KeyText();
  // The connection, the check of the key and the key of tokens.
  EXPECT_EQ(RotateKey(options_, "", clock_).value(), 3);
  EXPECT_NE(KeyText(), before);
  EXPECT_FALSE(fs::exists(folder_ / "master.key.next"));
  ExpectWhole(*Open().value(), token_);
}

TEST_F(InstallationTest, RotationToAKeyOfOnesOwn) {
  const fs::path file = folder_ / "own.key";
  ASSERT_EQ(RotateKey(options_, file, clock_).error().kind, ErrorKind::kNotFound);
  const auth::MasterKey own = auth::MasterKey::Generate().value();
  ASSERT_TRUE(auth::WriteKeyFile(file, own));
  ASSERT_TRUE(RotateKey(options_, file, clock_));
  EXPECT_EQ(KeyText(), own.ToText().Reveal());
  options_.key_file = file;
  ExpectWhole(*Open().value(), token_);
}

TEST_F(InstallationTest, AKeyOfTheEnvironmentNeedsAFileForTheNextOne) {
  options_.master_key_text = Secret(KeyText());
  EXPECT_EQ(RotateKey(options_, "", clock_).error().kind, ErrorKind::kInvalidInput);
  const auth::MasterKey own = auth::MasterKey::Generate().value();
  ASSERT_TRUE(auth::WriteKeyFile(folder_ / "own.key", own));
  ASSERT_TRUE(RotateKey(options_, folder_ / "own.key", clock_));
  EXPECT_EQ(Open().error().kind, ErrorKind::kDenied);
  options_.master_key_text = own.ToText();
  ExpectWhole(*Open().value(), token_);
}

TEST_F(InstallationTest, RotationWaitsForNoServer) {
  const auto server = store::ProcessLock::Acquire(folder_).value();
  const std::string before = KeyText();
  EXPECT_EQ(RotateKey(options_, "", clock_).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(KeyText(), before);
}

TEST_F(InstallationTest, RotationMakesNoStore) {
  options_.data_directory = folder_ / "other";
  fs::create_directory(folder_ / "other");
  EXPECT_EQ(RotateKey(options_, "", clock_).error().kind, ErrorKind::kNotFound);
  EXPECT_TRUE(fs::is_empty(folder_ / "other"));
}

TEST_F(InstallationTest, ACrashBeforeTheStoreChangedLeavesTheOldKey) {
  ASSERT_TRUE(auth::WriteKeyFile(folder_ / "master.key.next",
                                 auth::MasterKey::Generate().value()));
  const std::string before = KeyText();
  ExpectWhole(*Open().value(), token_);
  EXPECT_EQ(KeyText(), before);
}

TEST_F(InstallationTest, ACrashAfterTheStoreChangedIsFinishedAtTheNextStart) {
  const auth::MasterKey next = auth::MasterKey::Generate().value();
  ASSERT_TRUE(auth::WriteKeyFile(folder_ / "master.key.next", next));
  {
    const auto installation = Open().value();
    ASSERT_TRUE(store::ChangeKey(installation->database(), installation->cipher(),
                                 operations::StoreCipher(auth::Encryption(next))));
  }
  ExpectWhole(*Open().value(), token_);
  EXPECT_EQ(KeyText(), next.ToText().Reveal());
  EXPECT_FALSE(fs::exists(folder_ / "master.key.next"));
}

TEST_F(InstallationTest, AnAbsentKeyFileThatWasNamedIsAnError) {
  options_.key_file = folder_ / "typo.key";
  EXPECT_EQ(Open().error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(fs::exists(options_.key_file));
}

}  // namespace
}  // namespace assay::api
