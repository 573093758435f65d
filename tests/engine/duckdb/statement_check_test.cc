// What users' statements may and may not say.

#include "engine/duckdb/statement_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/duckdb/statement_functions.h"

namespace assay::engine {
namespace {

using ::testing::HasSubstr;

class StatementCheckTest : public ::testing::Test {
 protected:
  StatementCheckTest() : session_(Session::Open({.threads = 1}).value()) {}

  Result<std::string> Check(const std::string& sql) {
    return CheckStatement(*session_, sql, {"this", "Codes"});
  }
  /// Why it is refused.
  std::string Refusal(const std::string& sql) {
    const auto checked = Check(sql);
    if (checked) return "let through: " + *checked;
    EXPECT_EQ(checked.error().kind, ErrorKind::kInvalidInput) << sql;
    return checked.error().message;
  }

  std::unique_ptr<Session> session_;
};

TEST_F(StatementCheckTest, LetsThroughWhatOnlyReadsItsTables) {
  for (const char* sql : {
           "SELECT * FROM this",
           "FROM this",
           "TABLE this",
           "SELECT * FROM THIS WHERE a < 0 -- by hand",
           "select * from this; ",
           "SELECT a, count(*) FROM this GROUP BY ALL HAVING count(*) > 1 ORDER BY a LIMIT 5",
           "SELECT * FROM this ANTI JOIN codes USING (code)",
           "SELECT * FROM this t LEFT JOIN \"CODES\" c ON t.code = c.code WHERE c.code IS NULL",
           "SELECT * FROM this WHERE code NOT IN (SELECT code FROM codes)",
           "SELECT * FROM this t WHERE EXISTS (SELECT 1 FROM codes c WHERE c.code = t.code)",
           "WITH a AS (SELECT * FROM this), b(x) AS MATERIALIZED (SELECT a FROM a) SELECT * "
           "FROM b",
           "WITH a AS (WITH b AS (FROM this) FROM b) SELECT * FROM a, codes",
           "SELECT a FROM this UNION ALL SELECT b FROM codes EXCEPT SELECT 1",
           "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(x, y)",
           "SELECT * EXCLUDE (a) REPLACE (upper(b) AS b) FROM this",
           "SELECT COLUMNS('a.*') FROM this",
           "SELECT * FROM this QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) > 1",
           "SELECT CASE WHEN a > 1 THEN 'x' ELSE b::VARCHAR END, a::DECIMAL(10, 2), [1, 2][1], "
           "{'k': a}, (a, b), a BETWEEN 1 AND 2, -a, a ** 2, b LIKE 'x%', b ~ 'y', b.upper() "
           "FROM "
           "this",
           "SELECT list_transform([1, 2], lambda x: x + 1), [x FOR x IN l IF x > 1], unnest(l) "
           "FROM this",
           "SELECT * FROM this WHERE d < DATE '2026-01-01' - INTERVAL 3 DAY AND extract(year "
           "FROM "
           "d) = 2025",
           "SELECT sum(a) FILTER (WHERE b) OVER (ORDER BY c ROWS 2 PRECEDING) FROM this",
           "SELECT 'read_csv(''x'')', \"getenv\" FROM this",
       }) {
    const auto checked = Check(sql);
    EXPECT_TRUE(checked) << sql << ": " << (checked ? "" : checked.error().message);
  }
}

TEST_F(StatementCheckTest, RefusesEverythingThatReadsElsewhere) {
  for (const char* sql : {
           "SELECT * FROM read_csv('/etc/passwd')",
           "SELECT * FROM read_text('/etc/passwd')",
           "SELECT * FROM read_blob('/etc/*')",
           "SELECT * FROM read_parquet('s3://bucket/x')",
           "SELECT * FROM glob('/*')",
           "SELECT * FROM '/etc/passwd'",
           "SELECT * FROM \"x.parquet\"",
           "SELECT * FROM this, 'x.csv'",
           "SELECT * FROM this JOIN other USING (a)",
           "SELECT * FROM main.this",
           "SELECT * FROM memory.main.this",
           "SELECT * FROM information_schema.tables",
           "SELECT * FROM duckdb_settings()",
           "SELECT * FROM duckdb_secrets()",
           "SELECT * FROM sqlite_master",
           "SELECT * FROM pragma_database_list",
           "SELECT * FROM this AT (VERSION => 1)",
           "SELECT * FROM range(10)",
           "SELECT * FROM query('SELECT 1')",
           "SELECT * FROM query_table('this')",
           "SELECT * FROM (SHOW TABLES)",
           "SELECT * FROM (DESCRIBE this)",
           "DESCRIBE this",
           "SUMMARIZE this",
           "SHOW TABLES",
           "SELECT (SELECT max(content) FROM read_text('/etc/passwd'))",
           "SELECT * FROM this LIMIT (SELECT 1 FROM read_text('x'))",
           "SELECT * FROM this ORDER BY (SELECT 1 FROM read_text('x'))",
           "SELECT DISTINCT ON (getenv('HOME')) a FROM this",
           "SELECT * FROM this WHERE a IN (SELECT 1 FROM 'x.csv')",
           "SELECT * FROM this UNION ALL SELECT * FROM 'x.csv'",
           "SELECT * FROM this LEFT JOIN (SELECT * FROM 'x.csv') USING (a)",
           "SELECT * FROM (VALUES ((SELECT 1 FROM 'x.csv')))",
           "SELECT * REPLACE (getenv('x') AS a) FROM this",
           "SELECT COLUMNS(c -> getenv('x') = c) FROM this",
           "SELECT list_transform([1], lambda x: getenv('x')) FROM this",
           "SELECT sum(a) OVER (PARTITION BY getenv('x')) FROM this",
           "SELECT sum(a) FILTER (WHERE getenv('x') = 'y') FROM this",
           "SELECT string_agg(a ORDER BY getenv('x')) FROM this",
           "SELECT a FROM this GROUP BY GROUPING SETS ((getenv('x')))",
           "SELECT CASE getenv('x') WHEN 'y' THEN 1 END",
           "SELECT getenv('HOME')",
           "SELECT main.GetEnv('HOME')",
           "SELECT \"getenv\"('HOME')",
           "SELECT a.getenv() FROM this",
           "SELECT current_setting('memory_limit')",
           "SELECT getvariable('x')",
           "SELECT nextval('s')",
           "SELECT random()",
           "SELECT now()",
           "SELECT sleep_ms(100000)",
           "SELECT write_log('x')",
           "SELECT json_serialize_sql('x')",
           "SELECT list_aggregate([1], 'assay_scan')",
           "SELECT assay_scan(140737488355327::UBIGINT, 1) FROM this",
           "SELECT assay_profile(1::UBIGINT, 1::BIGINT) FROM this",
           "SELECT $1",
           "SELECT ?",
           "SELECT * FROM this TABLESAMPLE 10%",
           "SELECT * FROM this USING SAMPLE 10",
           "WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT * FROM r",
           "WITH \"x.csv\" AS (SELECT * FROM \"x.csv\") SELECT * FROM \"x.csv\"",
           "SELECT * FROM \"x.csv\", (WITH \"x.csv\" AS (SELECT 1) FROM \"x.csv\")",
           "WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a",
           "SELECT * FROM (WITH b AS (SELECT 1) FROM b), b",
           "PIVOT this ON a USING sum(b)",
           "UNPIVOT this ON a",
           "COPY this TO '/tmp/x.csv'",
           "COPY (SELECT 1) TO '/tmp/x.csv'",
           "ATTACH '/tmp/x.db' AS x",
           "INSTALL httpfs",
           "LOAD httpfs",
           "PRAGMA database_list",
           "SET memory_limit = '1TB'",
           "RESET memory_limit",
           "CALL pragma_version()",
           "CREATE TABLE x AS SELECT 1",
           "CREATE SECRET s (TYPE s3)",
           "DROP TABLE this",
           "INSERT INTO this VALUES (1)",
           "DELETE FROM this",
           "UPDATE this SET a = 1",
           "EXPORT DATABASE '/tmp/x'",
           "EXPLAIN SELECT 1",
           "CHECKPOINT",
           "BEGIN",
           "SELECT 1; SELECT 2",
           "SELECT 1; DROP TABLE this",
           "SELECT * FROM this) UNION (SELECT 1",
           "SELECT 1 /*",
           "",
           ";",
           "-- nothing",
       }) {
    EXPECT_THAT(Refusal(sql), ::testing::Not(HasSubstr("let through"))) << sql;
  }
}

TEST_F(StatementCheckTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(Refusal("SELEC 1"), "syntax error at or near \"SELEC\" at line 1, column 1");
  EXPECT_EQ(Refusal("SELECT *\nFROM this\n  WHERE WHERE"),
            "syntax error at or near \"WHERE\" at line 3, column 9");
  EXPECT_EQ(Refusal("SELECT *\nFROM orders"),
            "there is no table orders at line 2, column 6; known here: codes, this");
  EXPECT_EQ(Refusal("SELECT a,\n  getenv('HOME') FROM this"),
            "the function getenv cannot be used in checks at line 2, column 3");
  EXPECT_EQ(Refusal("FROM read_csv('x')"),
            "the table function read_csv cannot be used in checks at line 1, column 6");
  EXPECT_EQ(Refusal("COPY this TO 'x'"), "only one SELECT statement can be a check");
}

TEST_F(StatementCheckTest, SurvivesWhatNestsDeeply) {
  const auto repeated = [](int count, const std::string& text) {
    std::string repeats;
    for (int i = 0; i < count; ++i) repeats += text;
    return repeats;
  };
  EXPECT_THAT(Refusal("SELECT " + repeated(4'000, "NOT ") + "true"),
              HasSubstr("nests too deeply"));
  EXPECT_THAT(Refusal("SELECT " + repeated(400, "(SELECT ") + "1" + repeated(400, ")")),
              HasSubstr("nests too deeply"));
  EXPECT_THAT(Refusal("SELECT '" + std::string(20'000, 'x') + "'"), HasSubstr("longer than"));
}

TEST_F(StatementCheckTest, NoFunctionOfThisProgramOrOfFilesIsOnTheList) {
  for (const char* name :
       {"assay_scan", "assay_profile", "assay_text", "read_csv", "getenv", "list_aggregate",
        "list_aggr", "array_aggregate", "current_setting", "apply", "aggregate", ""}) {
    EXPECT_FALSE(MayCall(name)) << name;
  }
}

}  // namespace
}  // namespace assay::engine
