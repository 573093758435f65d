// Grouping of 100,000 files: how long it takes and how much memory it needs at its peak.

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <string>

#include "connectors/containers.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ASSAY_UNDER_SANITIZER 1
#else
#define ASSAY_UNDER_SANITIZER 0
#endif

namespace assay::connectors {
namespace {

constexpr size_t kFiles = 100'000;
constexpr size_t kTables = 10;

/// Spark files of ten tables under date levels and Hive levels: names as long as real ones.
std::vector<ListedFile> BigList() {
  std::vector<ListedFile> files;
  files.reserve(kFiles);
  for (size_t i = 0; i < kFiles; ++i) {
    const std::string day = std::to_string(10 + i % 18);
    const std::string month = std::to_string(10 + i / 18 % 3);
    const std::string number = std::to_string(100'000 + i);
    ListedFile file;
    file.relative_path = "warehouse/table_" + std::string(1 + i % kTables, 'x') +
                         "/year=2024/month=" + month + "/day=" + day + "/part-" + number +
                         "-0f8fad5b-d9cb-469f-a165-70867" + number + "0-c000.snappy.parquet";
    file.uri = "s3://company-data-lake/raw/" + file.relative_path;
    file.size_bytes = 1000;
    file.etag = "d41d8cd98f00b204e9800998ecf8427e-12";
    files.push_back(std::move(file));
  }
  return files;
}

int64_t StatusKib(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1));
  }
  return -1;
}

TEST(ContainersScaleTest, HundredThousandFilesTakeLittleTime) {
  const std::clock_t start = std::clock();
  const Grouped grouped = GroupFiles(BigList(), {}, Explain::kNo);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  ASSERT_EQ(grouped.containers.size(), kTables);
  EXPECT_EQ(grouped.containers[0].name, "warehouse/table_x/part-*.snappy.parquet");
  EXPECT_EQ(grouped.containers[0].files.size(), kFiles / kTables);
  // Far above what it takes, also without optimisation; quadratic work would take longer.
  EXPECT_LT(seconds, 60);
}

TEST(ContainersScaleTest, NamesThatAreAllDifferentTakeLittleTime) {
  std::vector<ListedFile> files = BigList();
  for (size_t i = 0; i < files.size(); ++i) {
    std::string word;
    for (size_t rest = i; rest > 0; rest /= 26) word += static_cast<char>('a' + rest % 26);
    files[i].relative_path = "t/word" + word + "x.csv";
  }
  const Grouped grouped = GroupFiles(std::move(files), {}, Explain::kNo);
  EXPECT_EQ(grouped.containers.size(), kFiles);
}

TEST(ContainersScaleTest, ListAndResultStayUnderThousandBytesAFile) {
  if (ASSAY_UNDER_SANITIZER) GTEST_SKIP() << "a sanitizer's memory is not the program's";
  // In a process of its own, whose peak starts at what it inherits: nothing freed may lie
  // around.
  malloc_trim(0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const int64_t before = StatusKib("VmRSS");
    const Grouped grouped = GroupFiles(BigList(), {}, Explain::kNo);
    const int64_t bytes = (StatusKib("VmHWM") - before) * 1024;
    const bool is_small = bytes > 0 && bytes < static_cast<int64_t>(kFiles) * 1000;
    fprintf(stderr, "peak: %ld bytes a file\n",
            static_cast<long>(bytes) / static_cast<long>(kFiles));
    _exit(is_small && grouped.containers.size() == kTables ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace assay::connectors
