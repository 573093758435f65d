#include "engine/duckdb/file_pass.h"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using ::testing::ElementsAre;

class FilePassTest : public LocalTableTest {};

TEST_F(FilePassTest, WhatAReplacedFileGaveIsNotAdded) {
  Add("a.csv", "x\n1\n");
  Add("b.csv", "x\n1\n2\n");
  const DatasetSchema schema = Schema();
  std::vector<size_t> added;
  const auto report =
      ForEachFile(*session_, dataset_, schema, "testing", {},
                  [&](size_t file, const ShareCallback&) -> Result<FileWork> {
                    if (file == 1) Write("b.csv", "x\n1\n2\n3\n");
                    return FileWork{.row_count = 1, .add = [&, file]() -> Status {
                                      added.push_back(file);
                                      return {};
                                    }};
                  });
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(added, ElementsAre(0));
  EXPECT_THAT(report->read, ElementsAre(0));
  ASSERT_EQ(report->failures.size(), 1U);
  EXPECT_EQ(report->failures[0].relative_path, "b.csv");
  EXPECT_EQ(report->failures[0].error.kind, ErrorKind::kConflict);
}

TEST_F(FilePassTest, AFailureToAddEndsThePass) {
  Add("a.csv", "x\n1\n");
  const auto report = ForEachFile(*session_, dataset_, Schema(), "testing", {},
                                  [](size_t, const ShareCallback&) -> Result<FileWork> {
                                    return FileWork{.row_count = 1, .add = []() -> Status {
                                                      return Fail(ErrorKind::kResourceLimit,
                                                                  "the disk is full");
                                                    }};
                                  });
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "the disk is full");
}

TEST_F(FilePassTest, TellsHowFarEachFileIsAndNeverGoesBack) {
  Add("a.csv", "x\n1\n2\n3\n");  // 8 bytes
  std::vector<int64_t> bytes_done;
  const RunContext context{
      .progress = [&](const Progress& progress) { bytes_done.push_back(progress.bytes_done); }};
  const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(110)); };
  const auto report = ForEachFile(
      *session_, dataset_, Schema(), "testing", context,
      [&](size_t, const ShareCallback& progress) {
        for (const double share : {0.5, 0.25}) {
          pause();
          progress(share);
        }
        return Result<FileWork>(FileWork{.row_count = 3, .add = []() -> Status { return {}; }});
      });
  ASSERT_TRUE(report);
  EXPECT_THAT(bytes_done, ElementsAre(0, 4, 4, 8));
}

}  // namespace
}  // namespace assay::engine
