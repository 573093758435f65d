#include "auth/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/id.h"

namespace assay::auth {
namespace {

class KeyFileTest : public testing::Test {
 protected:
  KeyFileTest() { std::filesystem::create_directories(directory_); }
  ~KeyFileTest() override { std::filesystem::remove_all(directory_); }

  const std::filesystem::path directory_ = std::filesystem::temp_directory_path() / NewUuid();
  const std::string file_ = directory_ / "master.key";
};

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

TEST_F(KeyFileTest, DoesNotMakeAFileThatWasAskedFor) {
  const auto key = LoadMasterKey(
      {.text = {}, .file = file_, .missing_file = MasterKeySource::MissingFile::kRefuse});
  EXPECT_EQ(key.error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(KeyFileTest, WritesAKeyInPlaceOfAnother) {
  ASSERT_TRUE(LoadMasterKey({.text = {}, .file = file_}));
  const MasterKey next = MasterKey::Generate().value();
  ASSERT_TRUE(WriteKeyFile(file_, next));
  EXPECT_EQ(LoadMasterKey({.text = {}, .file = file_}).value().bytes(), next.bytes());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_), {}), 1);
  EXPECT_EQ(WriteKeyFile(file_ + "/none/master.key", next).error().kind,
            ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace assay::auth
