#include "demo/demo.h"

#include <gmock/gmock.h>

#include <sstream>

#include "demo/demo_text.h"
#include "demo/text_file.h"
#include "tests/demo/temporary_folder.h"
#include "tests/duckdb_rows.h"

namespace assay::demo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class DemoTest : public FolderTest {
 protected:
  Result<DemoOutcome> RunScaled(double scale) {
    DemoOptions options;
    options.directory = Path("demo");
    options.scale = scale;
    options.now = *ParseTimestamp("2026-01-31T08:00:00Z");
    return RunDemo(options, out_, {});
  }

  std::ostringstream out_;
};

TEST_F(DemoTest, KeepsItsPromises) {
  const Result<DemoOutcome> outcome = RunScaled(0.2);
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  SCOPED_TRACE(out_.str());
  EXPECT_EQ(outcome->authored.found, outcome->authored.injected);
  EXPECT_EQ(outcome->authored.clean_flagged, 0);
  EXPECT_GE(outcome->inferred.recall(), 0.9);
  EXPECT_LE(outcome->inferred.clean_flagged_share(), 0.001);
  EXPECT_EQ(outcome->inferred.kinds.size(), 17);
  EXPECT_TRUE(outcome->has_met_targets());

  // 12,000 orders of 13 fields, 2,000 customers of 9, 8,000 events of 9.
  EXPECT_EQ(outcome->authored.clean_cells + outcome->authored.injected,
            12'000 * 13 + 2'000 * 9 + 8'000 * 9);
  EXPECT_THAT(DuckDbRows("SELECT OPERATION_ID, sum(RECORDS_PROCESSED) FROM read_parquet('" +
                         outcome->enrichment_folder +
                         "scan_operations/*/*.parquet') GROUP BY ALL ORDER BY ALL"),
              ElementsAre("1|22000", "2|22000"));
  EXPECT_THAT(out_.str(), HasSubstr(outcome->enrichment_folder));
  EXPECT_THAT(out_.str(), HasSubstr("negative amount"));
}

TEST_F(DemoTest, RefusesAFolderWithOtherContent) {
  ASSERT_TRUE(WriteTextFile(Path("demo/mine.txt"), "x").has_value());
  EXPECT_EQ(RunScaled(0.01).error().kind, ErrorKind::kConflict);
}

DemoOutcome OutcomeWith(int64_t found_by_inferred, int64_t flagged_by_inferred,
                        int64_t found_by_authored, int64_t flagged_by_authored) {
  const auto verdict = [](int64_t found, int64_t flagged) {
    Verdict made;
    made.kinds = {{"negative amount", {"orders", "amount"}, 100, found}};
    made.injected = 100;
    made.found = found;
    made.clean_cells = 10'000;
    made.clean_flagged = flagged;
    if (flagged > 0)
      made.clean_flagged_by_field = {{{"orders", "amount"}, 1},
                                     {{"orders", "sku"}, flagged - 1}};
    return made;
  };
  return {.inferred = verdict(found_by_inferred, flagged_by_inferred),
          .authored = verdict(found_by_authored, flagged_by_authored),
          .enrichment_folder = "/demo/enrichment/demo/"};
}

TEST(DemoOutcomeTest, MeetsItsTargetsUpToTheirBounds) {
  EXPECT_TRUE(OutcomeWith(90, 10, 100, 0).has_met_targets());
  EXPECT_FALSE(OutcomeWith(89, 10, 100, 0).has_met_targets());
  EXPECT_FALSE(OutcomeWith(90, 11, 100, 0).has_met_targets());
  EXPECT_FALSE(OutcomeWith(90, 10, 99, 0).has_met_targets());
  EXPECT_FALSE(OutcomeWith(90, 10, 100, 1).has_met_targets());
}

TEST(DemoOutcomeTest, ShowsWhatWasFoundAndFlaggedByField) {
  EXPECT_EQ(OutcomeTable(OutcomeWith(90, 10, 100, 0)),
            "  kind of error    field             injected  found by inferred  clean flagged  "
            "found by "
            "authored  clean flagged\n"
            "  negative amount  orders.amount          100                 90              1   "
            "       "
            "      100              0\n"
            "  (none)           all other fields         0                                 9   "
            "       "
            "                       0\n"
            "  sum                                     100                 90             10   "
            "       "
            "      100              0\n");
  EXPECT_EQ(
      OutcomeSummary(OutcomeWith(89, 10, 100, 0)),
      "  kept    authored checks find exactly the injected cells: 100 of 100, 0 clean cells "
      "flagged\n"
      "  MISSED  inferred checks find at least 90 % of them: 89.00 %\n"
      "  kept    inferred checks flag at most 0.1 % of the clean cells: 0.1000 % of 10,000\n");
}

}  // namespace
}  // namespace assay::demo
