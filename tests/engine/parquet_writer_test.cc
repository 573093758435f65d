#include "engine/parquet_writer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/id.h"
#include "tests/duckdb_rows.h"

namespace assay::engine {
namespace {

using std::chrono::sys_days;
using testing::ElementsAre;

/// A directory of the test's own.
class ParquetWriterTest : public testing::Test {
 protected:
  ParquetWriterTest()
      : directory_(std::filesystem::temp_directory_path() / ("assay-parquet-" + NewUuid())) {
    std::filesystem::create_directories(directory_);
  }
  ~ParquetWriterTest() override { std::filesystem::remove_all(directory_); }

  std::string Path(const std::string& name) const { return (directory_ / name).string(); }

  std::filesystem::path directory_;
};

const std::vector<ParquetColumn> kAllKinds = {
    {"FLAG", ParquetColumnKind::kBoolean}, {"COUNT", ParquetColumnKind::kInteger},
    {"SCORE", ParquetColumnKind::kDouble}, {"say \"hi\"", ParquetColumnKind::kText},
    {"DAY", ParquetColumnKind::kDate},     {"TIME", ParquetColumnKind::kTimestamp}};

TEST_F(ParquetWriterTest, WritesEveryKindAndNullsInOrder) {
  const std::string path = Path("it's.parquet");
  auto writer = ParquetWriter::Open(path, kAllKinds);
  ASSERT_TRUE(writer.has_value());
  const Timestamp time = *ParseTimestamp("2026-01-31T08:30:00.000001Z");
  const auto day = std::chrono::floor<std::chrono::days>(time);
  ASSERT_TRUE(
      (*writer)->Append({true, INT64_MIN, 0.5, std::string("é'\n"), day, time}).has_value());
  ASSERT_TRUE((*writer)->Append(std::vector<ParquetCell>(6)).has_value());
  ASSERT_TRUE((*writer)
                  ->Append({false, INT64_MAX, -1e300, std::string(), sys_days{}, Timestamp{}})
                  .has_value());
  EXPECT_EQ((*writer)->row_count(), 3);
  ASSERT_TRUE((*writer)->Finish().has_value());
  EXPECT_THAT(
      DuckDbRows("FROM '" + Path("it''s.parquet") + "'"),
      ElementsAre("true|-9223372036854775808|0.5|é'\n|2026-01-31|2026-01-31 08:30:00.000001",
                  "NULL|NULL|NULL|NULL|NULL|NULL",
                  "false|9223372036854775807|-1e+300||1970-01-01|1970-01-01 00:00:00"));
  EXPECT_THAT(DuckDbRows("SELECT column_name, column_type FROM (DESCRIBE FROM '" +
                         Path("it''s.parquet") + "')"),
              ElementsAre("FLAG|BOOLEAN", "COUNT|BIGINT", "SCORE|DOUBLE", "say \"hi\"|VARCHAR",
                          "DAY|DATE", "TIME|TIMESTAMP"));
}

TEST_F(ParquetWriterTest, CompressesWithZstdAndRepeatsTheSameBytes) {
  const auto write = [&](const std::string& name) {
    auto writer = ParquetWriter::Open(Path(name), {{"TEXT", ParquetColumnKind::kText}});
    for (int i = 0; i < 5000; ++i)
      EXPECT_TRUE((*writer)->Append({fmt::format("value {}", i)}).has_value());
    EXPECT_TRUE((*writer)->Finish().has_value());
    std::ifstream file(Path(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  EXPECT_EQ(write("a.parquet"), write("b.parquet"));
  EXPECT_THAT(DuckDbRows("SELECT DISTINCT compression FROM parquet_metadata('" +
                         Path("a.parquet") + "')"),
              ElementsAre("ZSTD"));
}

TEST_F(ParquetWriterTest, WritesAFileWithoutRows) {
  auto writer = ParquetWriter::Open(Path("empty.parquet"), kAllKinds);
  ASSERT_TRUE((*writer)->Finish().has_value());
  EXPECT_THAT(DuckDbRows("SELECT count(*) FROM '" + Path("empty.parquet") + "'"),
              ElementsAre("0"));
}

TEST_F(ParquetWriterTest, ReplacesBytesThatAreNotUtf8) {
  auto writer =
      ParquetWriter::Open(Path("latin.parquet"), {{"TEXT", ParquetColumnKind::kText}});
  ASSERT_TRUE((*writer)->Append({std::string("caf\xE9.csv")}).has_value());
  ASSERT_TRUE((*writer)->Finish().has_value());
  EXPECT_THAT(DuckDbRows("FROM '" + Path("latin.parquet") + "'"), ElementsAre("caf\uFFFD.csv"));
}

TEST_F(ParquetWriterTest, CountsTheBytesOfValues) {
  auto writer =
      ParquetWriter::Open(Path("bytes.parquet"), {{"TEXT", ParquetColumnKind::kText}});
  ASSERT_TRUE((*writer)->Append({std::string(100, 'x')}).has_value());
  ASSERT_TRUE((*writer)->Append({std::monostate()}).has_value());
  EXPECT_EQ((*writer)->value_bytes(), 116);
}

TEST_F(ParquetWriterTest, LeavesNoFileWhenDroppedBeforeFinish) {
  auto writer =
      ParquetWriter::Open(Path("dropped.parquet"), {{"TEXT", ParquetColumnKind::kText}});
  ASSERT_TRUE((*writer)->Append({std::string("x")}).has_value());
  writer->reset();
  EXPECT_FALSE(std::filesystem::exists(Path("dropped.parquet")));
}

TEST_F(ParquetWriterTest, RefusesColumnsThatCannotBeATable) {
  EXPECT_EQ(ParquetWriter::Open(Path("x"), {}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ParquetWriter::Open(
                Path("x"), {{"A", ParquetColumnKind::kText}, {"a", ParquetColumnKind::kText}})
                .error()
                .kind,
            ErrorKind::kInvalidInput);
}

TEST_F(ParquetWriterTest, RefusesRowsThatDoNotFitTheColumns) {
  auto writer =
      ParquetWriter::Open(Path("x.parquet"), {{"COUNT", ParquetColumnKind::kInteger}});
  EXPECT_EQ((*writer)->Append({}).error().message, "row has 0 cells for 1 columns");
  EXPECT_EQ((*writer)->Append({std::string("1")}).error().message,
            "cell is not of the kind of column COUNT");
}

TEST_F(ParquetWriterTest, FailsWithoutTheFolderOfTheFile) {
  auto writer =
      ParquetWriter::Open(Path("missing/x.parquet"), {{"COUNT", ParquetColumnKind::kInteger}});
  ASSERT_TRUE((*writer)->Append({int64_t{1}}).has_value());
  EXPECT_EQ((*writer)->Finish().error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace assay::engine
