#include "connectors/containers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "tests/source_tree.h"

namespace assay::connectors {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Case {
  std::string title;
  GroupingOptions options;
  std::vector<ListedFile> files;
  std::map<std::string, std::string> containers;               // path -> container
  std::map<std::string, std::string> left_out;                 // path -> reason
  std::map<std::string, std::vector<std::string>> partitions;  // container -> fields
};

ListedFile File(const std::string& path) {
  ListedFile file;
  file.uri = "s3://bucket/root/" + path;
  file.relative_path = path;
  file.size_bytes = 100;
  file.etag = "d41d8cd98f00b204e9800998ecf8427e";
  return file;
}

/// Takes " [0 bytes]" or " [archived X]" off the end of `path`.
ListedFile FileWithRemark(std::string path) {
  const size_t empty = path.rfind(" [0 bytes]");
  const size_t archived = path.rfind(" [archived ");
  ListedFile file = File(path.substr(0, std::min(empty, archived)));
  if (empty != std::string::npos) file.size_bytes = 0;
  if (archived != std::string::npos) {
    const size_t from = archived + std::string(" [archived ").size();
    file.is_archived = true;
    file.unreadable_because = "archived (" + path.substr(from, path.size() - from - 1) + ")";
  }
  return file;
}

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> items;
  std::istringstream stream(text);
  for (std::string item; stream >> item;) {
    if (item.ends_with(',')) item.pop_back();
    items.push_back(item);
  }
  return items;
}

void ReadLine(const std::string& line, Case& into) {
  if (line == "! by folder") {
    into.options.grouping = Grouping::kByFolder;
  } else if (line.starts_with("! pattern ")) {
    into.options.pattern_overrides.push_back(line.substr(10));
  } else if (line.starts_with("? ")) {
    const size_t colon = line.rfind(": ");
    into.partitions[line.substr(2, colon - 2)] = SplitList(line.substr(colon + 2));
  } else if (const size_t arrow = line.find(" -> "); arrow != std::string::npos) {
    into.files.push_back(FileWithRemark(line.substr(0, arrow)));
    into.containers[into.files.back().relative_path] = line.substr(arrow + 4);
  } else if (const size_t cross = line.find(" -x "); cross != std::string::npos) {
    into.files.push_back(FileWithRemark(line.substr(0, cross)));
    into.left_out[into.files.back().relative_path] = line.substr(cross + 4);
  } else {
    ADD_FAILURE() << "cannot read this line of containers_cases.txt: " << line;
  }
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> read;
    std::ifstream file(SourceTree() / "tests" / "connectors" / "containers_cases.txt");
    for (std::string line; std::getline(file, line);) {
      if (line.empty() || line.starts_with("# ") || line == "#") continue;
      if (line.starts_with("== ")) {
        read.emplace_back().title = line.substr(3);
      } else if (!read.empty()) {
        ReadLine(line, read.back());
      }
    }
    return read;
  }();
  return cases;
}

void ExpectCase(const Case& expected, std::vector<ListedFile> files) {
  const Grouped grouped = GroupFiles(std::move(files), expected.options, Explain::kNo);
  std::map<std::string, std::string> containers;
  std::map<std::string, std::vector<std::string>> partitions;
  std::set<std::string> names;
  for (const FoundContainer& container : grouped.containers) {
    EXPECT_TRUE(names.insert(container.name).second)
        << "two containers are called " << container.name;
    if (!container.partition_fields.empty())
      partitions[container.name] = container.partition_fields;
    for (const engine::DataFile& file : container.files)
      containers[file.relative_path] = container.name;
  }
  std::map<std::string, std::string> left_out;
  for (const FilePlacement& placement : grouped.left_out)
    left_out[placement.relative_path] = placement.reason;
  EXPECT_EQ(containers, expected.containers);
  EXPECT_EQ(left_out, expected.left_out);
  EXPECT_EQ(partitions, expected.partitions);
}

TEST(ContainersTest, HasAtLeastSixtyCases) {
  EXPECT_GE(Cases().size(), 60U);
}

TEST(ContainersTest, EveryCaseComesOutAsWritten) {
  for (const Case& expected : Cases()) {
    SCOPED_TRACE(expected.title);
    ExpectCase(expected, expected.files);
  }
}

TEST(ContainersTest, TheOrderOfTheListDoesNotMatter) {
  std::mt19937 random(7);  // NOLINT: the same orders in every run
  for (const Case& expected : Cases()) {
    SCOPED_TRACE(expected.title);
    std::vector<ListedFile> files = expected.files;
    std::reverse(files.begin(), files.end());
    ExpectCase(expected, files);
    for (int round = 0; round < 5; ++round) {
      std::shuffle(files.begin(), files.end(), random);
      ExpectCase(expected, files);
    }
  }
}

TEST(ContainersTest, TablesOfOneBucketDoNotDisturbEachOther) {
  // Each case below a folder of its own, all listed together, gives what each gives alone.
  std::vector<ListedFile> files;
  std::map<std::string, std::string> expected;
  size_t number = 0;
  for (const Case& one : Cases()) {
    ++number;
    if (one.options.grouping == Grouping::kByFolder || !one.options.pattern_overrides.empty())
      continue;
    const std::string folder = "case-x" + std::string(number, 'x') + "/";
    for (const ListedFile& file : one.files) {
      files.push_back(file);
      files.back().relative_path = folder + file.relative_path;
    }
    for (const auto& [path, container] : one.containers)
      expected[folder + path] = folder + container;
  }
  const Grouped grouped = GroupFiles(files, {}, Explain::kNo);
  std::map<std::string, std::string> found;
  for (const FoundContainer& container : grouped.containers) {
    for (const engine::DataFile& file : container.files)
      found[file.relative_path] = container.name;
  }
  EXPECT_EQ(found, expected);
}

TEST(ContainersTest, KeepsWhatTheListSaysOfAFile) {
  ListedFile listed = File("t/a.csv");
  listed.last_modified = Timestamp(std::chrono::microseconds(1234567));
  const Grouped grouped = GroupFiles({listed}, {}, Explain::kNo);
  ASSERT_EQ(grouped.containers.size(), 1U);
  const FoundContainer& container = grouped.containers[0];
  EXPECT_EQ(container.name, "t/a.csv");
  EXPECT_EQ(container.folder, "t");
  EXPECT_EQ(container.format, engine::FileFormat::kDelimited);
  ASSERT_EQ(container.files.size(), 1U);
  EXPECT_EQ(container.files[0].uri, listed.uri);
  EXPECT_EQ(container.files[0].size_bytes, 100);
  EXPECT_EQ(container.files[0].last_modified, listed.last_modified);
  EXPECT_EQ(container.files[0].etag, listed.etag);
  EXPECT_THAT(container.files[0].partition_values, IsEmpty());
}

TEST(ContainersTest, PartitionValuesAreDecoded) {
  const Grouped grouped = GroupFiles({File("t/when=2024-01-01%2010%3A30/city=K%C3%B6ln/a.csv"),
                                      File("t/when=__HIVE_DEFAULT_PARTITION__/city=100%/a.csv"),
                                      File("t/when=x=y/city=/a.csv")},
                                     {}, Explain::kNo);
  ASSERT_EQ(grouped.containers.size(), 1U);
  const auto& files = grouped.containers[0].files;
  ASSERT_EQ(files.size(), 3U);
  EXPECT_THAT(files[0].partition_values,
              ElementsAre(Pair("when", "2024-01-01 10:30"), Pair("city", "Köln")));
  EXPECT_THAT(files[1].partition_values,
              ElementsAre(Pair("when", "__HIVE_DEFAULT_PARTITION__"), Pair("city", "100%")));
  EXPECT_THAT(files[2].partition_values, ElementsAre(Pair("when", "x=y"), Pair("city", "")));
}

TEST(ContainersTest, ContainersAreSortedByNameAndFilesByPath) {
  const Grouped grouped =
      GroupFiles({File("b_2.csv"), File("a.csv"), File("b_1.csv")}, {}, Explain::kNo);
  ASSERT_EQ(grouped.containers.size(), 2U);
  EXPECT_EQ(grouped.containers[0].name, "a.csv");
  EXPECT_EQ(grouped.containers[1].name, "b_*.csv");
  EXPECT_EQ(grouped.containers[1].files[0].relative_path, "b_1.csv");
  EXPECT_EQ(grouped.containers[1].files[1].relative_path, "b_2.csv");
}

TEST(ContainersTest, ExplainsEveryFileInListOrder) {
  ListedFile marker = File("sales/");
  marker.size_bytes = 0;
  const Grouped grouped = GroupFiles({File("sales/year=2024/orders_20240229.csv"), marker,
                                      File("customers_us.csv"), File("customers_eu.csv")},
                                     {}, Explain::kYes);
  ASSERT_EQ(grouped.placements.size(), 3U);
  EXPECT_EQ(grouped.placements[0].relative_path, "sales/year=2024/orders_20240229.csv");
  EXPECT_EQ(grouped.placements[0].container, "sales/orders_*.csv");
  EXPECT_EQ(grouped.placements[0].reason,
            "'orders' stays; '20240229' varies (a date); folder read as 'sales/year=*'; "
            "partition fields year");
  EXPECT_EQ(grouped.placements[1].relative_path, "customers_us.csv");
  EXPECT_EQ(grouped.placements[1].reason, "'customers' stays; 'us' varies (a place)");
  ASSERT_EQ(grouped.left_out.size(), 1U);
  EXPECT_EQ(grouped.left_out[0].container, "");
  EXPECT_EQ(grouped.left_out[0].reason, "folder marker");
}

TEST(ContainersTest, DoesNotExplainUnasked) {
  EXPECT_THAT(GroupFiles({File("a.csv")}, {}, Explain::kNo).placements, IsEmpty());
}

TEST(ContainersTest, NothingGivesNothing) {
  const Grouped grouped = GroupFiles({}, {}, Explain::kYes);
  EXPECT_THAT(grouped.containers, IsEmpty());
  EXPECT_THAT(grouped.left_out, IsEmpty());
}

TEST(ContainersTest, WhoNamesAFolderOfResultsAsTheRootReadsThem) {
  const Grouped grouped =
      GroupFiles({File("_commits/op-7.json"), File("failed_checks/op-7-part-0.parquet")}, {},
                 Explain::kNo);
  ASSERT_EQ(grouped.containers.size(), 1u);
  EXPECT_EQ(grouped.containers[0].name, "failed_checks/op-*-part-*.parquet");
}

/// Key of the only container of these files.
std::string KeyOf(const std::vector<std::string>& paths, const GroupingOptions& options = {}) {
  std::vector<ListedFile> files;
  for (const std::string& path : paths) files.push_back(File(path));
  const Grouped grouped = GroupFiles(files, options, Explain::kNo);
  EXPECT_EQ(grouped.containers.size(), 1u);
  return grouped.containers.front().key;
}

TEST(ContainersTest, TheKeyStaysWhenTheNextFileArrives) {
  const std::string key = KeyOf({"in/orders-2024-02-28.csv"});
  EXPECT_EQ(KeyOf({"in/orders-2024-02-28.csv", "in/orders_2024-02-29.csv"}), key);
  EXPECT_EQ(KeyOf({"in/orders-2024-02-28.csv", "in/orders-2024-02-29.csv.gz"}), key);
  EXPECT_EQ(KeyOf({"in/orders-2024-02-28.csv", "in/orders-2024-02-28-2.csv"}), key);
  EXPECT_EQ(KeyOf({"a.csv"}), KeyOf({"a.csv", "a.csv.gz"}));
  EXPECT_NE(KeyOf({"orders-2024-02-28.csv"}), key);
  EXPECT_NE(KeyOf({"in/orders-2024-02-28.json"}), key);
  EXPECT_NE(KeyOf({"in/items-2024-02-28.csv"}), key);
  EXPECT_NE(KeyOf({"in/year=2024/orders-2024-02-28.csv"}), key);
  EXPECT_NE(KeyOf({"in/orders-2024-02-28.csv"}, {.grouping = Grouping::kByFolder}), key);
}

TEST(ContainersTest, KeysAreTheSameInEveryRelease) {
  EXPECT_EQ(KeyOf({"in/orders-2024-02-28.csv"}), "926c819b9741a8d23b6173891d10b173");
  EXPECT_EQ(KeyOf({"a.csv"}), "b9dad5999e57876e4594f97814cf8dac");
  EXPECT_EQ(KeyOf({"in/a.csv"}, {.grouping = Grouping::kByFolder}),
            "8505cdb897c55173c7d4760d9df402b4");
  EXPECT_EQ(KeyOf({"in/a.csv"}, {.pattern_overrides = {"in/*.csv"}}),
            "815a10c0737ee69dd4d9ebf809af3010");
}

TEST(ContainersTest, AGivenPatternIsKnownByTheOneItNames) {
  const Grouped grouped =
      GroupFiles({File("mix/a.csv"), File("mix/b.csv"), File("mix/c.parquet"), File("d.csv")},
                 {.pattern_overrides = {"/mix/*"}}, Explain::kNo);
  std::map<std::string, std::string> given;
  for (const FoundContainer& found : grouped.containers)
    given[found.name] = found.given_pattern;
  EXPECT_THAT(given, ElementsAre(Pair("d.csv", ""), Pair("mix/*", "/mix/*"),
                                 Pair("mix/* [parquet]", "")));
}

}  // namespace
}  // namespace assay::connectors
