#include "operations/job_report.h"

#include <gmock/gmock.h>

namespace assay::operations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Error kBroken = {ErrorKind::kCorruptData, "broken"};

TEST(JobReportTest, NothingToSayIsACleanSuccess) {
  const auto outcome = JobReport().Finish(0);
  EXPECT_EQ(outcome->message, "");
  EXPECT_THAT(outcome->warnings, IsEmpty());
}

TEST(JobReportTest, SomeFailuresAreASuccessWithAMessage) {
  JobReport report;
  report.Fail("a.csv", kBroken);
  report.LeftOut("b_*.csv", {{.relative_path = "b_1.csv", .error = kBroken},
                             {.relative_path = "b_2.csv", .error = kBroken}});
  report.Note("look");
  const auto outcome = report.Finish(1);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->message, "1 container failed; 2 files were left out; look");
  EXPECT_THAT(outcome->warnings,
              ElementsAre("a.csv: broken", "b_*.csv: b_1.csv was left out: broken",
                          "b_*.csv: b_2.csv was left out: broken"));
}

TEST(JobReportTest, RemarksAreWarnings) {
  JobReport report;
  report.Remark("a", {{.relative_path = "a_1.json", .text = "large"}});
  EXPECT_THAT(report.Finish(1)->warnings, ElementsAre("a: a_1.json: large"));
}

TEST(JobReportTest, OnlyFailuresAreAFailureOfTheFirstKind) {
  JobReport report;
  report.Fail("a.csv", kBroken);
  report.Fail("b.csv", {ErrorKind::kDenied, "no"});
  report.Fail("c.csv", {ErrorKind::kDenied, "no"});
  EXPECT_EQ(report.Finish(0).error(),
            (Error{ErrorKind::kCorruptData, "a.csv: broken (and 2 more containers failed)"}));
}

TEST(JobReportTest, LongListsOfWarningsAreCut) {
  JobReport report;
  for (int i = 0; i < 1000; ++i) report.Warn("w");
  const auto outcome = report.Finish(1);
  EXPECT_EQ(outcome->warnings.size(), 201u);
  EXPECT_EQ(outcome->warnings.back(), "and 800 more");
}

}  // namespace
}  // namespace assay::operations
