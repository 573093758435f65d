#include "operations/enrichment_move.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/id.h"
#include "base/json.h"
#include "connectors/connector_type.h"
#include "operations/enrichment.h"
#include "tests/operations/failing_writer.h"

namespace assay::operations {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class EnrichmentMoveTest : public testing::Test {
 protected:
  EnrichmentMoveTest() {
    std::filesystem::create_directories(root_);
    connectors::ConnectionSettings settings;
    settings.type = "local";
    settings.uri = root_.string();
    connector_ = *connectors::FindConnectorType("local")->open(settings, {});
    for (const int64_t run_id : {1, 2}) {
      EnrichmentRun run;
      run.operation_id = run_id;
      run.prefix = "_orders";
      EXPECT_TRUE(PublishEnrichment(writer(), StageEnrichment(writer(), run, {}, {}).value()));
    }
  }
  ~EnrichmentMoveTest() override { std::filesystem::remove_all(root_); }

  connectors::ResultWriter& writer() { return *connector_->writer(); }
  std::vector<std::string> Visible(const std::string& below) {
    return writer().ListVisible(below, {}).value();
  }
  /// What a reader gets who reads the files that the commit files of a prefix list.
  void ExpectWholeRuns(const std::string& folder, size_t runs) {
    const std::vector<std::string> commits = Visible(folder + "/_commits/");
    EXPECT_THAT(commits, SizeIs(runs));
    for (const std::string& path : commits) {
      const Json commit = ParseJson(writer().ReadNow(path, {}).value()).value();
      EXPECT_EQ(commit["files"].size(), 4u);
      for (const Json& file : commit["files"]) {
        EXPECT_THAT(file.get<std::string>(), StartsWith(folder + "/"));
        EXPECT_TRUE(writer().ReadNow(file.get<std::string>(), {})) << file;
      }
    }
  }

  const std::filesystem::path root_ =
      std::filesystem::temp_directory_path() / ("assay-move-test-" + NewUuid());
  std::unique_ptr<connectors::Connector> connector_;
};

TEST_F(EnrichmentMoveTest, TakesEveryFileAlong) {
  int copied = 0;
  EXPECT_EQ(MoveEnrichment(writer(), "_orders", "_sales", [&] { ++copied; }, {}).value(), 10);
  EXPECT_EQ(copied, 10);
  EXPECT_THAT(Visible(""), SizeIs(10));
  EXPECT_THAT(Visible(""), Each(StartsWith("sales/")));
  ExpectWholeRuns("sales", 2);
  EXPECT_EQ(MoveEnrichment(writer(), "_orders", "_sales", [] {}, {}).value(), 0);
}

TEST_F(EnrichmentMoveTest, JoinsRunsThatAreThereAlready) {
  EnrichmentRun run;
  run.operation_id = 3;
  run.prefix = "_sales";
  ASSERT_TRUE(PublishEnrichment(writer(), StageEnrichment(writer(), run, {}, {}).value()));
  ASSERT_TRUE(MoveEnrichment(writer(), "_orders", "_sales", [] {}, {}));
  ExpectWholeRuns("sales", 3);
}

TEST_F(EnrichmentMoveTest, IsFinishedFromEveryPointAndNeverShowsHalfARun) {
  bool there = false;
  // Copying tables and commit files, removing commit files and tables.
  for (const int calls : {0, 4, 8, 9, 10, 11, 12, 19}) {
    there = !there;
    const std::string from = there ? "_orders" : "_sales", to = there ? "_sales" : "_orders";
    FailingWriter failing(writer(), calls);
    EXPECT_EQ(MoveEnrichment(failing, from, to, [] {}, {}).error().message,
              "the store is gone");
    for (const std::string folder : {"orders", "sales"}) {
      ExpectWholeRuns(folder, Visible(folder + "/_commits/").size());
    }
    ASSERT_TRUE(MoveEnrichment(writer(), from, to, [] {}, {}));
    EXPECT_THAT(Visible(EnrichmentFolder(from) + "/"), IsEmpty());
    ExpectWholeRuns(EnrichmentFolder(to), 2);
  }
}

TEST_F(EnrichmentMoveTest, LeavesPrefixesThatBeginAlikeAlone) {
  ASSERT_TRUE(writer().WriteNow("orders_2/check_metrics/a.parquet", "x", {}));
  ASSERT_TRUE(MoveEnrichment(writer(), "_orders", "_sales", [] {}, {}));
  EXPECT_THAT(Visible("orders"), SizeIs(1));
}

TEST_F(EnrichmentMoveTest, ACommitFileThatIsNoneStopsIt) {
  ASSERT_TRUE(writer().WriteNow("orders/_commits/op-9.json", "[]", {}));
  EXPECT_THAT(MoveEnrichment(writer(), "_orders", "_sales", [] {}, {}).error().message,
              HasSubstr("orders/_commits/op-9.json"));
  EXPECT_THAT(Visible("orders/"), SizeIs(11));
}

TEST_F(EnrichmentMoveTest, NeedsTwoPrefixes) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"", "_a"}, {"_a", "_"}, {"_a", "_a"}}) {
    EXPECT_EQ(MoveEnrichment(writer(), from, to, [] {}, {}).error().kind,
              ErrorKind::kInvalidInput);
  }
}

}  // namespace
}  // namespace assay::operations
