#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/container_scan.h"
#include "operations/fingerprint.h"

namespace assay::operations {
namespace {

using testing::ElementsAre;
using Assertion = engine::CheckOutcome::Assertion;

plan::Field FieldOf(const std::string& name, plan::FieldType type) {
  plan::Field field;
  field.name = name;
  field.path = {name};
  field.type = type;
  return field;
}

/// A container of two files whose checks and failing rows a test states.
class AnomaliesTest : public testing::Test {
 protected:
  AnomaliesTest() {
    schema_.fields = {FieldOf("id", plan::FieldType::kString),
                      FieldOf("amount", plan::FieldType::kIntegral),
                      FieldOf("quantity", plan::FieldType::kIntegral)};
    dataset_.name = "orders_*.csv";
    for (const char* path : {"orders_1.csv", "orders_2.csv"}) {
      engine::DataFile& file = dataset_.files.emplace_back();
      file.relative_path = path;
    }
  }

  /// Adds a check with its counts over 100 rows; gives its index.
  size_t Add(const rules::CheckDefinition& definition, int64_t failing_rows,
             Assertion assertion = Assertion::kFailed) {
    Result<rules::CompiledCheck> compiled = rules::Compile(definition, schema_, Timestamp{});
    EXPECT_TRUE(compiled.has_value()) << compiled.error().message;
    CheckResult& result = checks_.emplace_back();
    result.check.id = static_cast<int64_t>(checks_.size());
    result.check.definition = definition;
    result.fields = compiled->fields;
    const bool is_row_check = std::holds_alternative<plan::RowCheck>(compiled->plan.form);
    result.anomaly_type =
        is_row_check && definition.coverage == 1 ? AnomalyType::kRecord : AnomalyType::kShape;
    result.outcome.assertion = assertion;
    result.outcome.total = {.asserted_rows = 100, .failing_rows = failing_rows};
    compiled_.push_back(*std::move(compiled));
    return checks_.size() - 1;
  }

  void AddRow(size_t file, int64_t row, std::vector<size_t> failed, Json record) {
    result_.failing_rows.push_back({.file_index = file,
                                    .row_number = row,
                                    .failed_checks = std::move(failed),
                                    .record = std::move(record)});
  }

  std::vector<Anomaly> Find() {
    return FindAnomalies(dataset_.name, checks_, compiled_, result_, dataset_, schema_,
                         settings_);
  }

  plan::Schema schema_;
  engine::Dataset dataset_;
  std::vector<CheckResult> checks_;
  std::vector<std::optional<rules::CompiledCheck>> compiled_;
  engine::ScanResult result_;
  ScanSettings settings_;
};

rules::CheckDefinition Definition(std::string rule, std::vector<std::string> fields) {
  rules::CheckDefinition definition;
  definition.rule = std::move(rule);
  definition.fields = std::move(fields);
  return definition;
}

const rules::CheckDefinition kAmountNotNegative = Definition("notNegative", {"amount"});
const rules::CheckDefinition kQuantityNotNegative = Definition("notNegative", {"quantity"});
const rules::CheckDefinition kIdUnique = Definition("unique", {"id"});

/// The messages of an anomaly.
std::vector<std::string> Messages(const Anomaly& anomaly) {
  std::vector<std::string> messages;
  for (const FailedCheck& failed : anomaly.failed_checks) messages.push_back(failed.message);
  return messages;
}

/// "file:row" of the source records of an anomaly.
std::vector<std::string> Sources(const Anomaly& anomaly) {
  std::vector<std::string> sources;
  for (const SourceRecord& source : anomaly.source_records) {
    sources.push_back(source.relative_path + ":" + std::to_string(source.row_number));
  }
  return sources;
}

TEST_F(AnomaliesTest, CollectsAllFailedChecksOfARowInOneRecordAnomaly) {
  Add(kAmountNotNegative, 2);
  Add(kQuantityNotNegative, 1);
  const Json record = {{"id", "a"}, {"amount", -5}, {"quantity", -1}};
  AddRow(0, 7, {0, 1}, record);
  AddRow(1, 3, {0}, {{"id", "b"}, {"amount", -6}, {"quantity", 2}});
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 2);
  const Anomaly& first = anomalies[0];
  EXPECT_EQ(first.type, AnomalyType::kRecord);
  EXPECT_FALSE(first.is_rolled_up);
  EXPECT_EQ(first.anomalous_records_count, 1);
  EXPECT_EQ(first.relative_path, "orders_1.csv");
  EXPECT_EQ(first.uuid.size(), 36);
  EXPECT_THAT(Messages(first),
              ElementsAre("amount is below 0 (value -5)", "quantity is below 0 (value -1)"));
  EXPECT_EQ(first.failed_checks[1].check_index, 1);
  ASSERT_THAT(Sources(first), ElementsAre("orders_1.csv:7"));
  EXPECT_THAT(first.source_records[0].failing_fields, ElementsAre("amount", "quantity"));
  EXPECT_EQ(first.source_records[0].record, record);
  EXPECT_EQ(first.fingerprint, RecordFingerprint({CheckIdentity(kAmountNotNegative),
                                                  CheckIdentity(kQuantityNotNegative)},
                                                 record));
  EXPECT_THAT(Messages(anomalies[1]), ElementsAre("amount is below 0 (value -6)"));
  EXPECT_THAT(Sources(anomalies[1]), ElementsAre("orders_2.csv:3"));
}

TEST_F(AnomaliesTest, RollsUpACheckThatFailsInMoreRowsThanTheThreshold) {
  settings_.high_count_rollup_threshold = 2;
  settings_.source_record_limit = 2;
  Add(kAmountNotNegative, 3);
  for (int64_t row = 0; row < 3; ++row) AddRow(0, row, {0}, {{"amount", -1 - row}});
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 1);
  EXPECT_EQ(anomalies[0].type, AnomalyType::kRecord);
  EXPECT_TRUE(anomalies[0].is_rolled_up);
  EXPECT_EQ(anomalies[0].anomalous_records_count, 3);
  EXPECT_EQ(anomalies[0].relative_path, "");
  EXPECT_THAT(Messages(anomalies[0]),
              ElementsAre("amount is below 0 in 3 of 100 rows (3.000 %)"));
  EXPECT_THAT(Sources(anomalies[0]), ElementsAre("orders_1.csv:0", "orders_1.csv:1"));
}

TEST_F(AnomaliesTest, KeepsRowsApartAtTheThreshold) {
  settings_.high_count_rollup_threshold = 2;
  Add(kAmountNotNegative, 2);
  AddRow(0, 0, {0}, {{"amount", -1}});
  AddRow(0, 1, {0}, {{"amount", -2}});
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 2);
  EXPECT_FALSE(anomalies[0].is_rolled_up);
}

TEST_F(AnomaliesTest, GivesARowItsOwnAnomalyWithAllItsChecksWhenOneIsNotRolledUp) {
  settings_.high_count_rollup_threshold = 1;
  Add(kAmountNotNegative, 2);
  Add(kQuantityNotNegative, 1);
  AddRow(0, 0, {0}, {{"amount", -1}, {"quantity", 1}});
  AddRow(0, 1, {0, 1}, {{"amount", -1}, {"quantity", -1}});
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 2);
  EXPECT_THAT(Messages(anomalies[0]),
              ElementsAre("amount is below 0 (value -1)", "quantity is below 0 (value -1)"));
  EXPECT_THAT(Sources(anomalies[0]), ElementsAre("orders_1.csv:1"));
  EXPECT_THAT(Messages(anomalies[1]),
              ElementsAre("amount is below 0 in 2 of 100 rows (2.000 %)"));
  EXPECT_THAT(Sources(anomalies[1]), ElementsAre("orders_1.csv:0", "orders_1.csv:1"));
}

TEST_F(AnomaliesTest, MakesOneShapeAnomalyOfACheckWithCoverage) {
  rules::CheckDefinition check = kAmountNotNegative;
  check.coverage = 0.99;
  Add(check, 2);
  AddRow(1, 5, {0}, {{"amount", -1}});
  AddRow(1, 6, {0}, {{"amount", -2}});
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 1);
  EXPECT_EQ(anomalies[0].type, AnomalyType::kShape);
  EXPECT_FALSE(anomalies[0].is_rolled_up);
  EXPECT_EQ(anomalies[0].anomalous_records_count, 2);
  EXPECT_THAT(
      Messages(anomalies[0]),
      ElementsAre("amount is below 0 in 2 of 100 rows (2.000 %), more than the 1 % that may"));
  EXPECT_THAT(Sources(anomalies[0]), ElementsAre("orders_2.csv:5", "orders_2.csv:6"));
}

TEST_F(AnomaliesTest, FindsNothingInACoverageCheckThatHolds) {
  rules::CheckDefinition check = kAmountNotNegative;
  check.coverage = 0.5;
  Add(check, 2, Assertion::kPassed);
  AddRow(1, 5, {0}, {{"amount", -1}});
  EXPECT_TRUE(Find().empty());
}

TEST_F(AnomaliesTest, MakesAShapeAnomalyOfSurplusRowsWhateverTheThreshold) {
  settings_.high_count_rollup_threshold = 1;
  Add(kIdUnique, 2);
  Add(kAmountNotNegative, 1);
  AddRow(0, 4, {0}, {{"id", "x"}, {"amount", 1}});
  AddRow(0, 9, {0, 1}, {{"id", "x"}, {"amount", -1}});
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 2);
  EXPECT_EQ(anomalies[0].type, AnomalyType::kRecord);
  EXPECT_THAT(Messages(anomalies[0]), ElementsAre("amount is below 0 (value -1)"));
  EXPECT_THAT(anomalies[0].source_records[0].failing_fields, ElementsAre("amount"));
  EXPECT_EQ(anomalies[1].type, AnomalyType::kShape);
  EXPECT_THAT(Messages(anomalies[1]),
              ElementsAre("id repeats an earlier value in 2 of 100 rows (2.000 %)"));
  EXPECT_THAT(Sources(anomalies[1]), ElementsAre("orders_1.csv:4", "orders_1.csv:9"));
  EXPECT_THAT(anomalies[1].source_records[0].failing_fields, ElementsAre("id"));
}

TEST_F(AnomaliesTest, TellsSchemaFailuresWithoutSourceRecords) {
  rules::CheckDefinition check = Definition("expectedSchema", {});
  check.properties = {{"list", {"total"}}};
  Add(check, 0);
  checks_[0].outcome.total = {};
  checks_[0].outcome.detail = "total is missing";
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 1);
  EXPECT_EQ(anomalies[0].type, AnomalyType::kShape);
  EXPECT_EQ(anomalies[0].anomalous_records_count, 0);
  EXPECT_THAT(Messages(anomalies[0]),
              ElementsAre("orders_*.csv does not have the expected fields: total is missing"));
  EXPECT_TRUE(anomalies[0].source_records.empty());
}

TEST_F(AnomaliesTest, TellsMeasuresWithoutSourceRecords) {
  rules::CheckDefinition check = Definition("sum", {"amount"});
  check.properties = {{"value", 10}};
  Add(check, 0);
  checks_[0].outcome.measure = plan::Literal::Integer(12);
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 1);
  EXPECT_EQ(anomalies[0].type, AnomalyType::kShape);
  EXPECT_EQ(anomalies[0].anomalous_records_count, 0);
  EXPECT_THAT(Messages(anomalies[0]), ElementsAre("the sum of amount is not 10: it is 12"));
  EXPECT_TRUE(anomalies[0].source_records.empty());
}

TEST_F(AnomaliesTest, OrdersRecordsThenRolledUpThenShape) {
  settings_.high_count_rollup_threshold = 1;
  Add(kIdUnique, 1);
  Add(kAmountNotNegative, 2);
  Add(kQuantityNotNegative, 1);
  AddRow(0, 1, {0, 1}, {{"amount", -1}});
  AddRow(0, 2, {1, 2}, {{"amount", -1}});
  std::vector<std::vector<size_t>> indexes;
  for (const Anomaly& anomaly : Find()) {
    std::vector<size_t>& of_anomaly = indexes.emplace_back();
    for (const FailedCheck& failed : anomaly.failed_checks)
      of_anomaly.push_back(failed.check_index);
  }
  EXPECT_THAT(indexes, ElementsAre(ElementsAre(1, 2), ElementsAre(1), ElementsAre(0)));
}

TEST_F(AnomaliesTest, KeepsFingerprintsWhenFilesRowsAndRollUpChange) {
  Add(kAmountNotNegative, 1);
  Add(kQuantityNotNegative, 1);
  const Json record = {{"id", "a"}, {"amount", -5}, {"quantity", -1}};
  AddRow(0, 7, {0, 1}, record);
  const std::vector<Anomaly> before = Find();
  result_.failing_rows.clear();
  AddRow(1, 90, {0, 1}, {{"quantity", -1}, {"amount", -5}, {"id", "a"}});
  checks_[0].outcome.total.failing_rows = 50;  // rolled up now
  const std::vector<Anomaly> after = Find();
  ASSERT_EQ(after.size(), 2);
  EXPECT_EQ(after[0].fingerprint, before[0].fingerprint);
  EXPECT_NE(after[0].uuid, before[0].uuid);
}

TEST_F(AnomaliesTest, IgnoresChecksThatDidNotCompile) {
  Add(kAmountNotNegative, 1);
  CheckResult& broken = checks_.emplace_back();
  broken.error = "no such field";
  compiled_.emplace_back();
  AddRow(0, 0, {0}, {{"amount", -1}});
  EXPECT_EQ(Find().size(), 1);
}

TEST_F(AnomaliesTest, EachRowThatAQueryReturnsIsARecordAnomaly) {
  rules::CheckDefinition definition = Definition("sqlAssertion", {});
  definition.properties = {{"query", "SELECT country, sum(amount) AS total FROM this"}};
  const size_t check = Add(definition, 2);
  checks_[check].anomaly_type = AnomalyType::kRecord;
  const Json row = {{"country", "PE"}, {"total", -1}};
  checks_[check].outcome.query = engine::QueryOutcome{{row, {{"country", "XX"}, {"total", 0}}}};
  const std::vector<Anomaly> anomalies = Find();
  ASSERT_EQ(anomalies.size(), 2);
  EXPECT_EQ(anomalies[0].type, AnomalyType::kRecord);
  EXPECT_EQ(anomalies[0].relative_path, "");
  EXPECT_THAT(Messages(anomalies[0]),
              ElementsAre("the row is returned by the query (country \"PE\", total -1)"));
  EXPECT_THAT(Sources(anomalies[0]), ElementsAre(":-1"));
  EXPECT_EQ(anomalies[0].source_records[0].record, row);
  EXPECT_EQ(anomalies[0].fingerprint, RecordFingerprint({CheckIdentity(definition)}, row));
  EXPECT_NE(anomalies[0].fingerprint, anomalies[1].fingerprint);
  checks_[check].outcome.total.failing_rows = 200;
  const std::vector<Anomaly> rolled_up = Find();
  ASSERT_EQ(rolled_up.size(), 1);
  EXPECT_TRUE(rolled_up[0].is_rolled_up);
  EXPECT_EQ(rolled_up[0].anomalous_records_count, 200);
  EXPECT_THAT(Messages(rolled_up[0]), ElementsAre("the query returned 200 rows"));
  EXPECT_THAT(Sources(rolled_up[0]), ElementsAre(":-1", ":-1"));
}

}  // namespace
}  // namespace assay::operations
