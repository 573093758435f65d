#include "operations/pending_commits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/id.h"
#include "connectors/connector_type.h"
#include "tests/operations/failing_writer.h"

namespace assay::operations {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PendingCommitsTest : public testing::Test {
 protected:
  PendingCommitsTest() {
    std::filesystem::create_directories(root_);
    connectors::ConnectionSettings settings;
    settings.type = "local";
    settings.uri = root_.string();
    connector_ = *connectors::FindConnectorType("local")->open(settings, {});
  }
  ~PendingCommitsTest() override { std::filesystem::remove_all(root_); }

  connectors::ResultWriter& writer() { return *connector_->writer(); }

  EnrichmentCommit Stage(int64_t run_id) {
    EnrichmentRun run;
    run.operation_id = run_id;
    run.prefix = "_orders";
    return StageEnrichment(writer(), run, {}, {}).value();
  }

  std::vector<std::string> Visible() { return writer().ListVisible("", {}).value(); }

  const std::filesystem::path root_ =
      std::filesystem::temp_directory_path() / ("assay-pending-test-" + NewUuid());
  std::unique_ptr<connectors::Connector> connector_;
};

TEST_F(PendingCommitsTest, ACompleteRunLeavesNothingPending) {
  ASSERT_TRUE(PublishWithPending(writer(), "_orders", Stage(7)));
  EXPECT_THAT(Visible(), SizeIs(5));
  EXPECT_THAT(Visible(), Contains("orders/_commits/op-7.json"));
}

TEST_F(PendingCommitsTest, ARunIsCompletedFromEveryPointOfPublishing) {
  // The pending file, four tables, the commit file, the removal.
  for (int calls = 1; calls <= 6; ++calls) {
    FailingWriter killed(writer(), calls);
    const Status status = PublishWithPending(killed, "_orders", Stage(calls));
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("completes this run"));
    const auto pending = PublishPending(writer(), "_orders", {});
    ASSERT_TRUE(pending) << pending.error().message;
    EXPECT_THAT(pending->warnings, IsEmpty());
    EXPECT_THAT(Visible(), SizeIs(5 * calls));
    EXPECT_THAT(*writer().ListStaged("", {}), IsEmpty());
  }
}

TEST_F(PendingCommitsTest, NothingBecomesVisibleWhenItCannotBeRemembered) {
  FailingWriter failing(writer(), 0);
  EXPECT_EQ(PublishWithPending(failing, "_orders", Stage(7)).error().message,
            "the store is gone");
  EXPECT_THAT(Visible(), IsEmpty());
}

TEST_F(PendingCommitsTest, ARunWhoseFilesAreGoneIsReportedAndKept) {
  const EnrichmentCommit commit = Stage(7);
  FailingWriter killed(writer(), 2);
  ASSERT_FALSE(PublishWithPending(killed, "_orders", commit));
  ASSERT_TRUE(writer().Discard(commit.files[3], {}));
  const auto pending = PublishPending(writer(), "_orders", {});
  ASSERT_TRUE(pending);
  ASSERT_THAT(pending->warnings, SizeIs(1));
  EXPECT_THAT(pending->warnings[0], HasSubstr("orders/_commits/op-7.pending.json"));
  ASSERT_THAT(pending->left, SizeIs(1));
  EXPECT_EQ(pending->left[0].operation_id, 7);
}

TEST_F(PendingCommitsTest, AnUnreadablePendingFileIsAnError) {
  ASSERT_TRUE(writer().WriteNow("orders/_commits/op-7.pending.json", "{", {}));
  EXPECT_THAT(PublishPending(writer(), "_orders", {}).error().message,
              HasSubstr("orders/_commits/op-7.pending.json"));
  EnrichmentCommit elsewhere;
  elsewhere.commit_path = "other/op-1.json";
  ASSERT_TRUE(writer().WriteNow("orders/_commits/op-7.pending.json",
                                PrintJson(elsewhere.ToJson()), {}));
  EXPECT_EQ(PublishPending(writer(), "_orders", {}).error().kind, ErrorKind::kCorruptData);
}

TEST_F(PendingCommitsTest, OtherPrefixesAreLeftAlone) {
  FailingWriter killed(writer(), 2);
  ASSERT_FALSE(PublishWithPending(killed, "_orders", Stage(7)));
  ASSERT_TRUE(PublishPending(writer(), "_order", {}));
  EXPECT_THAT(Visible(), Contains("orders/_commits/op-7.pending.json"));
}

}  // namespace
}  // namespace assay::operations
