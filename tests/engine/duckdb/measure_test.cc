#include "engine/measure.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "engine/scan.h"
#include "plan/parser.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using ::testing::HasSubstr;

class MeasureTest : public LocalTableTest {
 protected:
  /// The value as text; "null", or "error: ...".
  std::string Value(std::string_view text, const DatasetSchema& schema,
                    std::string_view filter = "") {
    const auto measure = plan::ParseAggregate(text, schema.schema);
    if (!measure) return "error: " + measure.error().message;
    std::optional<plan::Expression> condition;
    if (!filter.empty()) condition = *plan::ParsePredicate(filter, schema.schema);
    const auto value = Measure(*session_, dataset_, schema, *measure, condition, {});
    if (!value) return "error: " + value.error().message;
    return value->kind == plan::LiteralKind::kNull ? "null" : value->text;
  }

  CheckOutcome Outcome(const plan::Check& check, const DatasetSchema& schema) {
    const auto result = Scan(*session_, dataset_, schema, {check}, {}, {});
    EXPECT_TRUE(result) << result.error().message;
    return result->checks.front();
  }
};

plan::Bound At(int64_t value) {
  return {.value = plan::Literal::Integer(value)};
}

TEST_F(MeasureTest, IsOverAllFilesTogether) {
  Add("a.csv", "id,name,price\n1,x,1.5\n2,y,\n");
  Add("b.csv", "id,name,price\n3,x,2.5\n3,z,4\n");
  const DatasetSchema schema = Schema();
  EXPECT_EQ(Value("count(*)", schema), "4");
  EXPECT_EQ(Value("count(price)", schema), "3");
  EXPECT_EQ(Value("count(DISTINCT id)", schema), "3");
  EXPECT_EQ(Value("count(DISTINCT id, name)", schema), "4");
  EXPECT_EQ(Value("sum(id)", schema), "9");
  EXPECT_EQ(Value("avg(price)", schema), "2.6666666666666665");
  EXPECT_EQ(Value("avg(name)", schema), "null");
  EXPECT_EQ(Value("min(name)", schema), "x");
  EXPECT_EQ(Value("max(id) - min(id)", schema), "2");
  EXPECT_EQ(Value("median(id)", schema), "2.5");
  EXPECT_EQ(Value("percentile(id, 0.5)", schema), "2.5");
  EXPECT_EQ(Value("round(stddev_pop(id), 6)", schema), "0.829156");
  EXPECT_EQ(Value("sum(id * 2)", schema), "18");
  EXPECT_EQ(Value("count(DISTINCT id % 2, name)", schema), "3");
  EXPECT_EQ(Value("sum(id) / count(*)", schema), "2.25");
  EXPECT_EQ(Value("count(*) FILTER (WHERE name = 'x') * 10", schema), "20");
  EXPECT_EQ(Value("sum(id) + sum(id)", schema), "18");
  EXPECT_EQ(Value("max(CAST(id AS decimal(10,2)))", schema), "3.00");
}

TEST_F(MeasureTest, SeesFilteredRowsOnly) {
  Add("a.csv", "id,name\n1,x\n2,\n3,x\n");
  const DatasetSchema schema = Schema();
  EXPECT_EQ(Value("sum(id)", schema, "name = 'x'"), "4");
  EXPECT_EQ(Value("count(DISTINCT name)", schema, "id = 2"), "0");
  EXPECT_EQ(Value("median(id)", schema, "id > 5"), "null");
  EXPECT_EQ(Value("count(*)", schema, "id > 5"), "0");
  EXPECT_EQ(Value("sum(id)", schema, "id > 5"), "null");
}

TEST_F(MeasureTest, SumsDoNotWrap) {
  Add("a.csv", "id\n9223372036854775807\n");
  Add("b.csv", "id\n9223372036854775807\n");
  EXPECT_EQ(Value("sum(id)", Schema()), "18446744073709551614");
}

TEST_F(MeasureTest, ManyFilesAreReadAtATime) {
  for (int file = 0; file < 40; ++file) {
    std::string text = "id,name\n";
    for (int i = 0; i < 100; ++i) text += fmt::format("{},n{}\n", file * 100 + i, i);
    Add(fmt::format("{:02}.csv", file), text);
  }
  const DatasetSchema schema = Schema();
  EXPECT_EQ(Value("count(*)", schema), "4000");
  EXPECT_EQ(Value("count(DISTINCT name)", schema), "100");
  EXPECT_EQ(Value("median(id)", schema), "1999.5");
  EXPECT_EQ(Value("sum(id) / count(DISTINCT id)", schema), "1999.5");
}

TEST_F(MeasureTest, OneThatFailsLeavesTheOthers) {
  Add("a.csv", "x\nInfinity\n1.5\n2.5\n");
  const DatasetSchema schema = Schema();
  const auto check = [&](const char* text) {
    return plan::Check{
        .form = plan::MeasureCheck{.measure = *plan::ParseAggregate(text, schema.schema),
                                   .min = At(0)}};
  };
  const auto result = Scan(*session_, dataset_, schema,
                           {check("stddev(x)"), check("count(*)"), check("min(x)")}, {}, {});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->checks[0].assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_NE(result->checks[0].detail, "");
  EXPECT_EQ(result->checks[1].assertion, CheckOutcome::Assertion::kPassed);
  EXPECT_EQ(result->checks[2].measure, plan::Literal::Double(1.5));
}

TEST_F(MeasureTest, NamesTheFileThatIsGone) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n1\n");
  const DatasetSchema schema = Schema();
  std::filesystem::remove(Path("b.csv"));
  EXPECT_THAT(Value("count(*)", schema),
              HasSubstr("error: not all rows could be read: b.csv: the file was deleted"));
}

TEST_F(MeasureTest, AScanComparesIt) {
  Add("a.csv", "id,name\n1,x\n2,y\n");
  Add("b.csv", "id,name\n3,x\n");
  const DatasetSchema schema = Schema();
  const plan::Expression sum = *plan::ParseAggregate("sum(id)", schema.schema);
  plan::Check check{.form = plan::MeasureCheck{.measure = sum, .min = At(6), .max = At(6)}};
  CheckOutcome outcome = Outcome(check, schema);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kPassed);
  EXPECT_EQ(outcome.measure, plan::Literal::Integer(6));
  EXPECT_EQ(outcome.total.asserted_rows, 3);
  EXPECT_EQ(outcome.total.failing_rows, 0);
  EXPECT_EQ(outcome.detail, "measured 6");

  check.filter = *plan::ParsePredicate("name = 'x'", schema.schema);
  outcome = Outcome(check, schema);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kFailed);
  EXPECT_EQ(outcome.measure, plan::Literal::Integer(4));
  EXPECT_EQ(outcome.total.asserted_rows, 2);

  check.filter = *plan::ParsePredicate("name = 'z'", schema.schema);
  outcome = Outcome(check, schema);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_EQ(outcome.measure, plan::Literal::Null());
  EXPECT_EQ(outcome.detail, "");
}

TEST_F(MeasureTest, AScanComparesItsChange) {
  Add("a.csv", "id\n100\n");
  Add("b.csv", "id\n50\n");
  const DatasetSchema schema = Schema();
  const plan::Check check{
      .form = plan::MeasureCheck{.measure = *plan::ParseAggregate("sum(id)", schema.schema),
                                 .min = At(-20),
                                 .max = At(50),
                                 .change = plan::Change{plan::Change::Kind::kPercentage}}};
  const auto outcome = [&](const ScanOptions& options) {
    const auto result =
        Scan(*session_, dataset_, schema, {{.form = plan::SchemaCheck{}}, check}, options, {});
    EXPECT_TRUE(result) << result.error().message;
    return result->checks[1];
  };
  const auto after = [&](int64_t earlier) {
    return outcome({.earlier_measures = {{1, plan::Literal::Integer(earlier)}}});
  };
  EXPECT_EQ(after(100).assertion, CheckOutcome::Assertion::kPassed);
  EXPECT_EQ(after(100).compared_with, plan::Literal::Integer(100));
  EXPECT_EQ(after(100).detail, "measured 150, 100 before");
  EXPECT_EQ(after(99).assertion, CheckOutcome::Assertion::kFailed);
  EXPECT_EQ(after(0).assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_THAT(after(0).detail, HasSubstr("a change from zero has no percentage"));

  const CheckOutcome first = outcome({});
  EXPECT_EQ(first.assertion, CheckOutcome::Assertion::kPassed);
  EXPECT_EQ(first.measure, plan::Literal::Integer(150));
  EXPECT_EQ(first.compared_with, std::nullopt);
  EXPECT_EQ(first.detail, "measured 150, for the first time");

  const CheckOutcome of_part = outcome({.extent = ScanOptions::Extent::kPart});
  EXPECT_EQ(of_part.assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_EQ(of_part.detail,
            "the change is that of the whole container, and only a part was scanned; run a "
            "full scan");
}

TEST_F(MeasureTest, IsNotAssertedWhenAFileIsMissing) {
  Add("a.csv", "id\n1\n");
  Add("b.csv", "id\n1\n");
  const DatasetSchema schema = Schema();
  std::filesystem::remove(Path("b.csv"));
  const CheckOutcome outcome =
      Outcome({.form = plan::MeasureCheck{.measure = plan::Expression::Call("count", {}),
                                          .min = At(2)}},
              schema);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_THAT(outcome.detail, HasSubstr("b.csv: the file was deleted"));
}

TEST_F(MeasureTest, RowChecksMayUseAggregatesAlsoNestedOnes) {
  Add("a.csv", "id\n1\n2\n");
  Add("b.csv", "id\n3\n40\n");
  using plan::Expression;
  const Expression id = Expression::Column("id");
  const Expression mean = Expression::Call("avg", {id});
  const Expression distance =
      Expression::Call("abs", {Expression::Call("subtract", {id, mean})});
  const Expression predicate =
      Expression::Call("less_or_equal", {distance, Expression::Call("avg", {distance})});
  auto result = Scan(*session_, dataset_, Schema(),
                     {{.form = plan::RowCheck{predicate}},
                      {.form = plan::RowCheck{predicate},
                       .filter = *plan::ParsePredicate("id < 40", Schema().schema)}},
                     {}, {});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->checks[0].detail, "");
  EXPECT_EQ(result->checks[0].total.failing_rows, 1);
  EXPECT_EQ(result->checks[1].total.failing_rows, 2);
  ASSERT_EQ(result->failing_rows.size(), 3U);
  EXPECT_EQ(result->failing_rows[2].record["id"], 40);
}

TEST_F(MeasureTest, AHoldoutDoesNotStandForTheWhole) {
  Add("a.csv", "id\n1\n2\n");
  const plan::Expression id = plan::Expression::Column("id");
  const auto counts = CountOnHoldout(
      *session_, dataset_, Schema(),
      {{.form = plan::MeasureCheck{.measure = plan::Expression::Call("sum", {id})}},
       {.form = plan::GroupSizeCheck{.min_rows = 1}},
       {.form = plan::RowCheck{plan::Expression::Call(
            "equal", {id, plan::Expression::Call("max", {id})})}}},
      0.5, 100, {});
  ASSERT_TRUE(counts) << counts.error().message;
  for (const CheckCounts& each : *counts) EXPECT_EQ(each.asserted_rows, 0);
}

}  // namespace
}  // namespace assay::engine
