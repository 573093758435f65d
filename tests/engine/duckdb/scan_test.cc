#include "engine/scan.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "plan/expression.h"
#include "tests/engine/compressed.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

plan::Check Unique(const std::string& field) {
  return {.form = plan::UniqueCheck{.keys = {plan::Expression::Column(field)}}};
}

plan::Check NotNegative(const std::string& field) {
  return {.form = plan::RowCheck{plan::Expression::Call(
              "greater_or_equal", {plan::Expression::Column(field),
                                   plan::Expression::Constant(plan::Literal::Integer(0))})}};
}

class ScanTest : public LocalTableTest {
 protected:
  explicit ScanTest(const SessionOptions& options = {}) : LocalTableTest(options) {}
  ScanResult Run(const std::vector<plan::Check>& checks, const DatasetSchema& schema,
                 const RunContext& context = {}) {
    auto result = Scan(*session_, dataset_, schema, checks, {}, context);
    EXPECT_TRUE(result) << result.error().message;
    return *std::move(result);
  }
};

/// Too little for the hashes of its keys, so that these are spilled.
class ScanInLittleMemoryTest : public ScanTest {
 protected:
  ScanInLittleMemoryTest()
      : ScanTest({.memory_limit_bytes = int64_t{64} << 20, .threads = 1}) {}
};

TEST_F(ScanInLittleMemoryTest, FindsRepeatedKeysThroughTheSpill) {
  std::string text = "key\n";
  for (int i = 0; i < 600'000; ++i) text += fmt::format("{}\n", i);
  Add("a.csv", text + "17\n");
  const ScanResult result = Run({Unique("key")}, Schema());
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].total.asserted_rows, 600'001);
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
  ASSERT_EQ(result.failing_rows.size(), 1U);
  EXPECT_EQ(result.failing_rows[0].row_number, 600'000);
}

TEST_F(ScanTest, AsksPlansQuestionsAboutTexts) {
  std::string text = "account\n";
  for (int i = 0; i < 5'000; ++i) text += "DE89370400440532013000\n\n";
  Add("a.csv", text + "DE88370400440532013000\n");
  const ScanResult result =
      Run({{.form = plan::RowCheck{plan::TextIs(plan::Expression::Column("account"), "iban")}}},
          Schema());
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
}

plan::Check NotNull(const std::string& field) {
  return {.form = plan::RowCheck{plan::IsNotNull(plan::Expression::Column(field))}};
}

/// Rows of which the last but ten has a text that is not UTF-8, in the last field.
std::string WithLateFault(int rows, const std::string& padding) {
  std::string text = "id,name,place\n";
  for (int i = 0; i < rows; ++i) {
    text += fmt::format("{},n{}{},{}\n", i, i, padding, i == rows - 10 ? "Z\xFCrich" : "Köln");
  }
  return text;
}

TEST_F(ScanTest, LateTextsThatAreNotUtf8AreReadWhicheverFieldsAreNeeded) {
  const std::string rows = WithLateFault(50'000, "");
  const std::string beyond_a_buffer = WithLateFault(80, std::string(500'000, 'x'));
  ASSERT_GT(beyond_a_buffer.size(), size_t{32'000'000});
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.csv", rows}, {"b.csv.gz", Gzip(rows)}, {"c.csv", beyond_a_buffer}};
  for (const auto& [name, content] : files) {
    for (const char* field : {"id", "name", "place"}) {
      SCOPED_TRACE(name + " " + field);
      dataset_.files.clear();
      Add(name, content);
      Add("z.csv", "id,name,place\n1,a,b\n");
      const ScanResult result = Run({NotNull(field)}, Schema());
      EXPECT_TRUE(result.failures.empty()) << result.failures[0].error.message;
      EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kPassed);
      EXPECT_EQ(result.checks[0].total.asserted_rows, name == "c.csv" ? 81 : 50'001);
    }
  }
}

TEST_F(ScanTest, AUniqueCheckWhoseRowsAreGoneIsNotAsserted) {
  Add("a.csv", "key\n1\n");
  Add("b.csv", "key\n1\n");
  const DatasetSchema schema = Schema();
  // Once both are read, before the repeated rows are looked for.
  const RunContext context{.progress = [&](const Progress& progress) {
    if (progress.files_done == 2) std::filesystem::remove(Path("b.csv"));
  }};
  const ScanResult result = Run({Unique("key")}, schema, context);
  EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_THAT(result.checks[0].detail, ::testing::HasSubstr("b.csv: the file was deleted"));
}

TEST_F(ScanTest, ARowThatIsHandedBackHasAllChecksItFails) {
  // Each check's first failing row is not the one that fails both.
  Add("a.csv", "key,x\n1,1\n1,1\n2,-1\n2,-1\n");
  const std::vector<plan::Check> checks = {Unique("key"), NotNegative("x"), Unique("x")};
  auto result =
      Scan(*session_, dataset_, Schema(), checks, {.max_failing_rows_per_check = 1}, {});
  ASSERT_TRUE(result) << result.error().message;
  std::map<int64_t, std::vector<size_t>> failed;
  for (const FailingRow& row : result->failing_rows) failed[row.row_number] = row.failed_checks;
  const std::map<int64_t, std::vector<size_t>> expected = {{1, {0, 2}}, {2, {1}}};
  EXPECT_EQ(failed, expected);

  result = Scan(*session_, dataset_, Schema(), checks, {.max_failing_rows_per_check = 2}, {});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->failing_rows.back().row_number, 3);
  EXPECT_THAT(result->failing_rows.back().failed_checks, ::testing::ElementsAre(0, 1, 2));
}

TEST_F(ScanTest, ValuesOfTheWrongVersionAreNotHandedBack) {
  Add("a.csv", "x\n-1\n");
  const DatasetSchema schema = Schema();
  const RunContext context{.progress = [&](const Progress& progress) {
    if (progress.files_done == 1) Write("a.csv", "x\n-12345\n");
  }};
  const ScanResult result = Run({NotNegative("x")}, schema, context);
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
  ASSERT_EQ(result.failing_rows.size(), 1U);
  EXPECT_EQ(result.failing_rows[0].record, Json::object());
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].error.kind, ErrorKind::kConflict);
}

plan::Check Determines(const std::string& key, const std::string& value) {
  return {.form = plan::DependencyCheck{.keys = {plan::Expression::Column(key)},
                                        .values = {plan::Expression::Column(value)}}};
}

TEST_F(ScanTest, ADependencyFailsInAllRowsOfItsKey) {
  Add("a.csv", "zip,city\n1,A\n2,B\n1,A\n");
  Add("b.csv", "zip,city\n2,C\n2,\n,D\n1,A\n");
  const ScanResult result =
      Run({Determines("zip", "city"), Determines("city", "zip")}, Schema());
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kFailed);
  EXPECT_EQ(result.checks[0].total.asserted_rows, 5);
  EXPECT_EQ(result.checks[0].total.failing_rows, 2);
  EXPECT_EQ(result.checks[0].by_file[1].failing_rows, 1);
  EXPECT_EQ(result.checks[1].assertion, CheckOutcome::Assertion::kPassed);
  ASSERT_EQ(result.failing_rows.size(), 2U);
  EXPECT_EQ(result.failing_rows[0].row_number, 1);
  EXPECT_EQ(result.failing_rows[1].file_index, 1U);
  EXPECT_EQ(result.failing_rows[1].record["city"], "C");
}

plan::Check NamesOneOf(const std::string& distinction) {
  return {.form = plan::EntityCheck{.name = plan::Expression::Column("name"),
                                    .distinction = plan::Expression::Column(distinction)}};
}

TEST_F(ScanTest, AnEntityFailsInAllItsRows) {
  Add("a.csv", "id,name\n1,ACME Boxing\n2,Frank's Flowers\n");
  Add("b.csv", "id,name\n3,ACME Boxes\n2,\"Franks Flowers, Inc.\"\n,ACME Boxer\n4,\n");
  const ScanResult result = Run({NamesOneOf("id")}, Schema());
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kFailed);
  EXPECT_EQ(result.checks[0].total.asserted_rows, 4);
  EXPECT_EQ(result.checks[0].total.failing_rows, 2);
  EXPECT_EQ(result.checks[0].by_file[1].failing_rows, 1);
  ASSERT_EQ(result.failing_rows.size(), 2U);
  EXPECT_EQ(result.failing_rows[0].record["name"], "ACME Boxing");
  EXPECT_EQ(result.failing_rows[1].record["name"], "ACME Boxes");
}

TEST_F(ScanTest, AnEntityIsLookedForAmongFilteredRows) {
  Add("a.csv", "id,name\n1,ACME Boxing\n3,ACME Boxes\n");
  plan::Check check = NamesOneOf("id");
  check.filter = plan::Equal(plan::Expression::Column("id"),
                             plan::Expression::Constant(plan::Literal::Integer(1)));
  const ScanResult result = Run({check}, Schema());
  EXPECT_EQ(result.checks[0].total.asserted_rows, 1);
  EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kPassed);
}

TEST_F(ScanTest, TooManyNamesAreNotAsserted) {
  std::string text = "id,name\n";
  for (int i = 0; i <= plan::EntityCheck::kMostNames; ++i) text += fmt::format("{0},n{0}\n", i);
  Add("a.csv", text);
  const ScanResult result = Run({NamesOneOf("id")}, Schema());
  EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kUnasserted);
  EXPECT_THAT(result.checks[0].detail,
              ::testing::HasSubstr("more than 100000 different names"));
}

TEST_F(ScanTest, ADependencyMaySpareTheMajorityOfAllFiles) {
  Add("a.csv", "zip,city\n1,A\n2,B\n1,A\n3,X\n3,Y\n");
  Add("b.csv", "zip,city\n2,C\n2,\n,D\n1,A\n2,C\n1,Z\n");
  plan::Check check = Determines("zip", "city");
  std::get<plan::DependencyCheck>(check.form).failing =
      plan::DependencyCheck::Failing::kMinority;
  const ScanResult result = Run({check}, Schema());
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].total.asserted_rows, 9);
  std::vector<std::pair<size_t, int64_t>> failing;
  for (const FailingRow& row : result.failing_rows)
    failing.emplace_back(row.file_index, row.row_number);
  // 2 -> B and 1 -> Z are outnumbered; of 3 nothing is the majority.
  EXPECT_THAT(failing, ::testing::ElementsAre(std::pair(0, 1), std::pair(0, 3), std::pair(0, 4),
                                              std::pair(1, 5)));
}

TEST_F(ScanTest, ADependencySeesFilteredRowsAndMayHaveExceptions) {
  Add("a.csv", "zip,city\n1,A\n2,B\n1,A\n2,C\n");
  plan::Check check = Determines("zip", "city");
  check.coverage = 0.5;
  EXPECT_EQ(Run({check}, Schema()).checks[0].assertion, CheckOutcome::Assertion::kPassed);
  check = Determines("zip", "city");
  check.filter = plan::Equal(plan::Expression::Column("zip"),
                             plan::Expression::Constant(plan::Literal::Integer(1)));
  const ScanResult result = Run({check}, Schema());
  EXPECT_EQ(result.checks[0].total.asserted_rows, 2);
  EXPECT_EQ(result.checks[0].assertion, CheckOutcome::Assertion::kPassed);
}

TEST_F(ScanTest, AnOrderIsThatOfTheRowsOfEachFile) {
  Add("a.csv", "id,x\n1,5\n3,5\n2,\n,7\n2,6\n4,6\n");
  Add("b.csv", "id,x\n1,9\n1,8\n");
  const auto check = [](const char* field, plan::OrderCheck::Order order) {
    return plan::Check{
        .form = plan::OrderCheck{.value = plan::Expression::Column(field), .order = order}};
  };
  using enum plan::OrderCheck::Order;
  plan::Check filtered = check("x", kStrictlyAscending);
  filtered.filter = plan::IsNotNull(plan::Expression::Column("id"));
  const ScanResult result = Run({check("id", kAscending), check("id", kStrictlyAscending),
                                 filtered, check("x", kDescending)},
                                Schema());
  EXPECT_EQ(result.checks[0].detail, "");
  EXPECT_EQ(result.checks[0].total.asserted_rows, 7);
  EXPECT_EQ(result.checks[0].total.failing_rows, 1);
  EXPECT_EQ(result.checks[1].total.failing_rows, 3);
  EXPECT_EQ(result.checks[2].total.asserted_rows, 6);
  EXPECT_EQ(result.checks[2].total.failing_rows, 3);
  EXPECT_EQ(result.checks[3].total.failing_rows, 1);
  ASSERT_FALSE(result.failing_rows.empty());
  EXPECT_EQ(result.failing_rows[1].row_number, 2);
  EXPECT_THAT(result.failing_rows[1].failed_checks, ::testing::ElementsAre(0, 1));
}

}  // namespace
}  // namespace assay::engine
