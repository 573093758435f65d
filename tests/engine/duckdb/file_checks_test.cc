#include <fmt/format.h>
#include <gmock/gmock.h>

#include "engine/scan.h"
#include "tests/engine/compressed.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using ::testing::HasSubstr;
using Assertion = CheckOutcome::Assertion;
using Files = plan::FileCheck;

// Of "id\n1\n" by md5sum, and of "id\n2\n" by sha256sum.
#define MD5_OF_A "bc9280dfc1d4e67233f138f5bbbf0951"
#define SHA256_OF_B "4ece338a824893ad18a76a3173acce24b5e60addef0d55bf47ea13070ea88daa"

class FileChecksTest : public LocalTableTest {
 protected:
  template <class Expected>
  CheckOutcome Run(const Expected& expected, const ScanOptions& options = {},
                   double coverage = 1) {
    const auto schema = ReadSchema(*session_, dataset_, {});
    EXPECT_TRUE(schema) << schema.error().message;
    const plan::Check check{.form = Files{expected}, .filter = {}, .coverage = coverage};
    auto result = Scan(*session_, dataset_, *schema, {check}, options, {});
    EXPECT_TRUE(result) << result.error().message;
    return result->checks[0];
  }
  /// The detail of a check that fails, "passed" of one that holds.
  template <class Expected>
  std::string Found(const Expected& expected) {
    const CheckOutcome outcome = Run(expected);
    if (outcome.assertion == Assertion::kUnasserted) return "unasserted: " + outcome.detail;
    return outcome.assertion == Assertion::kPassed ? "passed" : outcome.detail;
  }
};

TEST_F(FileChecksTest, CountsFiles) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n2\n");
  const CheckOutcome outcome = Run(Files::Count{.min = 3, .max = {}});
  EXPECT_EQ(outcome.assertion, Assertion::kFailed);
  EXPECT_EQ(outcome.measure->text, "2");
  EXPECT_EQ(Found(Files::Count{.min = 2, .max = 2}), "passed");
  EXPECT_EQ(Found(Files::Count{.min = {}, .max = 1}), "measured 2");
  EXPECT_THAT(
      Run(Files::Count{.min = 1, .max = {}}, {.extent = ScanOptions::Extent::kPart}).detail,
      HasSubstr("only some were scanned"));
}

TEST_F(FileChecksTest, NamesTheFirstFilesThatFailAndCountsTheRest) {
  for (int i = 0; i < 5; ++i) Add(fmt::format("{}.csv", i), "id\n1\n");
  Add("z.csv", "id\n123456\n");
  const Files::Size size{.min_bytes = 6, .max_bytes = {}};
  const CheckOutcome outcome = Run(size);
  EXPECT_EQ(outcome.assertion, Assertion::kFailed);
  EXPECT_EQ(outcome.groups.asserted_groups, 6);
  EXPECT_EQ(outcome.groups.failing_groups, 5);
  EXPECT_EQ(outcome.detail,
            "0.csv has 5 bytes, 1.csv has 5 bytes, 2.csv has 5 bytes and 2 more");
  EXPECT_EQ(Run(size, {}, 0.1).assertion, Assertion::kPassed);
  EXPECT_EQ(Found(Files::Size{.min_bytes = {}, .max_bytes = 10}), "passed");
}

TEST_F(FileChecksTest, ComparesTheTimesAtWhichFilesWereWritten) {
  Add("a.csv", "id\n1\n");
  const Files::Written before{.earliest = Timestamp{}, .latest = {}};
  EXPECT_EQ(Found(before), "unasserted: a.csv: it is not known when it was written");
  struct stat facts{};
  ASSERT_EQ(stat(Path("a.csv").c_str(), &facts), 0);
  const auto written = Timestamp(std::chrono::seconds(facts.st_mtim.tv_sec) +
                                 std::chrono::microseconds(facts.st_mtim.tv_nsec / 1000));
  dataset_.files[0].last_modified = written;
  EXPECT_EQ(Found(Files::Written{.earliest = written, .latest = written}), "passed");
  const auto second = std::chrono::seconds(1);
  EXPECT_EQ(Found(Files::Written{.earliest = written + second, .latest = {}}),
            "a.csv was written at " + FormatTimestamp(written));
  EXPECT_THAT(Found(Files::Written{.earliest = {}, .latest = written - second}),
              HasSubstr("was written at"));
}

TEST_F(FileChecksTest, MatchesNamesWithoutTheirFolders) {
  Add("day=1/orders_1.csv", "id\n1\n");
  Add("day=1/Orders.csv", "id\n1\n");
  EXPECT_EQ(Found(Files::Name{.pattern = "^orders_\\d"}), "day=1/Orders.csv");
  EXPECT_EQ(Found(Files::Name{.pattern = "csv$"}), "passed");
}

TEST_F(FileChecksTest, FindsFilesWithTheSameBytes) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n2\n");
  Add("c/a.csv", "id\n1\n");
  Add("d.csv", "id\n12345\n");
  EXPECT_EQ(Found(Files::DistinctContent{}), "c/a.csv repeats a.csv");
  // Entity tags of S3 are believed where all are MD5 sums.
  const auto tag = [&](const char* first, const char* second, const char* third) {
    dataset_.files[0].etag = first;
    dataset_.files[1].etag = second;
    dataset_.files[2].etag = third;
  };
  tag("\"900150983cd24fb0d6963f7d28e17f72\"", "\"900150983cd24fb0d6963f7d28e17f72\"",
      "\"d41d8cd98f00b204e9800998ecf8427e\"");
  EXPECT_EQ(Found(Files::DistinctContent{}), "b.csv repeats a.csv");
  tag("900150983cd24fb0d6963f7d28e17f72-2", "900150983cd24fb0d6963f7d28e17f72-2", "x");
  EXPECT_EQ(Found(Files::DistinctContent{}), "c/a.csv repeats a.csv");
  EXPECT_EQ(Run(Files::DistinctContent{}, {.extent = ScanOptions::Extent::kPart}).assertion,
            Assertion::kUnasserted);
}

TEST_F(FileChecksTest, ComparesChecksumsBesideFiles) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n2\n");
  const Files::Checksum sidecars{.manifest = {}};
  EXPECT_EQ(Found(sidecars), "a.csv has none written down, b.csv has none written down");
  Write("a.csv.md5", MD5_OF_A "  a.csv\n");
  Write("b.csv.sha256", SHA256_OF_B "\n");
  EXPECT_EQ(Found(sidecars), "passed");
  Write("b.csv.sha256", SHA256_OF_B "  c.csv\n");
  EXPECT_EQ(Found(sidecars), "b.csv has none written down");
  Write("a.csv.md5", "00000000000000000000000000000000  a.csv\n");
  EXPECT_THAT(Found(sidecars), HasSubstr("a.csv has md5 " MD5_OF_A " and not 0000"));
}

TEST_F(FileChecksTest, ComparesChecksumsOfAManifest) {
  Add("x/a.csv", "id\n1\n");
  Add("y/b.csv", "id\n2\n");
  const Files::Checksum manifest{.manifest = "SUMS"};
  Write("x/SUMS", MD5_OF_A " *./a.csv\n");
  Write("y/SUMS", "SHA256 (b.csv) = " SHA256_OF_B "\n");
  EXPECT_EQ(Found(manifest), "passed");
  std::filesystem::remove(Path("y/SUMS"));
  EXPECT_EQ(Found(manifest), "y/b.csv has none written down");
}

TEST_F(FileChecksTest, TellsWhereRowsAreRagged) {
  std::string good = "id,name\n";
  for (int i = 0; i < 100; ++i) good += fmt::format("{},\"n, {}\"\n", i, i);
  Add("a.csv", good);
  Add("b.csv", good + "1,2,3\n5,6\n7\n");
  Add("c.csv.gz", Gzip(good + "8\n"));
  EXPECT_EQ(Found(Files::EvenRows{}),
            "b.csv has 2, the first in line 102, c.csv.gz has 1, the first in line 102");
  Write("c.csv.gz", Gzip(good).substr(0, 40));
  dataset_.files.pop_back();
  AddExisting("c.csv.gz");
  EXPECT_THAT(Found(Files::EvenRows{}), HasSubstr("c.csv.gz cannot be read: "));
}

TEST_F(FileChecksTest, TellsEncodings) {
  const auto of = [](const std::string& name) { return "id,city\n1," + name + "\n2,plain\n"; };
  Add("ascii.csv", of("plain"));
  Add("latin.csv", of("Z\xFCrich"));
  Add("windows.csv", of("\x80 5"));
  Add("utf8.csv", of("Zürich"));
  Add("zip.csv.gz", Gzip(of("Zürich")));
  EXPECT_EQ(Found(Files::Encoding{.expected = {"utf-8"}}),
            "latin.csv is latin-1, windows.csv is windows-1252");
  EXPECT_EQ(Found(Files::Encoding{.expected = {"windows-1252"}}),
            "utf8.csv is utf-8, zip.csv.gz is utf-8");
  EXPECT_EQ(Found(Files::Encoding{.expected = {"latin-1", "utf-8"}}),
            "windows.csv is windows-1252");
  EXPECT_EQ(Found(Files::Encoding{.expected = {"utf-8", "windows-1252"}}), "passed");
}

TEST_F(FileChecksTest, AFaultFarBehindTheBeginningIsOfTheEncoding) {
  std::string text = "id,city\n";
  for (int i = 0; i < 50'000; ++i)
    text += fmt::format("{},{}\n", i, i == 49'000 ? "Z\xFCrich" : "Köln");
  Add("a.csv", text);
  EXPECT_EQ(Found(Files::Encoding{.expected = {"utf-8"}}),
            "a.csv is utf-8 with bytes that are not");
}

TEST_F(FileChecksTest, ComparesHeadersOfEachFile) {
  Add("a.csv", "\xEF\xBB\xBFid,\"na\"\"me\",x\n1,b,2\n");
  Add("b.csv", "x,id,\"na\"\"me\"\n2,1,b\n");
  const std::vector<std::string> names = {"id", "na\"me", "x"};
  using enum Files::Header::Order;
  EXPECT_EQ(Found(Files::Header{.names = names, .order = kSame}),
            "b.csv has 'x' in place of 'id'");
  EXPECT_EQ(Found(Files::Header{.names = names, .order = kAny}), "passed");
  EXPECT_EQ(Found(Files::Header{.names = {"id", "x"}, .order = kAny}),
            "a.csv has 'na\"me' besides, b.csv has 'na\"me' besides");
  EXPECT_THAT(Found(Files::Header{.names = {"id", "na\"me", "x", "y"}, .order = kSame}),
              HasSubstr("a.csv lacks 'y'"));
}

TEST_F(FileChecksTest, OfOtherFormatsNothingIsAsserted) {
  dataset_.format = FileFormat::kJson;
  Add("a.ndjson", "{\"id\": 1}\n");
  EXPECT_EQ(Found(Files::EvenRows{}), "unasserted: only delimited files have rows of cells");
  EXPECT_EQ(Found(Files::Header{.names = {"id"}}),
            "unasserted: only delimited files have rows of cells");
  EXPECT_EQ(Found(Files::Encoding{.expected = {"utf-8"}}), "passed");
}

TEST_F(FileChecksTest, AFileThatIsGoneIsNotAsserted) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n1\n");
  const DatasetSchema schema = Schema();
  const plan::Check check{.form = Files{Files::DistinctContent{}}};
  std::filesystem::remove(Path("b.csv"));
  const auto result = Scan(*session_, dataset_, schema, {check}, {}, {});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->checks[0].assertion, Assertion::kUnasserted);
  EXPECT_THAT(result->checks[0].detail, HasSubstr("b.csv: the file was deleted"));
}

}  // namespace
}  // namespace assay::engine
