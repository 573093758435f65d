#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

#include "engine/query_statement.h"
#include "tests/engine/duckdb/reference_test.h"

namespace assay::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Assertion = CheckOutcome::Assertion;

plan::Check Query(const std::string& sql, std::map<std::string, std::string> references = {}) {
  return {.form = plan::QueryCheck{.sql = sql, .references = std::move(references)}};
}

class QueryCheckTest : public ReferenceTest {
 protected:
  QueryCheckTest() : ReferenceTest("countries", {}) {}

  static std::vector<std::string> Rows(const CheckOutcome& outcome) {
    EXPECT_EQ(outcome.detail, "");
    std::vector<std::string> rows;
    if (!outcome.query) return {"did not run"};
    for (const Json& row : outcome.query->first) rows.push_back(PrintJson(row));
    return rows;
  }
};

TEST_F(QueryCheckTest, EachRowReturnedIsAFailingRecord) {
  Add("a.csv", "id,country,amount\n1,AT,5\n2,PE,-3\n");
  Add("b.csv", "id,country,amount\n3,PE,\n4,XX,-7\n");
  AddToReference("r.csv", "code\nAT\nPE\n");
  const ScanResult result =
      Run({Query("SELECT id, amount FROM this WHERE amount < 0 ORDER BY id DESC"),
           Query("SELECT country, count(*) AS n FROM this GROUP BY country HAVING n > 2"),
           Query("SELECT t.* FROM this t ANTI JOIN codes c ON t.country = c.code",
                 {{"codes", "countries"}})});
  EXPECT_THAT(Rows(result.checks[0]),
              ElementsAre(R"({"id":4,"amount":-7})", R"({"id":2,"amount":-3})"));
  EXPECT_EQ(result.checks[0].assertion, Assertion::kFailed);
  EXPECT_EQ(result.checks[0].total.asserted_rows, 4);
  EXPECT_EQ(result.checks[0].total.failing_rows, 2);
  EXPECT_THAT(result.checks[0].by_file, IsEmpty());
  EXPECT_EQ(result.checks[1].assertion, Assertion::kPassed);
  EXPECT_THAT(Rows(result.checks[1]), IsEmpty());
  EXPECT_THAT(Rows(result.checks[2]), ElementsAre(R"({"id":4,"country":"XX","amount":-7})"));
  EXPECT_THAT(result.failing_rows, IsEmpty());
}

TEST_F(QueryCheckTest, AnEmptyContainerMayFail) {
  Add("a.csv", "id,name\n");
  AddToReference("r.csv", "code\nAT\n");
  const ScanResult result =
      Run({Query("SELECT count(*) AS n FROM this HAVING n = 0"), Query("SELECT * FROM this")});
  EXPECT_THAT(Rows(result.checks[0]), ElementsAre(R"({"n":0})"));
  EXPECT_EQ(result.checks[0].assertion, Assertion::kFailed);
  EXPECT_EQ(result.checks[1].assertion, Assertion::kPassed);
}

TEST_F(QueryCheckTest, CountsAllAndHandsBackTheFirst) {
  std::string text = "id\n";
  for (int i = 0; i < 5000; ++i) text += fmt::format("{}\n", i);
  Add("a.csv", text);
  AddToReference("r.csv", "code\nAT\n");
  const ScanResult result = Run({Query("SELECT * FROM this WHERE id >= 1000 ORDER BY id")},
                                {.max_failing_rows_per_check = 3});
  EXPECT_EQ(result.checks[0].total.failing_rows, 4000);
  EXPECT_THAT(Rows(result.checks[0]),
              ElementsAre(R"({"id":1000})", R"({"id":1001})", R"({"id":1002})"));
}

TEST_F(QueryCheckTest, FieldsHaveTheirTypesAndPartitionsAreFields) {
  Add("day=2026-01-31/a.csv", "id,moment\n1,2026-01-31 08:00:00\n2,2026-02-01 09:00:00\n");
  dataset_.files[0].partition_values = {{"day", "2026-01-31"}};
  AddToReference("r.csv", "code\nAT\n");
  const ScanResult result = Run({Query(
      "SELECT typeof(id) AS a, typeof(moment) AS b, typeof(day) AS c FROM this LIMIT 1")});
  EXPECT_THAT(Rows(result.checks[0]),
              ElementsAre(R"({"a":"BIGINT","b":"TIMESTAMP","c":"DATE"})"));
}

TEST_F(QueryCheckTest, ManyFilesAreOneTable) {
  for (int i = 0; i < 205; ++i) Add(fmt::format("{}.csv", i), fmt::format("id\n{}\n", i));
  AddToReference("r.csv", "code\nAT\n");
  const ScanResult result = Run({Query("SELECT sum(id) AS total, count(*) AS n FROM this")});
  EXPECT_THAT(Rows(result.checks[0]), ElementsAre(R"({"total":20910,"n":205})"));
}

TEST_F(QueryCheckTest, WhatCannotRunIsNotAsserted) {
  Add("a.csv", "id\n1\n");
  AddToReference("r.csv", "code\nAT\n");
  const ScanResult result =
      Run({Query("SELECT * FROM read_csv('/etc/passwd')"), Query("SELECT nosuch FROM this"),
           Query("SELECT FROM"), Query("SELECT * FROM codes", {{"codes", "unknown"}}),
           Query("SELECT 1 WHERE false")});
  const auto& checks = result.checks;
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(checks[i].assertion, Assertion::kUnasserted) << i;
  EXPECT_THAT(checks[0].detail, HasSubstr("read_csv cannot be used in checks at line 1"));
  EXPECT_THAT(checks[1].detail, HasSubstr("nosuch"));
  EXPECT_THAT(checks[2].detail, HasSubstr("syntax error"));
  EXPECT_EQ(checks[3].detail, "other containers cannot be read here");
  EXPECT_EQ(checks[4].assertion, Assertion::kPassed);
}

TEST_F(QueryCheckTest, AFailingStatementLeavesOthersAlone) {
  Add("a.csv", "id\n1\n2\n");
  AddToReference("r.csv", "code\nAT\n");
  const ScanResult result = Run({Query("SELECT CAST('x' || id AS INTEGER) AS n FROM this"),
                                 Query("SELECT id FROM this WHERE id = 2")});
  EXPECT_EQ(result.checks[0].assertion, Assertion::kUnasserted);
  EXPECT_THAT(Rows(result.checks[1]), ElementsAre(R"({"id":2})"));
}

TEST_F(QueryCheckTest, APartOfTheContainerIsNotAsserted) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n1\n1,2\n");
  AddToReference("r.csv", "code\nAT\n");
  const plan::Check check = Query("SELECT * FROM this");
  EXPECT_THAT(Run({check}).checks[0].detail, HasSubstr("not all files could be read"));
  dataset_.files.pop_back();
  EXPECT_THAT(Run({check}, {.max_rows_per_file = 1}).checks[0].detail, HasSubstr("full scan"));
  EXPECT_THAT(Run({check}, {.extent = ScanOptions::Extent::kPart}).checks[0].detail,
              HasSubstr("full scan"));
}

TEST_F(QueryCheckTest, AFileThatIsNoTableCannotBeNamed) {
  Add("a.csv", "id\n1\n");
  AddToReference("r.csv", "code\nAT\n");
  std::ofstream(folder_ + "/secret.csv") << "s\n1\n";
  const std::string path = folder_ + "/secret.csv";
  for (const std::string& sql :
       {fmt::format("SELECT * FROM '{}'", path),
        fmt::format("WITH \"{0}\" AS (SELECT * FROM \"{0}\") FROM \"{0}\"", path),
        fmt::format("SELECT * FROM this WHERE id IN (SELECT s FROM \"{}\")", path)}) {
    const ScanResult result = Run({Query(sql)});
    EXPECT_EQ(result.checks[0].assertion, Assertion::kUnasserted) << sql;
    EXPECT_THAT(result.checks[0].detail, HasSubstr("there is no table")) << sql;
  }
}

TEST(QueryStatementTest, IsLookedAtWithoutItsTables) {
  const plan::QueryCheck good{.sql = "SELECT x FROM this JOIN c USING (y)",
                              .references = {{"c", "key"}}};
  EXPECT_TRUE(CheckQuery(good));
  const auto bad = CheckQuery({.sql = "SELECT x FROM c"});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(bad.error().message, "there is no table c at line 1, column 15; known here: this");
}

}  // namespace
}  // namespace assay::engine
