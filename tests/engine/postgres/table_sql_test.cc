#include "engine/postgres/table_sql.h"

#include <gtest/gtest.h>

#include <array>

namespace assay::engine {
namespace {

constexpr const char* kTid = "('x' || encode(tidsend(t.ctid), 'hex'))::bit(48)::int8";

PostgresTable Table(RowAddresses addresses) {
  PostgresTable table{.schema = "s", .name = "t x", .addresses = addresses};
  table.columns = {{.name = "a", .type = "int4"}, {.name = "b", .type = "jsonb"}};
  return table;
}

TEST(TableSqlTest, RowsWithoutAddresses) {
  EXPECT_EQ(RowsSql(Table(RowAddresses::kNone), AddressColumn::kNo, -1),
            "SELECT t.\"a\" AS c0, t.\"b\"::text AS c1 FROM \"s\".\"t x\" AS t");
}

TEST(TableSqlTest, RowsOfAStatementEndItsLastComment) {
  PostgresTable table = Table(RowAddresses::kNone);
  table.query = "SELECT a, b FROM x -- all";
  EXPECT_EQ(RowsSql(table, AddressColumn::kNo, 5),
            "SELECT t.\"a\" AS c0, t.\"b\"::text AS c1 FROM (SELECT a, b FROM x -- all\n) AS t "
            "LIMIT 5");
}

TEST(TableSqlTest, RowsWithAddressesAndALimit) {
  EXPECT_EQ(RowsSql(Table(RowAddresses::kTid), AddressColumn::kYes, 7),
            std::string("SELECT t.\"a\" AS c0, t.\"b\"::text AS c1, ") + kTid +
                " AS n FROM \"s\".\"t x\" AS t LIMIT 7");
}

TEST(TableSqlTest, PartsAreNumberedInFrontOfTheirAddresses) {
  PostgresTable table = Table(RowAddresses::kTidOfParts);
  table.parts = {"101", "205"};
  EXPECT_EQ(
      RowsSql(table, AddressColumn::kYes, -1),
      std::string("SELECT t.\"a\" AS c0, t.\"b\"::text AS c1, (coalesce(p.place, 32768) - "
                  "1) * 281474976710656 + ") +
          kTid +
          " AS n FROM \"s\".\"t x\" AS t LEFT JOIN unnest('{101,205}'::oid[]) WITH "
          "ORDINALITY AS p(part, place) ON p.part = t.tableoid");
}

TEST(TableSqlTest, ChosenRowsAreFoundByTheirAddresses) {
  const std::array<int64_t, 2> addresses = {1, (int64_t{70'000} << 16) + 9};
  EXPECT_EQ(ChosenRowsSql(Table(RowAddresses::kTid), addresses),
            std::string("SELECT t.\"a\" AS c0, t.\"b\"::text AS c1, ") + kTid +
                " AS n FROM \"s\".\"t x\" AS t WHERE t.ctid = "
                "ANY('{\"(0,1)\",\"(70000,9)\"}'::tid[])");
}

TEST(TableSqlTest, ChosenRowsOfPartsAreFoundInTheirs) {
  PostgresTable table = Table(RowAddresses::kTidOfParts);
  table.columns.clear();
  table.parts = {"101", "205"};
  const int64_t second = int64_t{1} << 48;
  const std::array<int64_t, 3> addresses = {(3 << 16) + 4, second + 1, int64_t{32'767} << 48};
  EXPECT_EQ(ChosenRowsSql(table, addresses),
            std::string("SELECT 0 + ") + kTid +
                " AS n FROM \"s\".\"t x\" AS t WHERE t.ctid = ANY('{\"(3,4)\"}'::tid[]) AND "
                "t.tableoid = 101 UNION ALL SELECT 281474976710656 + " +
                kTid +
                " AS n FROM \"s\".\"t x\" AS t WHERE t.ctid = ANY('{\"(0,1)\"}'::tid[]) AND "
                "t.tableoid = 205")
      << "the third is of a part that came later";
}

TEST(TableSqlTest, OnlyHeapsHaveAddresses) {
  EXPECT_EQ(AddressesOf({}, true), RowAddresses::kTid);
  EXPECT_EQ(AddressesOf({"1"}, true), RowAddresses::kTid);
  EXPECT_EQ(AddressesOf({"1", "2"}, true), RowAddresses::kTidOfParts);
  EXPECT_EQ(AddressesOf({"1"}, false), RowAddresses::kNone);
  EXPECT_EQ(AddressesOf(std::vector<std::string>(32'768, "1"), true), RowAddresses::kNone);
}

TEST(TableSqlTest, NamesAreQuotedInQuestionsToTheCatalogue) {
  EXPECT_NE(RelationSql("s", "it's").find("c.relname = 'it''s'"), std::string::npos);
  EXPECT_NE(ColumnsSql("a'b", "t").find("s.nspname = 'a''b'"), std::string::npos);
}

}  // namespace
}  // namespace assay::engine
