#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "connectors/connector_type.h"
#include "connectors/containers.h"
#include "connectors/local_connector.h"
#include "tests/connectors/temporary_folder.h"

namespace assay::connectors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::unique_ptr<Connector> Open(const std::string& uri, const std::string& root_path = "/") {
  ConnectionSettings settings;
  settings.type = "local";
  settings.uri = uri;
  settings.root_path = root_path;
  auto connector = FindConnectorType("local")->open(settings, {});
  EXPECT_TRUE(connector) << connector.error().message;
  return connector ? *std::move(connector) : nullptr;
}

Error OpenError(const ConnectionSettings& settings) {
  const auto connector = FindConnectorType("local")->open(settings, {});
  EXPECT_FALSE(connector);
  return connector ? Error{} : connector.error();
}

std::vector<ListedFile> ListAll(FileLister& lister) {
  std::vector<ListedFile> files;
  const Status status = lister.List(
      [&](std::vector<ListedFile> page) -> Status {
        for (ListedFile& file : page) files.push_back(std::move(file));
        return {};
      },
      {});
  EXPECT_TRUE(status) << status.error().message;
  return files;
}

std::vector<std::string> Paths(const std::vector<ListedFile>& files) {
  std::vector<std::string> paths;
  for (const ListedFile& file : files) paths.push_back(file.relative_path);
  return paths;
}

/// Root may read everything; a test about rights runs as somebody else.
class NotRoot {
 public:
  NotRoot() : before_(geteuid()) {
    constexpr uid_t kNobody = 65534;
    if (before_ == 0) {
      EXPECT_EQ(seteuid(kNobody), 0);
    }
  }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;
  ~NotRoot() { EXPECT_EQ(seteuid(before_), 0); }

 private:
  uid_t before_;
};

TEST(LocalListTest, ListsFilesOfAllFoldersInOrder) {
  const TemporaryFolder folder;
  folder.Write("sales/b.csv", "id\n1\n");
  folder.Write("sales/a.csv", "id\n");
  folder.Write("top.csv", "x");
  std::filesystem::create_directory(folder.path() + "/empty");
  const auto files = ListAll(*Open(folder.path())->files());
  EXPECT_THAT(Paths(files), ElementsAre("sales/a.csv", "sales/b.csv", "top.csv"));
  EXPECT_EQ(files[1].uri, folder.path() + "/sales/b.csv");
  EXPECT_EQ(files[1].size_bytes, 5);
  EXPECT_FALSE(files[1].is_archived);
  const auto age = std::chrono::system_clock::now() - files[1].last_modified;
  EXPECT_LT(age, std::chrono::minutes(10));
  EXPECT_GT(age, -std::chrono::minutes(10));
}

TEST(LocalListTest, RootPathIsBelowTheUri) {
  const TemporaryFolder folder;
  folder.Write("raw/orders/a.csv", "x");
  folder.Write("raw/b.csv", "x");
  const auto connector = Open("file://" + folder.path(), "/raw/orders/");
  EXPECT_EQ(connector->root_uri(), folder.path() + "/raw/orders/");
  EXPECT_THAT(Paths(ListAll(*connector->files())), ElementsAre("a.csv"));
}

TEST(LocalListTest, TheEtagChangesWithTheFile) {
  const TemporaryFolder folder;
  const std::string path = folder.Write("a.csv", "one");
  const auto connector = Open(folder.path());
  const std::string before = ListAll(*connector->files())[0].etag;
  EXPECT_EQ(ListAll(*connector->files())[0].etag, before);
  // Another file of the same size and time.
  const auto time = std::filesystem::last_write_time(path);
  folder.Write("b.csv", "two");
  std::filesystem::rename(folder.path() + "/b.csv", path);
  std::filesystem::last_write_time(path, time);
  const std::string replaced = ListAll(*connector->files())[0].etag;
  EXPECT_NE(replaced, before);
  std::filesystem::last_write_time(path, time + std::chrono::nanoseconds(1));
  EXPECT_NE(ListAll(*connector->files())[0].etag, replaced);
}

TEST(LocalListTest, FollowsLinksButNotInCircles) {
  const TemporaryFolder folder;
  const TemporaryFolder other;
  other.Write("x.csv", "x");
  folder.Write("t/a.csv", "x");
  std::filesystem::create_symlink(other.path() + "/x.csv", folder.path() + "/t/linked.csv");
  std::filesystem::create_directory_symlink(other.path(), folder.path() + "/t/more");
  std::filesystem::create_directory_symlink(folder.path(), folder.path() + "/t/up");
  std::filesystem::create_symlink("nowhere", folder.path() + "/t/zz.csv");
  const auto files = ListAll(*Open(folder.path())->files());
  EXPECT_THAT(Paths(files),
              ElementsAre("t/a.csv", "t/linked.csv", "t/more/x.csv", "t/up/", "t/zz.csv"));
  EXPECT_EQ(files[3].unreadable_because, "link to a folder that it stands in");
  EXPECT_EQ(files[4].unreadable_because, "link to nothing that can be read");
}

TEST(LocalListTest, AFolderThatCannotBeReadIsReported) {
  const TemporaryFolder folder;
  chmod(folder.path().c_str(), 0755);
  folder.Write("a/1.csv", "x");
  folder.Write("closed/2.csv", "x");
  chmod((folder.path() + "/closed").c_str(), 0);
  const auto connector = Open(folder.path());
  std::vector<ListedFile> files;
  std::vector<ProbeStep> steps;
  {
    const NotRoot not_root;
    files = ListAll(*connector->files());
    steps = connector->Probe(Access::kRead, {});
  }
  chmod((folder.path() + "/closed").c_str(), 0755);
  EXPECT_THAT(Paths(files), ElementsAre("a/1.csv", "closed/"));
  EXPECT_EQ(files[1].unreadable_because, "Permission denied");
  EXPECT_EQ(steps.at(0).outcome, ProbeStep::Outcome::kRefused);
  EXPECT_THAT(steps.at(0).remedy, HasSubstr("grant this user read and search (r-x)"));
}

TEST(LocalListTest, WhatCannotBeReadIsLeftOutWithItsReason) {
  ListedFile closed;
  closed.relative_path = "closed/";
  closed.unreadable_because = "Permission denied";
  const Grouped grouped = GroupFiles({closed}, {}, Explain::kNo);
  ASSERT_EQ(grouped.left_out.size(), 1U);
  EXPECT_EQ(grouped.left_out[0].reason, "folder cannot be listed: Permission denied");
}

TEST(LocalListTest, PagesAreBounded) {
  const TemporaryFolder folder;
  for (int i = 0; i < 2100; ++i) folder.Write("f" + std::to_string(i) + ".csv", "");
  std::vector<size_t> sizes;
  const Status status = Open(folder.path())
                            ->files()
                            ->List(
                                [&](const std::vector<ListedFile>& page) -> Status {
                                  sizes.push_back(page.size());
                                  return {};
                                },
                                {});
  EXPECT_TRUE(status);
  EXPECT_THAT(sizes, ElementsAre(1000, 1000, 100));
}

TEST(LocalListTest, StopsWhenAskedAndWhenThePageIsRefused) {
  const TemporaryFolder folder;
  folder.Write("a.csv", "x");
  std::stop_source stop;
  stop.request_stop();
  const auto connector = Open(folder.path());
  const Status stopped =
      connector->files()->List([](const auto&) { return Status(); }, stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::kCancelled);
  const Status refused = connector->files()->List(
      [](const auto&) -> Status { return Fail(ErrorKind::kConflict, "no more"); }, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), (Error{ErrorKind::kConflict, "no more"}));
}

TEST(LocalOpenTest, BadSettingsAreNamed) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("a.csv", "x");
  ConnectionSettings settings;
  settings.type = "local";
  settings.uri = folder.path() + "/missing";
  EXPECT_EQ(OpenError(settings).kind, ErrorKind::kNotFound);
  settings.uri = file;
  EXPECT_EQ(OpenError(settings), (Error{ErrorKind::kInvalidInput, "not a folder: " + file}));
  settings.uri = "http://host/dir";
  EXPECT_EQ(OpenError(settings).kind, ErrorKind::kInvalidInput);
  settings.uri = "file://other-host/dir";
  EXPECT_EQ(OpenError(settings).kind, ErrorKind::kInvalidInput);
  settings.uri = "";
  EXPECT_EQ(OpenError(settings), (Error{ErrorKind::kInvalidInput, "the path is empty"}));
  settings.uri = folder.path();
  settings.root_path = "/a/../../b";
  EXPECT_EQ(OpenError(settings).kind, ErrorKind::kInvalidInput);
  settings.root_path = "";
  settings.endpoint = "http://127.0.0.1:1";
  EXPECT_EQ(OpenError(settings),
            (Error{ErrorKind::kInvalidInput, "a local folder takes no endpoint"}));
}

TEST(LocalOpenTest, UrisAndPathsOfTheCommandLine) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("with space/a.csv", "x");
  const auto plain = OpenUri(folder.path(), {});
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_EQ(plain->connector->root_uri(), folder.path() + "/");
  EXPECT_EQ(plain->only_file, "");
  const auto encoded = OpenUri("file://" + folder.path() + "/with%20space/", {});
  ASSERT_TRUE(encoded) << encoded.error().message;
  EXPECT_EQ(encoded->connector->root_uri(), folder.path() + "/with space/");
  const auto one = OpenUri(file, {});
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_EQ(one->connector->root_uri(), folder.path() + "/with space/");
  EXPECT_EQ(one->only_file, "a.csv");
  const auto missing = OpenUri(folder.path() + "/missing", {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  const auto unknown = OpenUri("ftp://host/dir", {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::kInvalidInput);
}

class LocalWriterTest : public ::testing::Test {
 protected:
  StagedFile Stage(const std::string& relative_path, const std::string& bytes) {
    const auto staged = writer().Stage(relative_path, source_.Write("part", bytes), {});
    EXPECT_TRUE(staged) << staged.error().message;
    return staged.value_or(StagedFile{});
  }
  ResultWriter& writer() { return *connector_->writer(); }
  std::vector<std::string> StagedPaths(const std::string& prefix) {
    std::vector<std::string> paths;
    const auto staged = writer().ListStaged(prefix, {});
    EXPECT_TRUE(staged) << staged.error().message;
    for (const StagedFile& file : staged.value_or(std::vector<StagedFile>{}))
      paths.push_back(file.relative_path);
    return paths;
  }
  /// What a reader of the folder takes for data.
  std::vector<std::string> Visible() {
    std::vector<std::string> paths;
    for (const auto& container :
         GroupFiles(ListAll(*connector_->files()), {}, Explain::kNo).containers) {
      for (const auto& file : container.files) paths.push_back(file.relative_path);
    }
    return paths;
  }

  TemporaryFolder source_;
  TemporaryFolder root_;
  std::unique_ptr<Connector> connector_ = Open(root_.path());
};

TEST_F(LocalWriterTest, StagedIsInvisibleUntilPublished) {
  const StagedFile staged = Stage("t/day=1/part-1.csv", "id\n1\n");
  EXPECT_EQ(staged.relative_path, "t/day=1/part-1.csv");
  EXPECT_THAT(Visible(), IsEmpty());
  EXPECT_FALSE(root_.Holds("t"));
  const Status status = writer().Publish(staged, {});
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_THAT(Visible(), ElementsAre("t/day=1/part-1.csv"));
  EXPECT_EQ(root_.Read("t/day=1/part-1.csv"), "id\n1\n");
  EXPECT_FALSE(root_.Holds(".assay-staging"));
}

TEST_F(LocalWriterTest, PublishingTwiceAndFromALaterProcessSucceeds) {
  const StagedFile staged = Stage("a.csv", "id\n");
  const auto later = Open(root_.path());
  EXPECT_TRUE(later->writer()->Publish(staged, {}));
  EXPECT_TRUE(writer().Publish(staged, {}));
  EXPECT_EQ(root_.Read("a.csv"), "id\n");
}

TEST_F(LocalWriterTest, VisibleFilesCanBeListedReadAndRemoved) {
  EXPECT_THAT(writer().ListVisible("t/", {}).value(), IsEmpty());
  Stage("t/hidden.json", "{}");
  ASSERT_TRUE(writer().WriteNow("t/a.json", "[1]", {}));
  ASSERT_TRUE(writer().WriteNow("t/b.json", "", {}));
  ASSERT_TRUE(writer().WriteNow("t2.json", "", {}));
  EXPECT_THAT(writer().ListVisible("t/", {}).value(), ElementsAre("t/a.json", "t/b.json"));
  EXPECT_THAT(writer().ListVisible("t/b", {}).value(), ElementsAre("t/b.json"));
  EXPECT_THAT(writer().ListVisible("", {}).value(),
              ElementsAre("t/a.json", "t/b.json", "t2.json"));
  EXPECT_EQ(writer().ReadNow("t/a.json", {}), "[1]");
  EXPECT_EQ(writer().ReadNow("t/b.json", {}), "");
  EXPECT_EQ(writer().ReadNow("t/c.json", {}).error().kind, ErrorKind::kNotFound);
  EXPECT_TRUE(writer().Remove("t/a.json", {}));
  EXPECT_TRUE(writer().Remove("t/a.json", {}));
  EXPECT_FALSE(root_.Holds("t/a.json"));
  EXPECT_EQ(writer().Remove("../a", {}).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(LocalWriterTest, PublishingReplacesWhatIsThere) {
  root_.Write("a.csv", "old");
  ASSERT_TRUE(writer().Publish(Stage("a.csv", "new one"), {}));
  EXPECT_EQ(root_.Read("a.csv"), "new one");
}

TEST_F(LocalWriterTest, WhatWasDiscardedCannotBePublished) {
  const StagedFile staged = Stage("t/a.csv", "id\n");
  EXPECT_TRUE(writer().Discard(staged, {}));
  EXPECT_TRUE(writer().Discard(staged, {}));
  EXPECT_FALSE(root_.Holds(".assay-staging"));
  const Status status = writer().Publish(staged, {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kNotFound);
}

TEST_F(LocalWriterTest, ACrashLeavesStagedFilesThatCanBeFoundAndDiscarded) {
  Stage("x/a.csv", "1");
  const StagedFile published = Stage("x/b.csv", "2");
  Stage("y/c.csv", "3");
  ASSERT_TRUE(writer().Publish(published, {}));
  EXPECT_THAT(StagedPaths(""), UnorderedElementsAre("x/a.csv", "y/c.csv"));
  EXPECT_THAT(StagedPaths("x/"), ElementsAre("x/a.csv"));
  const auto left = writer().ListStaged("", {});
  ASSERT_TRUE(left);
  const Status publish = writer().Publish((*left)[0], {});
  ASSERT_FALSE(publish) << "it may be half a file";
  EXPECT_EQ(publish.error().kind, ErrorKind::kInvalidInput);
  for (const StagedFile& file : *left) EXPECT_TRUE(writer().Discard(file, {}));
  EXPECT_THAT(StagedPaths(""), IsEmpty());
  EXPECT_THAT(Visible(), ElementsAre("x/b.csv"));
  EXPECT_FALSE(root_.Holds(".assay-staging"));
}

TEST_F(LocalWriterTest, AStagedFileThatWasCutIsNotPublished) {
  const StagedFile staged = Stage("a.csv", "0123456789");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root_.path())) {
    if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), 5);
  }
  const Status status = writer().Publish(staged, {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kCorruptData);
  EXPECT_FALSE(root_.Holds("a.csv"));
}

TEST_F(LocalWriterTest, WritesNowAtomically) {
  ASSERT_TRUE(writer().WriteNow("_commits/op-1.json", "{}", {}));
  ASSERT_TRUE(writer().WriteNow("_commits/op-1.json", R"({"parts":[]})", {}));
  EXPECT_EQ(root_.Read("_commits/op-1.json"), R"({"parts":[]})");
  EXPECT_FALSE(root_.Holds(".assay-staging"));
}

TEST_F(LocalWriterTest, PathsOutsideTheRootAreRefused) {
  for (const char* path : {"../a.csv", "/a.csv", "a//b.csv", "t/", "", "t/./a.csv"}) {
    const auto staged = writer().Stage(path, source_.Write("part", "x"), {});
    ASSERT_FALSE(staged) << path;
    EXPECT_EQ(staged.error().kind, ErrorKind::kInvalidInput);
    EXPECT_FALSE(writer().WriteNow(path, "x", {})) << path;
    const Status publish =
        writer().Publish({.relative_path = path, .state = R"({"id":"x","size_bytes":1})"}, {});
    ASSERT_FALSE(publish) << path;
    EXPECT_EQ(publish.error().kind, ErrorKind::kInvalidInput);
  }
  const Status escape = writer().Discard(
      {.relative_path = "a.csv", .state = R"({"id":"../x","size_bytes":1})"}, {});
  ASSERT_FALSE(escape);
  EXPECT_EQ(escape.error().kind, ErrorKind::kInvalidInput);
}

TEST_F(LocalWriterTest, BrokenStatesAreRefused) {
  for (const char* state : {"", "{}", R"({"id":1,"size_bytes":1})", "[]"}) {
    const Status status = writer().Publish({.relative_path = "a.csv", .state = state}, {});
    ASSERT_FALSE(status) << state;
    EXPECT_EQ(status.error().kind, ErrorKind::kInvalidInput);
  }
}

TEST_F(LocalWriterTest, AMissingSourceLeavesNothing) {
  const auto staged = writer().Stage("a.csv", source_.path() + "/missing", {});
  ASSERT_FALSE(staged);
  EXPECT_EQ(staged.error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(root_.Holds(".assay-staging"));
}

TEST_F(LocalWriterTest, AStopRequestEndsStagingAndLeavesNothing) {
  std::stop_source stop;
  stop.request_stop();
  const auto staged = writer().Stage("a.csv", source_.Write("part", "x"), stop.get_token());
  ASSERT_FALSE(staged);
  EXPECT_EQ(staged.error().kind, ErrorKind::kCancelled);
  EXPECT_FALSE(root_.Holds(".assay-staging"));
}

std::map<std::string, ProbeStep::Outcome> Outcomes(const std::vector<ProbeStep>& steps) {
  std::map<std::string, ProbeStep::Outcome> outcomes;
  for (const ProbeStep& step : steps) outcomes[step.action] = step.outcome;
  return outcomes;
}

TEST(LocalProbeTest, AllRightsAreThereAndNothingStays) {
  const TemporaryFolder folder;
  folder.Write("a.csv", "x");
  const auto connector = Open(folder.path());
  using Outcome = ProbeStep::Outcome;
  EXPECT_EQ(Outcomes(connector->Probe(Access::kRead, {})),
            (std::map<std::string, Outcome>{{"list", Outcome::kAllowed},
                                            {"read", Outcome::kAllowed}}));
  EXPECT_EQ(Outcomes(connector->Probe(Access::kWrite, {})),
            (std::map<std::string, Outcome>{{"list", Outcome::kAllowed},
                                            {"read", Outcome::kAllowed},
                                            {"write", Outcome::kAllowed},
                                            {"rename", Outcome::kAllowed},
                                            {"delete", Outcome::kAllowed}}));
  EXPECT_THAT(Paths(ListAll(*connector->files())), ElementsAre("a.csv"));
}

TEST(LocalProbeTest, NothingToReadIsSkipped) {
  const TemporaryFolder folder;
  const auto steps = Open(folder.path())->Probe(Access::kRead, {});
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[1].outcome, ProbeStep::Outcome::kSkipped);
  EXPECT_EQ(steps[1].detail, "there is no file to read below " + folder.path() + "/");
}

TEST(LocalProbeTest, AFolderThatVanishedIsRefusedWithAdvice) {
  auto folder = std::make_unique<TemporaryFolder>();
  const auto connector = Open(folder->path());
  folder.reset();
  const auto steps = connector->Probe(Access::kWrite, {});
  ASSERT_EQ(steps.size(), 5U);
  EXPECT_EQ(steps[0].outcome, ProbeStep::Outcome::kRefused);
  EXPECT_THAT(steps[0].detail, HasSubstr("No such file"));
  EXPECT_THAT(steps[0].remedy, HasSubstr("check the names"));
  EXPECT_EQ(steps[2].outcome, ProbeStep::Outcome::kRefused);
  EXPECT_EQ(steps[3].outcome, ProbeStep::Outcome::kSkipped);
}

}  // namespace
}  // namespace assay::connectors
