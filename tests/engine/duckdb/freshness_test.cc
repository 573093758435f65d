#include <gmock/gmock.h>

#include "engine/scan.h"
#include "plan/parser.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using ::testing::HasSubstr;
using Assertion = CheckOutcome::Assertion;

class FreshnessTest : public LocalTableTest {
 protected:
  FreshnessTest() {
    Add("a.csv", "id,at\n1,2026-03-01 10:00:00\n");
    Add("b.csv", "id,at\n2,2026-03-02 10:00:00\n");
  }

  void Modified(size_t file, const char* time) {
    dataset_.files[file].last_modified = ParseTimestamp(time).value();
  }

  CheckOutcome Run(const char* not_before, bool by_field, const ScanOptions& options = {}) {
    const DatasetSchema schema = Schema();
    plan::FreshnessCheck check{.not_before = plan::Literal::DateOrTime(not_before).value()};
    if (by_field) check.last_update = plan::ParseAggregate("max(at)", schema.schema).value();
    const auto result = Scan(*session_, dataset_, schema, {{.form = check}}, options, {});
    EXPECT_TRUE(result) << result.error().message;
    return result->checks.front();
  }
};

TEST_F(FreshnessTest, TheNewestFileCounts) {
  Modified(0, "2026-05-02T00:00:00Z");
  Modified(1, "2026-05-01T00:00:00Z");
  CheckOutcome outcome = Run("2026-05-02T00:00:00Z", false);
  EXPECT_EQ(outcome.assertion, Assertion::kPassed);
  EXPECT_EQ(outcome.detail, "last updated 2026-05-02 00:00:00");
  outcome = Run("2026-05-02T00:00:01Z", false);
  EXPECT_EQ(outcome.assertion, Assertion::kFailed);
  EXPECT_EQ(outcome.measure->text, "2026-05-02 00:00:00");
}

TEST_F(FreshnessTest, OfAPartTheNewestFileIsThatOfTheWhole) {
  Modified(1, "2026-05-01T00:00:00Z");
  EXPECT_EQ(Run("2026-04-01", false, {.extent = ScanOptions::Extent::kPart}).assertion,
            Assertion::kPassed);
}

TEST_F(FreshnessTest, WithoutTimesOfModificationNothingIsSaid) {
  const CheckOutcome outcome = Run("2026-05-02T00:00:00Z", false);
  EXPECT_EQ(outcome.assertion, Assertion::kUnasserted);
  EXPECT_THAT(outcome.detail, HasSubstr("no file tells when it was modified; name a field"));
}

TEST_F(FreshnessTest, AFieldTellsItAcrossFiles) {
  CheckOutcome outcome = Run("2026-03-02T10:00:00Z", true);
  EXPECT_EQ(outcome.assertion, Assertion::kPassed);
  EXPECT_EQ(outcome.detail, "last updated 2026-03-02 10:00:00");
  EXPECT_EQ(outcome.total.asserted_rows, 2);
  outcome = Run("2026-03-02T10:00:01Z", true);
  EXPECT_EQ(outcome.assertion, Assertion::kFailed);
  EXPECT_EQ(outcome.total.failing_rows, 0);
}

TEST_F(FreshnessTest, AFieldOfAPartDoesNot) {
  const CheckOutcome outcome = Run("2026-03-02", true, {.extent = ScanOptions::Extent::kPart});
  EXPECT_EQ(outcome.assertion, Assertion::kUnasserted);
  EXPECT_EQ(
      outcome.detail,
      "the last update is that of all rows, and only a part was scanned; run a full scan");
}

}  // namespace
}  // namespace assay::engine
