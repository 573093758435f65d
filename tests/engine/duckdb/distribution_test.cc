#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/engine/duckdb/reference_test.h"

namespace assay::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Assertion = CheckOutcome::Assertion;
using Statistic = plan::DistributionCheck::Statistic;

plan::Check Distribution(Statistic statistic, double max, int64_t bins = 0) {
  return {.form =
              plan::DistributionCheck{.statistic = statistic,
                                      .value = plan::Expression::Column("x"),
                                      .reference = "before",
                                      .reference_value = plan::Expression::Column("x"),
                                      .bins = bins,
                                      .max = plan::Bound{.value = plan::Literal::Double(max)}}};
}

plan::Check PValueAbove(double min) {
  plan::Check check = Distribution(Statistic::kKolmogorovSmirnov, 1);
  auto& distribution = std::get<plan::DistributionCheck>(check.form);
  distribution.measured = plan::DistributionCheck::Measured::kPValue;
  distribution.max = {};
  distribution.min = plan::Bound{.value = plan::Literal::Double(min)};
  return check;
}

class DistributionTest : public ReferenceTest {
 protected:
  explicit DistributionTest(const SessionOptions& options = {})
      : ReferenceTest("before", options) {}
};

TEST_F(DistributionTest, MeasuresAllFilesOfBothSides) {
  Add("a.csv", "x\n0.1\n0.4\n0.7\n1.2\n");
  Add("b.csv", "x\n1.5\n\n1.9\n2.2\n");
  AddToReference("r.csv", "x\n0.5\n1.3\n1.8\n2.1\n2.6\n2.9\n3.3\n");
  AddToReference("s.csv", "x\n3.8\n4.0\n\n");
  const ScanResult result = Run({Distribution(Statistic::kKolmogorovSmirnov, 0.6),
                                 Distribution(Statistic::kKolmogorovSmirnov, 0.5),
                                 PValueAbove(0.1), PValueAbove(0.2)});
  const auto& checks = result.checks;
  EXPECT_EQ(checks[0].detail, "measured 0.555556, p-value 0.126748");
  EXPECT_EQ(checks[0].assertion, Assertion::kPassed);
  EXPECT_EQ(checks[1].assertion, Assertion::kFailed);
  EXPECT_EQ(checks[1].measure->text, "0.555556");
  EXPECT_EQ(checks[2].assertion, Assertion::kPassed);
  EXPECT_EQ(checks[3].assertion, Assertion::kFailed);
  EXPECT_EQ(checks[3].measure->text, "0.126748");
  EXPECT_EQ(checks[0].total.asserted_rows, 7);
  EXPECT_THAT(checks[0].by_file, IsEmpty());
  EXPECT_THAT(result.failing_rows, IsEmpty());
}

TEST_F(DistributionTest, ComparesCategories) {
  std::string here = "x\n", before = "x\n";
  const auto add = [](std::string& text, int count, const char* value) {
    for (int i = 0; i < count; ++i) text += fmt::format("{}\n", value);
  };
  add(here, 30, "web"), add(here, 14, "shop"), add(here, 6, "phone");
  add(before, 20, "web"), add(before, 25, "shop"), add(before, 15, "phone");
  Add("a.csv", here);
  AddToReference("r.csv", before);
  const ScanResult result = Run(
      {Distribution(Statistic::kChiSquare, 8), Distribution(Statistic::kJensenShannon, 0.25)});
  EXPECT_EQ(result.checks[0].detail, "measured 8.1177, p-value 0.0172688");
  EXPECT_EQ(result.checks[0].assertion, Assertion::kFailed);
  EXPECT_EQ(result.checks[1].detail, "measured 0.233303");
  EXPECT_EQ(result.checks[1].assertion, Assertion::kPassed);
}

TEST_F(DistributionTest, FiltersBothSides) {
  Add("a.csv", "x,y\n1,a\n2,a\n500,b\n");
  AddToReference("r.csv", "x,z\n1,1\n2,1\n900,0\n");
  plan::Check check = Distribution(Statistic::kKolmogorovSmirnov, 0);
  const auto is = [](const char* field, plan::Literal value) {
    return plan::Equal(plan::Expression::Column(field),
                       plan::Expression::Constant(std::move(value)));
  };
  check.filter = is("y", plan::Literal::String("a"));
  std::get<plan::DistributionCheck>(check.form).reference_filter =
      is("z", plan::Literal::Integer(1));
  const ScanResult result = Run({check});
  EXPECT_EQ(result.checks[0].assertion, Assertion::kPassed);
  EXPECT_EQ(result.checks[0].total.asserted_rows, 2);
}

TEST_F(DistributionTest, WithoutValuesNothingIsAsserted) {
  Add("a.csv", "x,y\n1,\n2,\n");
  AddToReference("r.csv", "x,y\n1,\n,1\n");
  plan::Check nothing_here = Distribution(Statistic::kChiSquare, 1);
  nothing_here.filter = plan::IsNull(plan::Expression::Column("x"));
  plan::Check nothing_there = Distribution(Statistic::kKolmogorovSmirnov, 1);
  std::get<plan::DistributionCheck>(nothing_there.form).reference_filter =
      plan::IsNull(plan::Expression::Column("x"));
  const ScanResult result = Run({nothing_here, nothing_there});
  EXPECT_EQ(result.checks[0].assertion, Assertion::kUnasserted);
  EXPECT_EQ(result.checks[0].detail, "there are no values");
  EXPECT_EQ(result.checks[1].assertion, Assertion::kUnasserted);
  EXPECT_EQ(result.checks[1].detail, "before, with which it compares, has no values");
}

TEST_F(DistributionTest, WithoutAFileOrTheReferenceNothingIsAsserted) {
  Add("a.csv", "x,y\n1,1\n");
  Add("b.csv", "x,y\n1,1\n1,2,3\n");
  AddToReference("r.csv", "x\n1\n");
  const plan::Check check = Distribution(Statistic::kKolmogorovSmirnov, 1);
  EXPECT_THAT(Run({check}).checks[0].detail, HasSubstr("not all files could be read"));
  dataset_.files.pop_back();
  const DatasetSchema schema = ReferenceSchema();
  std::filesystem::remove(Path("r.csv"));
  EXPECT_THAT(Run({check}, schema).checks[0].detail,
              HasSubstr("could not be read as a whole: r.csv: the file was deleted"));
}

TEST_F(DistributionTest, NotANumberIsTheLargest) {
  Add("a.csv", "x\n1.5\nNaN\n");
  AddToReference("r.csv", "x\n1.5\n2.5\n");
  EXPECT_EQ(Run({Distribution(Statistic::kKolmogorovSmirnov, 1)}).checks[0].detail,
            "measured 0.5, p-value 1");
}

class DistributionInLittleMemoryTest : public DistributionTest {
 protected:
  DistributionInLittleMemoryTest()
      : DistributionTest({.memory_limit_bytes = int64_t{64} << 20, .threads = 1}) {}
};

TEST_F(DistributionInLittleMemoryTest, ManyValuesSpill) {
  constexpr int kRows = 1'500'000;
  std::string here = "x\n", before = "x\n";
  for (int i = 0; i < kRows; ++i) {
    here += fmt::format("{}\n", i);
    before += fmt::format("{}\n", i + kRows / 10);
  }
  Add("a.csv", here);
  AddToReference("r.csv", before);
  const ScanResult result = Run({Distribution(Statistic::kKolmogorovSmirnov, 0.2)});
  EXPECT_EQ(result.checks[0].detail, "measured 0.1, p-value 0");
}

}  // namespace
}  // namespace assay::engine
