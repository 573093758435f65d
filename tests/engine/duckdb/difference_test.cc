#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/engine/duckdb/reference_test.h"

namespace assay::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Assertion = CheckOutcome::Assertion;

plan::DifferenceCheck::Value Value(const std::string& field) {
  return {.name = field,
          .value = plan::Expression::Column(field),
          .reference_value = plan::Expression::Column(field)};
}

plan::Check Difference(const std::vector<std::string>& identifiers,
                       const std::vector<std::string>& compared) {
  plan::DifferenceCheck check{.reference = "replica", .identifiers = {}};
  for (const std::string& field : identifiers) check.identifiers.push_back(Value(field));
  for (const std::string& field : compared) check.compared.push_back({Value(field)});
  return {.form = std::move(check)};
}

plan::Expression Call(const char* function, plan::Expression a, plan::Expression b) {
  return plan::Expression::Call(function, {std::move(a), std::move(b)});
}

plan::Expression Number(int64_t number) {
  return plan::Expression::Constant(plan::Literal::Integer(number));
}

/// "changed 0:1 id 2 country United States -> USA"
std::string Print(const RecordDifference& difference) {
  using Status = RecordDifference::Status;
  std::string text = difference.status == Status::kChanged   ? "changed"
                     : difference.status == Status::kRemoved ? "removed"
                                                             : "added";
  if (difference.row_number >= 0)
    text += fmt::format(" {}:{}", difference.file_index, difference.row_number);
  for (const auto& [name, left, right] : difference.values) {
    const std::string here = PrintJson(left), there = PrintJson(right);
    text += fmt::format(" {} {}", name, here == there ? here : here + " -> " + there);
  }
  return text;
}

class DifferenceTest : public ReferenceTest {
 protected:
  explicit DifferenceTest(const SessionOptions& options = {})
      : ReferenceTest("replica", options) {}

  static std::vector<std::string> Found(const ScanResult& result) {
    std::vector<std::string> found;
    EXPECT_EQ(result.checks[0].detail, "");
    if (!result.checks[0].difference) return {"not asserted"};
    for (const auto& difference : result.checks[0].difference->first)
      found.push_back(Print(difference));
    return found;
  }
};

TEST_F(DifferenceTest, TellsWhatWasChangedRemovedAndAdded) {
  Add("a.csv", "id,country\n1,Austria\n2,United States\n");
  Add("b.csv", "id,country\n3,\n5,Peru\n");
  AddToReference("r.csv", "country,id\nUSA,2\nAustria,1\n,3\nChile,4\n");
  const ScanResult result = Run({Difference({"id"}, {"country"})});
  EXPECT_THAT(Found(result),
              ElementsAre("changed 0:1 id 2 country \"United States\" -> \"USA\"",
                          "removed 1:1 id 5 -> null country \"Peru\" -> null",
                          "added id null -> 4 country null -> \"Chile\""));
  const CheckOutcome& outcome = result.checks[0];
  EXPECT_EQ(outcome.assertion, Assertion::kFailed);
  EXPECT_EQ(outcome.total.failing_rows, 3);
  EXPECT_EQ(outcome.total.asserted_rows, 5);
  EXPECT_EQ(outcome.difference->records, 4);
  EXPECT_EQ(outcome.difference->reference_records, 4);
  EXPECT_THAT(outcome.difference->first[0].differing_fields, ElementsAre("country"));
  EXPECT_THAT(outcome.by_file, IsEmpty());
  EXPECT_THAT(result.failing_rows, IsEmpty());
}

TEST_F(DifferenceTest, TheOrderOfRecordsAndTheirFilesMeansNothing) {
  Add("a.csv", "id,x\n1,a\n2,\n");
  Add("b.csv", "id,x\n3,c\n");
  AddToReference("r.csv", "x,id\nc,3\n,2\na,1\n");
  for (const plan::Check& check : {Difference({"id"}, {"x"}), Difference({"id", "x"}, {})}) {
    const ScanResult result = Run({check});
    EXPECT_THAT(Found(result), IsEmpty());
    EXPECT_EQ(result.checks[0].assertion, Assertion::kPassed);
    EXPECT_EQ(result.checks[0].total.asserted_rows, 3);
  }
}

TEST_F(DifferenceTest, WithoutIdentifiersComparesHowOftenRecordsOccur) {
  Add("a.csv", "x,y\n1,a\n1,a\n1,a\n2,\n3,c\n");
  AddToReference("r.csv", "x,y\n2,\n1,a\n2,\n3,d\n");
  EXPECT_THAT(Found(Run({Difference({"x", "y"}, {})})),
              ElementsAre("removed 0:1 x 1 -> null y \"a\" -> null",
                          "removed 0:2 x 1 -> null y \"a\" -> null",
                          "removed 0:4 x 3 -> null y \"c\" -> null", "added x null -> 2 y null",
                          "added x null -> 3 y null -> \"d\""));
}

TEST_F(DifferenceTest, RepeatedIdentifiersDoNotMultiplyRecords) {
  Add("a.csv", "id,x\n1,a\n1,b\n1,c\n,d\n");
  AddToReference("r.csv", "id,x\n1,b\n1,e\n,f\n,d\n");
  EXPECT_THAT(
      Found(Run({Difference({"id"}, {"x"})})),
      ElementsAre("changed 0:0 id 1 x \"a\" -> \"e\"",
                  "removed 0:2 id 1 -> null x \"c\" -> null", "added id null x null -> \"f\""));
}

TEST_F(DifferenceTest, ComparesNumbersOfOtherKindsAsNumbers) {
  Add("a.csv", "id,x\n1,10\n2,20\n");
  AddToReference("r.csv", "id,x\n1,10.0\n2,20.5\n");
  EXPECT_THAT(Found(Run({Difference({"id"}, {"x"})})),
              ElementsAre(HasSubstr("changed 0:1 id 2 x 20")));
}

TEST_F(DifferenceTest, WhatCountsAsEqualIsLeftOut) {
  Add("a.csv", "id,x,y\n1,10,1\n2,10,1\n3,10,1\n4,,1\n");
  AddToReference("r.csv", "id,x,y\n1,12,1\n2,13,1\n3,12,2\n4,10,1\n");
  plan::Check check = Difference({"id"}, {"x", "y"});
  const plan::Expression difference =
      Call("subtract", plan::Expression::Column(plan::DifferenceCheck::kReferenceValue),
           plan::Expression::Column(plan::DifferenceCheck::kValue));
  std::get<plan::DifferenceCheck>(check.form).compared[0].equal =
      Call("less_or_equal", difference, Number(2));
  const ScanResult result = Run({check});
  EXPECT_THAT(Found(result), ElementsAre("changed 0:1 id 2 x 10 -> 13 y 1",
                                         "changed 0:2 id 3 x 10 -> 12 y 1 -> 2",
                                         "changed 0:3 id 4 x null -> 10 y 1"));
  EXPECT_THAT(result.checks[0].difference->first[1].differing_fields, ElementsAre("y"));
}

TEST_F(DifferenceTest, ShowsFieldsThatItDoesNotCompare) {
  Add("a.csv", "id,x,note,more\n1,a,here,m\n2,b,here,m\n");
  AddToReference("r.csv", "id,x,note\n1,A,there\n2,b,there\n");
  plan::Check check = Difference({"id"}, {"x"});
  std::get<plan::DifferenceCheck>(check.form).shown = {
      {"note", plan::Expression::Column("note"), plan::Expression::Column("note")},
      {"more", plan::Expression::Column("more"), std::nullopt}};
  EXPECT_THAT(Found(Run({check})),
              ElementsAre("changed 0:0 id 1 x \"a\" -> \"A\" note \"here\" -> \"there\" "
                          "more \"m\" -> null"));
}

TEST_F(DifferenceTest, FiltersBothSides) {
  Add("a.csv", "id,x\n1,1\n2,-1\n");
  AddToReference("r.csv", "id,x\n1,1\n3,-3\n4,4\n");
  plan::Check check = Difference({"id"}, {"x"});
  check.filter = Call("greater", plan::Expression::Column("x"), Number(0));
  ScanResult result = Run({check});
  EXPECT_THAT(Found(result),
              ElementsAre("added id null -> 3 x null -> -3", "added id null -> 4 x null -> 4"));
  std::get<plan::DifferenceCheck>(check.form).reference_filter = check.filter;
  result = Run({check});
  EXPECT_THAT(Found(result), ElementsAre("added id null -> 4 x null -> 4"));
  EXPECT_EQ(result.checks[0].difference->records, 1);
  EXPECT_EQ(result.checks[0].difference->reference_records, 2);
}

TEST_F(DifferenceTest, HoldsUpToItsCoverage) {
  Add("a.csv", "id,x\n1,a\n2,b\n3,c\n4,d\n");
  AddToReference("r.csv", "id,x\n1,a\n2,b\n3,c\n4,e\n");
  plan::Check check = Difference({"id"}, {"x"});
  check.coverage = 0.75;
  EXPECT_EQ(Run({check}).checks[0].assertion, Assertion::kPassed);
  check.coverage = 0.8;
  EXPECT_EQ(Run({check}).checks[0].assertion, Assertion::kFailed);
}

TEST_F(DifferenceTest, AnEmptySideIsAllRemovedOrAdded) {
  Add("a.csv", "id,x\n1,a\n");
  AddToReference("r.csv", "id,x\n1,a\n");
  plan::Check check = Difference({"id"}, {"x"});
  const plan::Expression nothing = Call("equal", plan::Expression::Column("id"), Number(0));
  check.filter = nothing;
  EXPECT_THAT(Found(Run({check})), ElementsAre("added id null -> 1 x null -> \"a\""));
  std::get<plan::DifferenceCheck>(check.form).reference_filter = nothing;
  EXPECT_EQ(Run({check}).checks[0].assertion, Assertion::kUnasserted);
  check.filter.reset();
  EXPECT_THAT(Found(Run({check})), ElementsAre("removed 0:0 id 1 -> null x \"a\" -> null"));
}

TEST_F(DifferenceTest, HandsBackNoMoreThanAskedForAndCountsAll) {
  Add("a.csv", "id,x\n1,a\n2,b\n3,c\n");
  AddToReference("r.csv", "id,x\n1,A\n2,B\n4,D\n");
  const ScanResult result = Run({Difference({"id"}, {"x"})}, {.max_failing_rows_per_check = 2});
  EXPECT_EQ(Found(result).size(), 2U);
  EXPECT_EQ(result.checks[0].total.failing_rows, 4);
}

TEST_F(DifferenceTest, APartOfAContainerIsNotCompared) {
  Add("a.csv", "id,x\n1,a\n");
  AddToReference("r.csv", "id,x\n1,a\n");
  const plan::Check check = Difference({"id"}, {"x"});
  for (const ScanOptions& options : {ScanOptions{.max_rows_per_file = 1},
                                     ScanOptions{.extent = ScanOptions::Extent::kPart}}) {
    const ScanResult result = Run({check}, options);
    EXPECT_EQ(result.checks[0].assertion, Assertion::kUnasserted);
    EXPECT_THAT(result.checks[0].detail, HasSubstr("only a part was scanned"));
  }
  const DatasetSchema reference_schema = ReferenceSchema();
  std::filesystem::remove(Path("r.csv"));
  EXPECT_THAT(Run({check}, reference_schema).checks[0].detail,
              HasSubstr("could not be read as a whole: r.csv: the file was deleted"));
}

TEST_F(DifferenceTest, AFileThatCannotBeReadMakesItAPart) {
  Add("a.csv", "id,x\n1,a\n");
  Add("b.csv", "id,x\n2,b\n");
  AddToReference("r.csv", "id,x\n1,a\n");
  const DatasetSchema schema = Schema(), reference_schema = ReferenceSchema();
  std::filesystem::remove(Path("b.csv"));
  ScanOptions options;
  options.references = {{"replica", {&reference_, &reference_schema}}};
  const auto result =
      Scan(*session_, dataset_, schema, {Difference({"id"}, {"x"})}, options, {});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->checks[0].assertion, Assertion::kUnasserted);
  EXPECT_THAT(result->checks[0].detail, HasSubstr("not all files could be read"));
}

/// Too little for either side.
class DifferenceInLittleMemoryTest : public DifferenceTest {
 protected:
  DifferenceInLittleMemoryTest()
      : DifferenceTest({.memory_limit_bytes = int64_t{64} << 20, .threads = 1}) {}
};

TEST_F(DifferenceInLittleMemoryTest, ComparesThroughTheSpill) {
  constexpr int kRows = 300'000;
  std::string here = "id,x\n", there = "id,x\n";
  for (int i = 0; i < kRows; ++i) {
    here += fmt::format("{},value of some length {}\n", i, i);
    const int id = kRows - i;
    there += fmt::format("{},value of some length {}\n", id, id == 7 ? -1 : id);
  }
  Add("a.csv", here);
  AddToReference("r.csv", there);
  const ScanResult result = Run({Difference({"id"}, {"x"})});
  EXPECT_THAT(Found(result),
              ElementsAre(HasSubstr("removed 0:0 id 0"), HasSubstr("changed 0:7 id 7"),
                          HasSubstr("added id null -> 300000")));
  EXPECT_EQ(result.checks[0].total.failing_rows, 3);
}

}  // namespace
}  // namespace assay::engine
