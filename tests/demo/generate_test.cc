#include "demo/generate.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "demo/text_file.h"
#include "tests/demo/temporary_folder.h"
#include "tests/duckdb_rows.h"

namespace assay::demo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GenerateTest : public FolderTest {
 protected:
  std::vector<GeneratedTable> Make(const std::string& name, double scale, uint64_t seed = 1) {
    auto tables = GenerateData({.directory = Path(name), .seed = seed, .scale = scale}, {});
    EXPECT_TRUE(tables.has_value()) << tables.error().message;
    return tables.value_or(std::vector<GeneratedTable>{});
  }

  /// Relative path -> bytes.
  std::map<std::string, std::string> Files(const std::string& name) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / name)) {
      if (!entry.is_regular_file()) continue;
      files[std::filesystem::relative(entry.path(), folder_ / name).string()] =
          *ReadTextFile(entry.path().string());
    }
    return files;
  }
};

TEST_F(GenerateTest, MakesTheSameBytesFromTheSameSeed) {
  Make("a", 0.01);
  Make("b", 0.01);
  Make("c", 0.01, 2);
  EXPECT_EQ(Files("a"), Files("b"));
  EXPECT_NE(Files("a"), Files("c"));
}

TEST_F(GenerateTest, MakesSeveralFilesOfEachFormat) {
  const std::vector<GeneratedTable> tables = Make("data", 0.01);
  ASSERT_EQ(tables.size(), 3);
  const std::string data = Path("data");
  EXPECT_THAT(
      DuckDbRows("SELECT count(*), count(DISTINCT filename), count(DISTINCT order_month) FROM "
                 "read_parquet('" +
                 data + "/orders/*/*.parquet', filename = true, hive_partitioning = true)"),
      ElementsAre("600|12|6"));
  EXPECT_THAT(DuckDbRows("SELECT count(*), count(DISTINCT filename) FROM read_csv('" + data +
                         "/customers/*.csv', filename = true)"),
              ElementsAre("100|4"));
  EXPECT_THAT(DuckDbRows("SELECT count(*), count(DISTINCT filename) FROM read_json('" + data +
                         "/events/*.ndjson', filename = true)"),
              ElementsAre("400|4"));
  EXPECT_EQ(tables[0].row_count, 600);
  EXPECT_EQ(tables[1].file_count, 4);
}

TEST_F(GenerateTest, InjectsEveryKindAtItsRateAndOneErrorARow) {
  std::map<std::string, int64_t> rows;
  std::map<std::pair<std::string, std::string>, int64_t> counts;
  std::set<std::pair<std::string, int64_t>> places;
  std::set<std::string> kinds;
  for (const GeneratedTable& table : Make("data", 0.5)) {
    for (const InjectedCell& cell : table.injected) {
      EXPECT_TRUE(places.emplace(cell.file, cell.row_number).second)
          << cell.file << " " << cell.row_number;
      ++counts[{table.name, cell.kind}];
      kinds.insert(cell.kind);
    }
    rows[table.name] = table.row_count;
  }
  EXPECT_GE(kinds.size(), 13);
  EXPECT_EQ(counts.size(), 17);
  for (const auto& [kind, count] : counts) {
    const double share = static_cast<double>(count) / static_cast<double>(rows[kind.first]);
    EXPECT_GE(share, 0.002) << kind.first << " " << kind.second;
    EXPECT_LE(share, 0.01) << kind.first << " " << kind.second;
  }
}

TEST_F(GenerateTest, RepeatsOnlyKeysOfEarlierRows) {
  const std::vector<GeneratedTable> tables = Make("data", 0.1);
  std::vector<std::string> injected;
  for (const InjectedCell& cell : tables[0].injected) {
    if (cell.kind == "duplicate key")
      injected.push_back(cell.file + "|" + std::to_string(cell.row_number));
  }
  std::ranges::sort(injected);
  EXPECT_FALSE(injected.empty());
  const std::string data = Path("data");
  EXPECT_EQ(DuckDbRows("SELECT replace(filename, '" + data +
                       "/', ''), file_row_number FROM read_parquet('" + data +
                       "/orders/*/*.parquet', filename = true, file_row_number = true) QUALIFY "
                       "row_number() OVER "
                       "(PARTITION BY order_id ORDER BY filename, file_row_number) > 1 "
                       "ORDER BY filename || '|' || file_row_number"),
            injected);
}

TEST_F(GenerateTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(GenerateData({.directory = Path("data")}, stop.get_token()).error().kind,
            ErrorKind::kCancelled);
}

TEST(CsvTest, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(CsvLine({"a", "b c", "d,e", "say \"x\"", " f", ""}),
            "a,b c,\"d,e\",\"say \"\"x\"\"\",\" f\",\n");
}

}  // namespace
}  // namespace assay::demo
