#include "operations/messages.h"

#include <gtest/gtest.h>

namespace assay::operations {
namespace {

rules::CompiledCheck Check(std::vector<std::string> fields, std::string violation) {
  return {.plan = {.form = plan::UniqueCheck{}, .filter = {}, .coverage = 1},
          .violation = std::move(violation),
          .fields = std::move(fields)};
}

TEST(MessagesTest, NamesFieldViolationAndValueOfARow) {
  EXPECT_EQ(RowMessage(Check({"amount"}, "is below 0"), {{"id", 1}, {"amount", -5}}),
            "amount is below 0 (value -5)");
}

TEST(MessagesTest, QuotesTextsSoThatBlanksAndControlCharactersShow) {
  EXPECT_EQ(RowMessage(Check({"email"}, "does not match ^a$"), {{"email", " a\n\""}}),
            R"(email does not match ^a$ (value " a\n\""))");
}

TEST(MessagesTest, LeavesOutTheValueWhenItIsNullOrMissing) {
  EXPECT_EQ(RowMessage(Check({"email"}, "has no value"), {{"email", nullptr}}),
            "email has no value");
  EXPECT_EQ(RowMessage(Check({"email"}, "has no value"), Json::object()), "email has no value");
}

TEST(MessagesTest, NamesTheValuesOfAllFieldsOfARow) {
  EXPECT_EQ(RowMessage(Check({"tax", "price", "id"}, "do not satisfy tax < price"),
                       {{"price", 10}, {"tax", nullptr}, {"id", "x"}}),
            R"(tax, price and id do not satisfy tax < price (tax null, price 10, id "x"))");
}

TEST(MessagesTest, NamesTheFirstOfManyFields) {
  EXPECT_EQ(RowMessage(Check({"a", "b", "c", "d", "e", "f", "g"}, "are not all set"),
                       {{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}, {"e", 5}, {"f", 6}}),
            "a, b, c, d, e and 2 more are not all set (a 1, b 2, c 3, d 4, e 5)");
}

TEST(MessagesTest, SpeaksOfTheRowWhenThereAreNoFields) {
  EXPECT_EQ(RowMessage(Check({}, "does not satisfy false"), {{"a", 1}}),
            "the row does not satisfy false");
}

TEST(MessagesTest, CutsLongValuesBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "é";
  std::string shown = "\"";
  for (int i = 0; i < 79; ++i) shown += "é";
  EXPECT_EQ(RowMessage(Check({"name"}, "is long"), {{"name", text}}),
            "name is long (value " + shown + "…)");
  EXPECT_EQ(RowMessage(Check({"name"}, "is long"), {{"name", std::string(78, 'x')}}),
            "name is long (value \"" + std::string(78, 'x') + "\")");
}

TEST(MessagesTest, CountsRecordsThatDiffer) {
  rules::CompiledCheck check = Check({"id", "country"}, "differs from replica.csv");
  check.reference_name = "replica.csv";
  engine::CheckOutcome outcome;
  outcome.total = {.asserted_rows = 12, .failing_rows = 3};
  outcome.difference = engine::DifferenceOutcome{.records = 10, .reference_records = 11};
  EXPECT_EQ(DifferenceMessage("orders.csv", check, outcome),
            "3 records differ between orders.csv (10) and replica.csv (11)");
  outcome.total.failing_rows = 1;
  check.plan.filter = plan::Expression::Constant(plan::Literal::Boolean(true));
  check.plan.coverage = 0.95;
  EXPECT_EQ(DifferenceMessage("orders.csv", check, outcome),
            "1 filtered record differs between orders.csv (10) and replica.csv (11), more than "
            "the 5 % that may");
}

TEST(MessagesTest, TakesWhatTheDataGives) {
  EXPECT_EQ(GivenMessage({{"note", "late again"}}, "note"), "late again");
  EXPECT_EQ(GivenMessage({{"a", {{"code", 17}}}}, "a.code"), "17");
  EXPECT_EQ(GivenMessage({{"note", nullptr}}, "note"), std::nullopt);
  EXPECT_EQ(GivenMessage({{"note", ""}}, "note"), std::nullopt);
  EXPECT_EQ(GivenMessage(Json::object(), "note"), std::nullopt);
  EXPECT_EQ(GivenMessage({{"note", std::string(1001, 'n')}}, "note"),
            std::string(1000, 'n') + "…");
}

TEST(MessagesTest, CutsLongViolations) {
  EXPECT_EQ(RowMessage(Check({"a"}, std::string(201, 'v')), {{"a", nullptr}}),
            "a " + std::string(200, 'v') + "…");
}

TEST(MessagesTest, FindsMembersOfStructs) {
  EXPECT_EQ(RecordValue({{"a.b", 1}}, "a.b"), 1);
  EXPECT_EQ(RecordValue({{"a", {{"b", {{"c", 2}}}}}}, "a.b.c"), 2);
  EXPECT_EQ(RecordValue({{"a", {{"b.c", 3}}}}, "a.b.c"), 3);
  EXPECT_EQ(RecordValue({{"a", 4}}, "a.b"), nullptr);
}

TEST(MessagesTest, CountsFailingRows) {
  EXPECT_EQ(CountMessage(Check({"amount"}, "is below 0"),
                         {.asserted_rows = 6000, .failing_rows = 120}),
            "amount is below 0 in 120 of 6000 rows (2.000 %)");
}

TEST(MessagesTest, SaysWhatCoverageAllowsAndThatRowsAreFiltered) {
  rules::CompiledCheck check = Check({"amount"}, "is below 0");
  check.plan.coverage = 0.99;
  check.plan.filter = plan::Expression::Constant(plan::Literal::Boolean(true));
  EXPECT_EQ(CountMessage(check, {.asserted_rows = 3, .failing_rows = 2}),
            "amount is below 0 in 2 of 3 filtered rows (66.667 %), more than the 1 % that may");
}

TEST(MessagesTest, TellsWhatDiffersInASchema) {
  EXPECT_EQ(SchemaMessage("orders_*.csv", Check({}, "does not have the expected fields"),
                          "id is missing"),
            "orders_*.csv does not have the expected fields: id is missing");
}

TEST(MessagesTest, TellsWhatWasMeasured) {
  rules::CompiledCheck check = Check({"amount"}, "is not 10");
  check.plan.form = plan::MeasureCheck{.measure = plan::Expression::Call("count", {})};
  check.wording.subject = "the sum of amount";
  const engine::CheckOutcome outcome{.assertion = engine::CheckOutcome::Assertion::kFailed,
                                     .measure = plan::Literal::Integer(12)};
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome),
            "the sum of amount is not 10: it is 12");
}

TEST(MessagesTest, TellsWithWhatAMeasureWasCompared) {
  const plan::Expression count = plan::Expression::Call("count", {});
  rules::CompiledCheck check = Check({}, "did not change by 30 to 70");
  check.plan.form = plan::MeasureCheck{.measure = count, .change = plan::Change{}};
  check.wording.subject = "the number of rows";
  const engine::CheckOutcome outcome{.assertion = engine::CheckOutcome::Assertion::kFailed,
                                     .measure = plan::Literal::Integer(300),
                                     .compared_with = plan::Literal::Integer(220)};
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome),
            "the number of rows did not change by 30 to 70: it was 220 and is 300");
  check.plan.form =
      plan::ComparisonCheck{.measure = count, .reference = "", .reference_measure = count};
  check.violation = "is not equal to count(*) of payments";
  check.wording.subject = "count(*)";
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome),
            "count(*) is not equal to count(*) of payments: it is 300, and that is 220");
}

TEST(MessagesTest, TellsWhenAContainerWasUpdated) {
  rules::CompiledCheck check = Check({}, "was not updated within 2 days");
  const plan::Literal at = plan::Literal::DateOrTime("2026-06-10T08:00:00Z").value();
  check.plan.form = plan::FreshnessCheck{.not_before = at};
  EXPECT_EQ(WholeMessage("orders_*.csv", check, {.measure = at}),
            "orders_*.csv was not updated within 2 days: the last update was 2026-06-10 "
            "08:00:00");
}

TEST(MessagesTest, CountsGroups) {
  rules::CompiledCheck check = Check({"created"}, "has fewer than 5 rows");
  check.plan.form = plan::GroupSizeCheck{};
  check.wording.groups = "months";
  engine::CheckOutcome outcome{.assertion = engine::CheckOutcome::Assertion::kFailed,
                               .detail = "2026-01-01 has 4",
                               .groups = {.asserted_groups = 2, .failing_groups = 1}};
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome),
            "created has fewer than 5 rows in 1 of 2 months (50.000 %): 2026-01-01 has 4");
  check.fields.clear();
  check.plan.coverage = 0.75;
  EXPECT_EQ(
      WholeMessage("orders_*.csv", check, outcome),
      "orders_*.csv has fewer than 5 rows in 1 of 2 months (50.000 %), more than the 25 % "
      "that may: 2026-01-01 has 4");
}

TEST(MessagesTest, TellsWhatQueriesReturn) {
  rules::CompiledCheck check = Check({}, "is returned by the query");
  check.plan.form = plan::QueryCheck{.sql = "SELECT 1"};
  EXPECT_EQ(ReturnedRowMessage(check, {{"country", "PE"}, {"total", -1}}),
            "the row is returned by the query (country \"PE\", total -1)");
  engine::CheckOutcome outcome{.assertion = engine::CheckOutcome::Assertion::kFailed,
                               .total = {.asserted_rows = 10, .failing_rows = 12}};
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome), "the query returned 12 rows");
  outcome.total.failing_rows = 1;
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome), "the query returned 1 row");
}

TEST(MessagesTest, NamesFiles) {
  rules::CompiledCheck check = Check({}, "is not of at least 10 bytes");
  check.plan.form = plan::FileCheck{plan::FileCheck::Size{.min_bytes = 10, .max_bytes = {}}};
  check.wording.groups = "files";
  engine::CheckOutcome outcome{.assertion = engine::CheckOutcome::Assertion::kFailed,
                               .detail = "orders_1.csv has 3 bytes",
                               .groups = {.asserted_groups = 4, .failing_groups = 1}};
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome),
            "orders_*.csv is not of at least 10 bytes in 1 of 4 files (25.000 %): orders_1.csv "
            "has 3 bytes");
  check.plan.form = plan::FileCheck{plan::FileCheck::Count{.min = 5, .max = {}}};
  check.violation = "is not at least 5";
  check.wording.subject = "the number of files";
  outcome.measure = plan::Literal::Integer(4);
  EXPECT_EQ(WholeMessage("orders_*.csv", check, outcome),
            "the number of files is not at least 5: it is 4");
}

}  // namespace
}  // namespace assay::operations
