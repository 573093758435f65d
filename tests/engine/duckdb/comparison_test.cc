#include <gmock/gmock.h>

#include "plan/parser.h"
#include "tests/engine/duckdb/reference_test.h"

namespace assay::engine {
namespace {

using ::testing::HasSubstr;
using Assertion = CheckOutcome::Assertion;
using enum plan::ComparisonCheck::Comparison;

class ComparisonTest : public ReferenceTest {
 protected:
  ComparisonTest() : ReferenceTest("payments", {}) {}

  plan::Check Comparing(const char* measure, plan::ComparisonCheck::Comparison comparison,
                        const char* reference_measure, const char* reference_filter = nullptr) {
    const DatasetSchema there = ReferenceSchema();
    plan::ComparisonCheck check{
        .measure = plan::ParseAggregate(measure, Schema().schema).value(),
        .comparison = comparison,
        .reference = "payments",
        .reference_measure = plan::ParseAggregate(reference_measure, there.schema).value()};
    if (reference_filter != nullptr)
      check.reference_filter = plan::ParsePredicate(reference_filter, there.schema).value();
    return {.form = std::move(check)};
  }
};

TEST_F(ComparisonTest, ValuesOfAllFilesOfBothAreCompared) {
  Add("a.csv", "id,amount\n1,2.5\n2,\n");
  Add("b.csv", "id,amount\n3,7.5\n");
  AddToReference("r.csv", "paid,state\n4,settled\n");
  AddToReference("s.csv", "paid,state\n6,settled\n1,open\n");
  const ScanResult result =
      Run({Comparing("sum(amount)", kEqual, "sum(paid)", "state = 'settled'"),
           Comparing("sum(amount)", kGreaterOrEqual, "sum(paid)"),
           Comparing("count(*)", kEqual, "count(*)")});
  const CheckOutcome& equal = result.checks[0];
  EXPECT_EQ(equal.assertion, Assertion::kPassed);
  EXPECT_EQ(equal.measure, plan::Literal::Double(10));
  EXPECT_EQ(equal.compared_with, plan::Literal::Integer(10));
  EXPECT_EQ(equal.detail, "measured 10, and 10 of payments");
  EXPECT_EQ(equal.total.asserted_rows, 3);
  EXPECT_EQ(equal.total.failing_rows, 0);
  EXPECT_EQ(result.checks[1].assertion, Assertion::kFailed);
  EXPECT_EQ(result.checks[1].compared_with, plan::Literal::Integer(11));
  EXPECT_EQ(result.checks[2].assertion, Assertion::kPassed);
}

TEST_F(ComparisonTest, TheFilterOfTheCheckIsOfItsContainer) {
  Add("a.csv", "id,amount\n1,2\n2,3\n");
  AddToReference("r.csv", "paid\n3\n");
  plan::Check check = Comparing("sum(amount)", kEqual, "sum(paid)");
  check.filter = *plan::ParsePredicate("id = 2", Schema().schema);
  const ScanResult result = Run({check});
  EXPECT_EQ(result.checks[0].assertion, Assertion::kPassed);
  EXPECT_EQ(result.checks[0].total.asserted_rows, 1);
}

TEST_F(ComparisonTest, NullIsNotCompared) {
  Add("a.csv", "id,amount\n1,2\n");
  AddToReference("r.csv", "paid\n3\n");
  const ScanResult result = Run({Comparing("sum(amount)", kEqual, "sum(paid)", "paid > 3"),
                                 Comparing("max(amount) + NULL", kEqual, "sum(paid)")});
  EXPECT_EQ(result.checks[0].assertion, Assertion::kUnasserted);
  EXPECT_EQ(result.checks[0].detail,
            "there is no value to compare with: of payments it is null");
  EXPECT_EQ(result.checks[1].assertion, Assertion::kUnasserted);
  EXPECT_EQ(result.checks[1].detail, "there is no value to compare: it is null");
}

TEST_F(ComparisonTest, WithoutOneOfTheFilesNothingIsSaid) {
  Add("a.csv", "id,amount\n1,2\n");
  AddToReference("r.csv", "paid\n3\n");
  AddToReference("s.csv", "paid\n3\n");
  const std::vector<plan::Check> checks = {Comparing("sum(amount)", kEqual, "sum(paid)"),
                                           Comparing("count(*)", kLess, "count(*)")};
  const DatasetSchema there = ReferenceSchema();
  std::filesystem::remove(Path("s.csv"));
  const ScanResult result = Run(checks, there);
  for (const CheckOutcome& outcome : result.checks) {
    EXPECT_EQ(outcome.assertion, Assertion::kUnasserted);
    EXPECT_THAT(outcome.detail, HasSubstr("in payments: not all rows could be read: s.csv"));
  }
}

TEST_F(ComparisonTest, APartSaysNothingOfTheWhole) {
  Add("a.csv", "id,amount\n1,2\n");
  AddToReference("r.csv", "paid\n2\n");
  const std::vector<plan::Check> checks = {Comparing("sum(amount)", kEqual, "sum(paid)")};
  for (const ScanOptions& options : {ScanOptions{.max_rows_per_file = 1},
                                     ScanOptions{.extent = ScanOptions::Extent::kPart}}) {
    const ScanResult result = Run(checks, options);
    EXPECT_EQ(result.checks[0].detail,
              "whole containers are compared, and only a part was scanned; run a full scan");
  }
}

TEST_F(ComparisonTest, AReferenceThatIsNotThereStopsNoOtherCheck) {
  Add("a.csv", "id,amount\n1,2\n");
  AddToReference("r.csv", "paid\n2\n");
  plan::Check lost = Comparing("sum(amount)", kEqual, "sum(paid)");
  std::get<plan::ComparisonCheck>(lost.form).reference = "nowhere";
  const ScanResult result = Run({lost, Comparing("sum(amount)", kEqual, "sum(paid)")});
  EXPECT_EQ(result.checks[0].detail, "containers cannot be compared here");
  EXPECT_EQ(result.checks[1].assertion, Assertion::kPassed);
}

}  // namespace
}  // namespace assay::engine
