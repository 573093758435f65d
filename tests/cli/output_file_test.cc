#include "cli/output_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/id.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public ::testing::Test {
 protected:
  OutputFileTest() : folder_(fs::temp_directory_path() / ("assay-output-" + NewUuid())) {
    fs::create_directories(folder_);
  }
  ~OutputFileTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string Read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  size_t FileCount() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
  Console console_;
};

TEST_F(OutputFileTest, AppearsWhenItIsWritten) {
  Result<OutputFile> file = OutputFile::Open(Path("a.json"));
  ASSERT_TRUE(file.has_value()) << file.error().message;
  EXPECT_FALSE(fs::exists(Path("a.json")));
  ASSERT_TRUE(file->Write("{}", console_).has_value());
  EXPECT_EQ(Read(Path("a.json")), "{}");
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(OutputFileTest, AnUnfinishedRunLeavesTheOldFile) {
  std::ofstream(Path("a.json")) << "old";
  {
    const Result<OutputFile> file = OutputFile::Open(Path("a.json"));
  }
  EXPECT_EQ(Read(Path("a.json")), "old");
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(OutputFileTest, AProcessThatEndsAtOnceLeavesNothingBehind) {
  const Result<OutputFile> file = OutputFile::Open(Path("a.json"));
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(FileCount(), 1u);
  OutputFile::RemoveAllTemporary();
  EXPECT_EQ(FileCount(), 0u);
}

TEST_F(OutputFileTest, SaysWhyAFileCannotBeMade) {
  const Result<OutputFile> missing = OutputFile::Open(Path("gone/a.json"));
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(missing.error().message,
            "cannot write " + Path("gone/a.json") + ": No such file or directory");
  const Result<OutputFile> folder = OutputFile::Open(folder_.string());
  ASSERT_FALSE(folder.has_value());
  EXPECT_EQ(folder.error().kind, ErrorKind::kInvalidInput);
  EXPECT_FALSE(OutputFile::Open("").has_value());
}

TEST_F(OutputFileTest, SaysWhenTheDiskIsFull) {
  Result<OutputFile> full = OutputFile::Open("/dev/full");
  ASSERT_TRUE(full.has_value());
  const Status written = full->Write("x", console_);
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().kind, ErrorKind::kResourceLimit);
  EXPECT_EQ(written.error().message, "cannot write /dev/full: No space left on device");
}

}  // namespace
}  // namespace assay::cli
