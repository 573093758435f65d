#include "operations/temporary_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace assay::operations {
namespace {

namespace fs = std::filesystem;

class TemporaryDirectoryTest : public testing::Test {
 protected:
  TemporaryDirectory root_ = TemporaryDirectory::Make("", "assay-test").value();
};

TEST_F(TemporaryDirectoryTest, IsPrivateAndGoesAwayWithItsFiles) {
  std::optional<TemporaryDirectory> directory(
      TemporaryDirectory::Make(root_.path(), "parts").value());
  const std::string path = directory->path();
  EXPECT_TRUE(path.starts_with(root_.path() + "/parts-"));
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
  std::ofstream(path + "/a") << "x";
  directory.reset();
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(TemporaryDirectoryTest, AFolderThatCannotBeMadeIsNamed) {
  const auto made = TemporaryDirectory::Make(root_.path() + "/gone", "parts");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(made.error().message, testing::HasSubstr(root_.path() + "/gone"));
}

TEST_F(TemporaryDirectoryTest, TheFolderOfADataDirectoryIsPrivateAndCanBeCleared) {
  EXPECT_EQ(TemporaryFolderOf("").value(), "");
  const std::string folder = TemporaryFolderOf(root_.path()).value();
  EXPECT_EQ(folder, root_.path() + "/tmp");
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  fs::create_directories(folder + "/assay-spill-1/x");
  std::ofstream(folder + "/file") << "x";
  std::ofstream(root_.path() + "/assay.db") << "x";
  ASSERT_TRUE(ClearTemporaryFolderOf(root_.path()));
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_TRUE(fs::exists(root_.path() + "/assay.db"));
}

}  // namespace
}  // namespace assay::operations
