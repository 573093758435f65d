#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/engine/duckdb/reference_test.h"

namespace assay::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Assertion = CheckOutcome::Assertion;
using Expected = plan::MembershipCheck::Expected;

plan::Check Membership(const std::string& field, Expected expected = Expected::kPresent) {
  return {.form = plan::MembershipCheck{.value = plan::Expression::Column(field),
                                        .reference = "codes",
                                        .reference_value = plan::Expression::Column("code"),
                                        .expected = expected}};
}

plan::Expression IsPositive(const std::string& field) {
  return plan::Expression::Call(
      "greater",
      {plan::Expression::Column(field), plan::Expression::Constant(plan::Literal::Integer(0))});
}

class MembershipTest : public ReferenceTest {
 protected:
  explicit MembershipTest(const SessionOptions& options = {})
      : ReferenceTest("codes", options) {}
};

TEST_F(MembershipTest, CountsAndHandsBackFailingRowsOfAllFiles) {
  AddToReference("codes_1.csv", "code,name\nAR,x\n");
  AddToReference("codes_2.csv", "code,name\nAT,y\nAR,z\n");
  Add("a.csv", "id,country\n1,AR\n2,XX\n3,\n");
  Add("b.csv", "id,country\n4,YY\n5,AT\n");
  const ScanResult result =
      Run({Membership("country"), Membership("country", Expected::kAbsent)});
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].assertion, Assertion::kFailed);
  EXPECT_EQ(result.checks[0].total.asserted_rows, 5);
  EXPECT_EQ(result.checks[0].total.failing_rows, 2);
  EXPECT_EQ(result.checks[0].by_file[0].failing_rows, 1);
  EXPECT_EQ(result.checks[0].by_file[1].failing_rows, 1);
  EXPECT_EQ(result.checks[1].total.failing_rows, 2);
  ASSERT_EQ(result.failing_rows.size(), 4U);
  const FailingRow& row = result.failing_rows[1];
  EXPECT_EQ(row.file_index, 0U);
  EXPECT_EQ(row.row_number, 1);
  EXPECT_THAT(row.failed_checks, ElementsAre(0));
  EXPECT_EQ(row.record, Json({{"id", 2}, {"country", "XX"}}));
}

TEST_F(MembershipTest, AssertsFilteredRowsUpToTheCoverage) {
  AddToReference("codes.csv", "code\n1\n2\n");
  Add("a.csv", "x,code\n1,1\n1,2\n1,9\n0,8\n");
  plan::Check check = Membership("code");
  check.filter = IsPositive("x");
  plan::Check tolerant = check;
  tolerant.coverage = 0.6;
  const ScanResult result = Run({check, tolerant});
  EXPECT_EQ(result.checks[0].total.asserted_rows, 3);
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
  EXPECT_EQ(result.checks[0].assertion, Assertion::kFailed);
  EXPECT_EQ(result.checks[1].assertion, Assertion::kPassed);
}

TEST_F(MembershipTest, ARowHasTheRowChecksItFailsAsWell) {
  AddToReference("codes.csv", "code\n1\n");
  Add("a.csv", "code\n1\n-5\n");
  const ScanResult result =
      Run({plan::Check{.form = plan::RowCheck{IsPositive("code")}}, Membership("code")},
          {.max_failing_rows_per_check = 1});
  ASSERT_EQ(result.failing_rows.size(), 1U);
  EXPECT_THAT(result.failing_rows[0].failed_checks, ElementsAre(0, 1));
}

TEST_F(MembershipTest, AContainerCanReferToItself) {
  Add("a.csv", "code,parent\n1,\n2,1\n3,7\n");
  reference_.files = dataset_.files;
  const ScanResult result = Run({Membership("parent")});
  ASSERT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
  EXPECT_EQ(result.failing_rows.at(0).row_number, 2);
}

TEST_F(MembershipTest, LooksOnlyAtTheRowsThatAreScanned) {
  AddToReference("codes.csv", "code\n1\n2\n");
  Add("a.csv", "code\n2\n3\n4\n");
  const ScanResult result = Run({Membership("code")}, {.max_rows_per_file = 2});
  EXPECT_EQ(result.checks[0].total.asserted_rows, 2);
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
}

TEST_F(MembershipTest, AReferenceThatCannotBeReadAsAWholeLeavesItsChecksUnasserted) {
  AddToReference("codes_1.csv", "code\n1\n");
  AddToReference("codes_2.csv", "code\n2\n");
  Add("a.csv", "code\n2\n-3\n");
  const DatasetSchema reference_schema = ReferenceSchema();
  std::filesystem::remove(Path("codes_2.csv"));
  const ScanResult result =
      Run({Membership("code"), plan::Check{.form = plan::RowCheck{IsPositive("code")}}},
          reference_schema);
  EXPECT_EQ(result.checks[0].assertion, Assertion::kUnasserted);
  EXPECT_THAT(result.checks[0].detail,
              HasSubstr("codes, with which it compares, could not be read as a whole: "
                        "codes_2.csv: the file was deleted"));
  EXPECT_EQ(result.checks[1].total.failing_rows, 1);
  ASSERT_EQ(result.failing_rows.size(), 1U);
}

TEST_F(MembershipTest, ChecksWithoutTheirReferenceAreNotAsserted) {
  Add("a.csv", "code\n1\n");
  auto result = Scan(*session_, dataset_, Schema(), {Membership("code")}, {}, {});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->checks[0].assertion, Assertion::kUnasserted);
  EXPECT_EQ(result->checks[0].detail, "containers cannot be compared here");
}

TEST_F(MembershipTest, AStopRequestEndsIt) {
  AddToReference("codes.csv", "code\n1\n");
  Add("a.csv", "code\n1\n");
  const DatasetSchema reference_schema = ReferenceSchema();
  std::stop_source stop;
  const RunContext context{.stop = stop.get_token(), .progress = [&](const Progress& progress) {
                             if (progress.files_done == 1) stop.request_stop();
                           }};
  ScanOptions options;
  options.references = {{"codes", {&reference_, &reference_schema}}};
  const auto result =
      Scan(*session_, dataset_, Schema(), {Membership("code")}, options, context);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
}

/// Too little for either side.
class MembershipInLittleMemoryTest : public MembershipTest {
 protected:
  MembershipInLittleMemoryTest()
      : MembershipTest({.memory_limit_bytes = int64_t{64} << 20, .threads = 1}) {}
};

TEST_F(MembershipInLittleMemoryTest, JoinsThroughTheSpill) {
  constexpr int kRows = 400'000;
  std::string here = "code\n", there = "code\n";
  for (int i = 0; i < kRows; ++i) {
    here += fmt::format("key-of-some-length-{}\n", i);
    there += fmt::format("key-of-some-length-{}\n", kRows + 1 - i);
  }
  Add("a.csv", here);
  AddToReference("codes.csv", there);
  const ScanResult result = Run({Membership("code")});
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].total.asserted_rows, kRows);
  EXPECT_EQ(result.checks[0].total.failing_rows, 2);
  ASSERT_EQ(result.failing_rows.size(), 2U);
  EXPECT_EQ(result.failing_rows[1].row_number, 1);
}

}  // namespace
}  // namespace assay::engine
