#include "engine/duckdb/group_sizes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "plan/parser.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

class GroupSizesTest : public LocalTableTest {
 protected:
  CheckOutcome Outcome(const plan::Check& check) {
    const auto result = Scan(*session_, dataset_, Schema(), {check}, {}, {});
    EXPECT_TRUE(result) << result.error().message;
    return result->checks.front();
  }
};

plan::Expression MonthOf(const std::string& field) {
  return plan::Expression::Call("trunc",
                                {plan::Expression::Column(field),
                                 plan::Expression::Constant(plan::Literal::String("month"))});
}

TEST_F(GroupSizesTest, GroupsGoAcrossFiles) {
  std::string text = "day\n";
  for (int day = 1; day <= 4; ++day) text += fmt::format("2026-01-0{}\n", day);
  Add("a.csv", text + "2026-02-01\n2026-02-02\n");
  text = "day\n";
  for (int day = 3; day <= 7; ++day) text += fmt::format("2026-02-0{}\n", day);
  Add("b.csv", text);
  const plan::Check check{
      .form = plan::GroupSizeCheck{.key = MonthOf("day"), .min_rows = 5, .max_rows = 10}};
  const CheckOutcome outcome = Outcome(check);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kFailed);
  EXPECT_EQ(outcome.groups.asserted_groups, 2);
  EXPECT_EQ(outcome.groups.failing_groups, 1);
  EXPECT_EQ(outcome.total.asserted_rows, 11);
  EXPECT_EQ(outcome.total.failing_rows, 4);
  EXPECT_EQ(outcome.detail, "2026-01-01 has 4");
  EXPECT_TRUE(outcome.by_file.empty());
}

TEST_F(GroupSizesTest, ExpectedGroupsMayBeMissing) {
  Add("a.csv", "name,id\nx,1\ny,2\n");
  Add("b.csv", "name,id\nx,3\nw,4\n");
  std::vector<plan::Literal> keys;
  for (const char* key : {"v", "x", "y", "u", "t", "s"})
    keys.push_back(plan::Literal::String(key));
  plan::Check check{.form = plan::GroupSizeCheck{.key = plan::Expression::Column("name"),
                                                 .expected_keys = keys,
                                                 .min_rows = 1}};
  CheckOutcome outcome = Outcome(check);
  EXPECT_EQ(outcome.groups.asserted_groups, 6);
  EXPECT_EQ(outcome.groups.failing_groups, 4);
  EXPECT_EQ(outcome.detail, "'v' has none, 'u' has none, 't' has none and 1 more");

  check.form = plan::GroupSizeCheck{
      .key = plan::Expression::Column("id"),
      .expected_keys = {plan::Literal::Integer(1), *plan::Literal::Number("3.0"),
                        *plan::Literal::Number("3.5")},
      .min_rows = 1};
  outcome = Outcome(check);
  EXPECT_EQ(outcome.detail, "3.5 has none");
  EXPECT_EQ(outcome.total.asserted_rows, 2);

  check.filter = *plan::ParsePredicate("name = 'none'", Schema().schema);
  outcome = Outcome(check);
  EXPECT_EQ(outcome.groups.failing_groups, 3);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kFailed);
}

TEST_F(GroupSizesTest, ManyExpectedGroupsAreAllLookedFor) {
  std::string text = "id\n";
  std::vector<plan::Literal> keys;
  for (int i = 0; i < 450; ++i) {
    if (i != 399) text += fmt::format("{}\n", i);
    keys.push_back(plan::Literal::Integer(i));
  }
  Add("a.csv", text);
  const plan::Check check{.form = plan::GroupSizeCheck{.key = plan::Expression::Column("id"),
                                                       .expected_keys = keys,
                                                       .min_rows = 1}};
  EXPECT_EQ(Outcome(check).detail, "399 has none");
}

TEST_F(GroupSizesTest, WithoutGroupsNothingIsAsserted) {
  Add("a.csv", "day,id\n2026-01-01,1\n");
  plan::Check check{.form = plan::GroupSizeCheck{.key = MonthOf("day"), .min_rows = 5}};
  check.filter = *plan::ParsePredicate("id > 5", Schema().schema);
  const CheckOutcome outcome = Outcome(check);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_EQ(outcome.detail, "");
}

TEST_F(GroupSizesTest, FilesAreGroupsAlsoWithoutRows) {
  Add("a.csv", "id\n1\n2\n");
  Add("b.csv", "id\n");
  Add("c.csv", "id\n1\n");
  plan::Check check{.form = plan::GroupSizeCheck{.min_rows = 1}};
  CheckOutcome outcome = Outcome(check);
  EXPECT_EQ(outcome.assertion, CheckOutcome::Assertion::kFailed);
  EXPECT_EQ(outcome.groups.asserted_groups, 3);
  EXPECT_EQ(outcome.groups.failing_groups, 1);
  EXPECT_EQ(outcome.detail, "b.csv has none");

  check.coverage = 0.6;
  EXPECT_EQ(Outcome(check).assertion, CheckOutcome::Assertion::kPassed);
  check.coverage = 0.7;
  EXPECT_EQ(Outcome(check).assertion, CheckOutcome::Assertion::kFailed);

  check = {.form = plan::GroupSizeCheck{.max_rows = 1}};
  outcome = Outcome(check);
  EXPECT_EQ(outcome.detail, "a.csv has 2");
  EXPECT_EQ(outcome.total.failing_rows, 2);
}

}  // namespace
}  // namespace assay::engine
