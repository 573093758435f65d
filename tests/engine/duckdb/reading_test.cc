// Files as they are found in the wild, read through ReadSchema and Profile.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/duckdb/duckdb_library.h"
#include "engine/profile.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ReadingTest : public LocalTableTest {
 protected:
  void AddDelimited(const std::string& path, const std::string& content) {
    dataset_.format = FileFormat::kDelimited;
    Add(path, content);
  }
  void AddJson(const std::string& path, const std::string& content) {
    dataset_.format = FileFormat::kJson;
    Add(path, content);
  }

  /// What a profile tells; what fails is in its failures.
  ContainerProfile Read() {
    const auto schema = ReadSchema(*session_, dataset_, {});
    if (!schema) {
      ContainerProfile failed;
      failed.failures.push_back({.relative_path = "", .error = schema.error()});
      return failed;
    }
    auto profile = Profile(*session_, dataset_, *schema, {}, {});
    if (profile) return *std::move(profile);
    ContainerProfile failed{.schema = schema->schema};
    failed.failures.push_back({.relative_path = "", .error = profile.error()});
    return failed;
  }
};

/// "name:Type" of each field.
std::vector<std::string> FieldsOf(const ContainerProfile& profile) {
  std::vector<std::string> fields;
  for (const plan::Field& field : profile.schema.fields)
    fields.push_back(field.name + ":" + plan::FieldTypeName(field.type));
  return fields;
}

/// "path: message" of each failure.
std::vector<std::string> FailuresOf(const ContainerProfile& profile) {
  std::vector<std::string> failures;
  for (const FileFailure& failure : profile.failures)
    failures.push_back(failure.relative_path + ": " + failure.error.message);
  return failures;
}

std::string Repeated(int count, const std::function<std::string(int)>& line) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += line(i) + "\n";
  return lines;
}

TEST_F(ReadingTest, FoldersOfHivesLayoutDoNotAddColumnsToDelimitedFiles) {
  AddDelimited("k=v/dt=2026-01-31/p.csv", "id,text\n1,a\n2,b\n");
  AddDelimited("k=v/dt=2026-02-01/p.csv", "id,text\n3,c\n");
  dataset_.files[0].partition_values = {{"dt", "2026-01-31"}};
  dataset_.files[1].partition_values = {{"dt", "2026-02-01"}};
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  EXPECT_THAT(FieldsOf(profile), ElementsAre("id:Integral", "text:String", "dt:Date"));
  EXPECT_EQ(profile.record_count, 3);
}

TEST_F(ReadingTest, FoldersOfHivesLayoutDoNotAddColumnsToJson) {
  AddJson("year=1/p.ndjson", "{\"id\": 1, \"year\": \"x\"}\n");
  AddJson("year=2/p.ndjson", "{\"id\": 2, \"year\": \"y\"}\n");
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  EXPECT_THAT(FieldsOf(profile), ElementsAre("id:Integral", "year:String"));
  EXPECT_EQ(profile.fields.at(1).min, "x");
}

TEST_F(ReadingTest, ALineWithAnotherNumberOfCellsIsReportedNotMadeAColumn) {
  const std::string good = Repeated(1000, [](int i) { return fmt::format("{0},x{0},{0}", i); });
  AddDelimited("1.csv", "a,b,c\n" + good + "5,6\n");
  AddDelimited("2.csv", "a,b,c\n1,2,3,4\n" + good);
  AddDelimited("3.csv", "a,b,c\n" + good);
  const ContainerProfile profile = Read();
  EXPECT_THAT(FieldsOf(profile), ElementsAre("a:Integral", "b:String", "c:Integral"));
  EXPECT_THAT(FailuresOf(profile),
              ElementsAre("1.csv: line 1002: another number of columns than the file has",
                          "2.csv: line 2: another number of columns than the file has"));
  EXPECT_EQ(profile.record_count, 1000);
}

TEST_F(ReadingTest, AFileThatIsNotWellFormedDoesNotDecideForTheOthers) {
  const auto lines = [](int ragged) {
    return "a,b,c\n" + Repeated(100, [&](int i) {
             return fmt::format("{0},x{0},{0}{1}", i, i < ragged ? ",extra" : "");
           });
  };
  AddDelimited("1.csv", lines(50));
  AddDelimited("2.csv", lines(0));
  const ContainerProfile profile = Read();
  EXPECT_THAT(FieldsOf(profile), ElementsAre("a:Integral", "b:String", "c:Integral"));
  EXPECT_THAT(FailuresOf(profile), ElementsAre(HasSubstr("1.csv: ")));
  EXPECT_EQ(profile.record_count, 100);
}

TEST_F(ReadingTest, SentencesWithCommasAreOneColumn) {
  AddDelimited("1.csv", "note, or more\n" + Repeated(100, [](int i) {
                          return fmt::format("hello {}{}", i, i % 3 == 0 ? ", world" : "");
                        }));
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  EXPECT_THAT(profile.fields, SizeIs(1));
}

TEST_F(ReadingTest, NumbersInOneColumnAreOneColumn) {
  AddDelimited("1.csv", "id\n" + Repeated(100, [](int i) { return fmt::format("{}", i); }));
  EXPECT_THAT(FieldsOf(Read()), ElementsAre("id:Integral"));
}

TEST_F(ReadingTest, DelimitedFilesKeepTheirOwnOrderOfColumns) {
  AddDelimited("1.csv", "id,first,last\n1,Ada,Lovelace\n2,Alan,Turing\n");
  AddDelimited("2.csv", "last,id,first\nHopper,3,Grace\n");
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  EXPECT_THAT(FieldsOf(profile), ElementsAre("id:Integral", "first:String", "last:String"));
  EXPECT_EQ(profile.fields[0].sum, "6");
  EXPECT_EQ(profile.fields[0].unparsable_count, 0);
  EXPECT_EQ(profile.fields[1].max, "Grace");
  EXPECT_EQ(profile.fields[2].min, "Hopper");
}

TEST_F(ReadingTest, NamesOfFilesAreNoPatterns) {
  AddDelimited("report[1].csv", "id\n1\n1\n");
  AddDelimited("report1.csv", "id\n5\n");
  AddDelimited("what?.csv", "id\n7\n");
  AddDelimited("wha*.csv", "id\n8\n");
  AddDelimited("[a]/x.csv", "id\n9\n");
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  EXPECT_EQ(profile.record_count, 6);
  EXPECT_EQ(profile.fields.at(0).sum, "31");
}

TEST_F(ReadingTest, TimesWithAnOffsetAreReadAsUtc) {
  AddDelimited("1.csv", "id,t\n1,2026-01-31T08:30:00+02:00\n2,2026-01-31T08:30:00-0100\n");
  const ContainerProfile profile = Read();
  ASSERT_THAT(FieldsOf(profile), ElementsAre("id:Integral", "t:Timestamp"));
  EXPECT_THAT(profile.fields[1].min.value(), HasSubstr("06:30:00"));
  EXPECT_THAT(profile.fields[1].max.value(), HasSubstr("09:30:00"));
}

TEST_F(ReadingTest, TypesAreVotedForByWhatIsRead) {
  AddDelimited("1.csv",
               "german,american,compact\n"
               "31.01.2026,01/31/2026,20260131 08:30\n"
               "01.02.2026,02/01/2026,20260201 08:30\n");
  const ContainerProfile profile = Read();
  EXPECT_THAT(FieldsOf(profile),
              ElementsAre("german:Date", "american:String", "compact:Timestamp"));
  for (const FieldProfile& field : profile.fields)
    EXPECT_EQ(field.null_count, 0) << field.field.name;
  EXPECT_EQ(profile.fields.at(0).min, "2026-01-31");
}

/// 20,000 good values and one beyond the sample.
std::string WithLast(const std::string& value, const std::string& last) {
  return "x\n" + Repeated(20'000, [&](int) { return value; }) + last + "\n";
}

TEST_F(ReadingTest, ValuesBeyondTheSampleAreNotBentToFit) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"12", "12.7"},
      {"12", "1_000"},
      {"12", "0x1f"},
      {"2026-01-31", "2026-01-31 10:00:00"},
      {"0.5", "0.12345678901234567"},
      {"1.12345678901234567", "1.123456789012345678"},
      {"2026-01-31 10:00", "yesterday"}};
  for (const auto& [value, last] : cases) {
    dataset_.files.clear();
    AddDelimited("1.csv", WithLast(value, last));
    const ContainerProfile profile = Read();
    EXPECT_THAT(FailuresOf(profile), IsEmpty()) << last;
    ASSERT_THAT(profile.fields, SizeIs(1)) << last;
    EXPECT_NE(profile.fields[0].field.type, plan::FieldType::kString) << last;
    EXPECT_EQ(profile.fields[0].null_count, 1) << last;
    EXPECT_EQ(profile.fields[0].unparsable_count, 1) << last;
  }
}

TEST_F(ReadingTest, LateKeysOfJsonAreFound) {
  AddJson("1.ndjson", Repeated(25'000, [](int i) {
            return i == 24'000 ? std::string("{\"id\": 1, \"late\": \"x\"}")
                               : std::string("{\"id\": 1}");
          }));
  EXPECT_THAT(FieldsOf(Read()), ElementsAre("id:Integral", "late:String"));
}

TEST_F(ReadingTest, LargeJsonIsRemarkedUpon) {
  AddJson("1.ndjson", "{\"id\": 1}\n");
  dataset_.files[0].size_bytes = int64_t{65} << 20;
  const auto schema = ReadSchema(*session_, dataset_, {});
  ASSERT_TRUE(schema);
  ASSERT_THAT(schema->remarks, SizeIs(1));
  EXPECT_THAT(schema->remarks[0].text, HasSubstr("first 20480 records"));
}

TEST_F(ReadingTest, AZeroByteDoesNotMakeTextUtf16) {
  AddDelimited("1.csv", std::string("id,text\n1,a\0\n2,b\n", 17));
  EXPECT_THAT(FailuresOf(Read()), ElementsAre(HasSubstr("the file does not hold text")));
}

TEST_F(ReadingTest, ALateAccentTellsTheEncoding) {
  AddDelimited("1.csv", "id,text\n" + Repeated(50'000, [](int i) {
                          return fmt::format("{},{}", i, i < 49'000 ? "plain" : "Z\xFCrich");
                        }));
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  ASSERT_THAT(profile.fields, SizeIs(2));
  EXPECT_EQ(profile.fields[1].invalid_utf8_count, 0);
  EXPECT_EQ(profile.fields[1].min, "Zürich");
}

TEST_F(ReadingTest, ALateFaultInUtf8IsAFault) {
  AddDelimited("1.csv", "id,text\n" + Repeated(50'000, [](int i) {
                          return fmt::format("{},{}", i, i == 49'000 ? "Z\xFCrich" : "Köln");
                        }));
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  ASSERT_THAT(profile.fields, SizeIs(2));
  EXPECT_EQ(profile.fields[1].invalid_utf8_count, 1);
}

TEST_F(ReadingTest, ALateFaultIsReportedWithTheLineThatIsWrongBesides) {
  AddDelimited("1.csv", "id,text\n" + Repeated(50'000, [](int i) {
                          return fmt::format("{},{}", i, i == 30'000 ? "Z\xFCrich" : "Köln");
                        }) + "1,2,3\n");
  AddDelimited("2.csv", "id,text\n1,a\n");
  EXPECT_THAT(FailuresOf(Read()),
              ElementsAre("1.csv: line 50002: another number of columns than the file has"));
}

/// Writes `select` as Parquet with each "ü" broken.
std::string BrokenParquet(const std::string& path, const std::string& select) {
  duckdb::DuckDB database(nullptr);
  duckdb::Connection connection(database);
  const auto result = connection.Query(fmt::format(
      "COPY ({}) TO '{}' (FORMAT parquet, COMPRESSION uncompressed)", select, path));
  EXPECT_FALSE(result->HasError()) << result->GetError();
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  for (size_t at; (at = content.find("ü")) != std::string::npos;)
    content.replace(at, 2, "\xFF!");
  return content;
}

TEST_F(ReadingTest, FaultyTextsInsideOfColumnsAreReadAndCounted) {
  std::filesystem::create_directories(folder_);
  const std::string content = BrokenParquet(
      folder_ + "/whole",
      "SELECT i::INTEGER id, 'ü' || i AS plain, {'a': 'ü' || i, 'b': 'x'::BLOB, 'n': i} AS s, "
      "['y', 'ü' || i] AS l, MAP {'k': [{'t': 'ü' || i}]} AS m, "
      "CASE WHEN i % 2 = 0 THEN {'a': 'ü'} END AS sometimes, "
      "CASE i % 2 WHEN 0 THEN 'ü' ELSE 'e' END::ENUM('ü', 'e') AS e, "
      "json_object('a', 'ü') AS j FROM range(100) r(i)");
  dataset_.format = FileFormat::kParquet;
  Add("1.parquet", content);
  const ContainerProfile profile = Read();
  EXPECT_THAT(FailuresOf(profile), IsEmpty());
  std::map<std::string, int64_t> faults;
  for (const FieldProfile& field : profile.fields)
    faults[field.field.name] = field.invalid_utf8_count;
  EXPECT_EQ(faults["plain"], 100);
  EXPECT_EQ(faults["s.a"], 100);
  EXPECT_EQ(faults["l[]"], 100);
  EXPECT_EQ(faults["m.value[][].t"], 100);
  EXPECT_EQ(faults["sometimes.a"], 50);
  EXPECT_EQ(faults["e"], 50);
  EXPECT_EQ(faults["j"], 100);
}

}  // namespace
}  // namespace assay::engine
