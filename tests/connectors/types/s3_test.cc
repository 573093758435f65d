#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <tuple>

#include "connectors/connector_type.h"
#include "connectors/containers.h"
#include "connectors/s3_uri.h"
#include "tests/connectors/temporary_folder.h"
#include "tests/services/silent_server.h"
#include "tests/services/versitygw.h"

namespace assay::connectors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(S3UriTest, SchemeInAnyCaseAndPathKept) {
  EXPECT_EQ(ParseS3Uri("s3://lake").value(), (S3Uri{"lake", ""}));
  EXPECT_EQ(ParseS3Uri("S3://lake/").value(), (S3Uri{"lake", ""}));
  EXPECT_EQ(ParseS3Uri("s3://lake/raw/a b.csv").value(), (S3Uri{"lake", "raw/a b.csv"}));
  EXPECT_EQ(ParseS3Uri("s3://lake/raw/").value(), (S3Uri{"lake", "raw/"}));
  EXPECT_EQ(ParseS3Uri("s3://arn:aws:s3:us-east-1:123456789012:accesspoint/ap/raw/x").value(),
            (S3Uri{"arn:aws:s3:us-east-1:123456789012:accesspoint/ap", "raw/x"}));
}

TEST(S3UriTest, OtherFormsAreRefused) {
  for (const char* uri : {"", "lake", "s3:/lake", "s3://", "s3:///key", "https://lake",
                          "s3://la ke", "s3://lake?x=1"}) {
    const auto parsed = ParseS3Uri(uri);
    ASSERT_FALSE(parsed) << uri;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kInvalidInput);
  }
}

Error OpenError(const ConnectionSettings& settings) {
  const auto connector = FindConnectorType("s3")->open(settings, {});
  EXPECT_FALSE(connector);
  return connector ? Error{} : connector.error();
}

TEST(S3SettingsTest, APathInTheUriIsRefusedWithTheRightForm) {
  ConnectionSettings settings;
  settings.type = "s3";
  settings.uri = "s3://lake/raw/orders/";
  EXPECT_EQ(OpenError(settings), (Error{ErrorKind::kInvalidInput,
                                        "the URI must name the bucket only; use uri "
                                        "\"s3://lake\" with root_path \"/raw/orders/\""}));
}

TEST(S3SettingsTest, HalfAKeyPairIsRefused) {
  ConnectionSettings settings;
  settings.type = "s3";
  settings.uri = "s3://lake";
  settings.credentials.source = auth::AwsCredentialsSource::kStatic;
  settings.credentials.access_key_id = "id";
  EXPECT_EQ(OpenError(settings),
            (Error{ErrorKind::kInvalidInput, "access key and secret key must both be given"}));
}

TEST(ConnectorTypesTest, AreFoundByName) {
  ASSERT_NE(FindConnectorType("s3"), nullptr);
  EXPECT_EQ(FindConnectorType("s3")->name, "s3");
  EXPECT_TRUE(FindConnectorType("s3")->can_hold_enrichment);
  EXPECT_NE(FindConnectorType("local"), nullptr);
  EXPECT_EQ(FindConnectorType("ftp"), nullptr);
}

/// Against a real server, one for all tests of the suite; each test has a root path of its own.
class S3ServerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto started = services::VersityGw::Start("data");
    if (started) {
      server_ = new services::VersityGw(*std::move(started));
    } else {
      *why_not_ = started.error().message;
    }
  }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }
  void SetUp() override {
    if (server_ == nullptr) GTEST_SKIP() << "no S3 server: " << *why_not_;
    root_path_ = std::string("/") +
                 ::testing::UnitTest::GetInstance()->current_test_info()->name() + "/";
    connector_ = OpenBucket("data", root_path_);
    ASSERT_NE(connector_, nullptr);
  }

  static ConnectionSettings Settings(const std::string& bucket, const std::string& root_path) {
    ConnectionSettings settings;
    settings.type = "s3";
    settings.uri = "S3://" + bucket;
    settings.root_path = root_path;
    settings.endpoint = server_->endpoint();
    settings.credentials = services::VersityGw::Credentials();
    return settings;
  }
  static std::unique_ptr<Connector> OpenBucket(const std::string& bucket,
                                               const std::string& root_path) {
    auto connector = FindConnectorType("s3")->open(Settings(bucket, root_path), {});
    EXPECT_TRUE(connector) << connector.error().message;
    return connector ? *std::move(connector) : nullptr;
  }
  void Write(const std::string& relative_path, const std::string& bytes) {
    const Status status = connector_->writer()->WriteNow(relative_path, bytes, {});
    ASSERT_TRUE(status) << status.error().message;
  }
  std::vector<ListedFile> ListAll() {
    std::vector<ListedFile> files;
    const Status status = connector_->files()->List(
        [&](std::vector<ListedFile> page) -> Status {
          for (ListedFile& file : page) files.push_back(std::move(file));
          return {};
        },
        {});
    EXPECT_TRUE(status) << status.error().message;
    return files;
  }
  std::vector<std::string> Paths() {
    std::vector<std::string> paths;
    for (const ListedFile& file : ListAll()) paths.push_back(file.relative_path);
    return paths;
  }

  static inline services::VersityGw* server_ = nullptr;
  static inline std::string* why_not_ = new std::string;
  std::string root_path_;
  std::unique_ptr<Connector> connector_;
};

TEST_F(S3ServerTest, ListsWhatWasWrittenBelowTheRoot) {
  Write("t/day=2024-01-01/b.csv", "id\n1\n");
  Write("a.csv", "id\n");
  const std::string root = "s3://data/ListsWhatWasWrittenBelowTheRoot/";
  EXPECT_EQ(connector_->root_uri(), root);
  const auto files = ListAll();
  ASSERT_THAT(files, SizeIs(2));
  EXPECT_EQ(files[0].relative_path, "a.csv");
  EXPECT_EQ(files[0].uri, root + "a.csv");
  EXPECT_EQ(files[0].size_bytes, 3);
  EXPECT_NE(files[0].etag, "");
  EXPECT_EQ(files[1].relative_path, "t/day=2024-01-01/b.csv");
}

TEST_F(S3ServerTest, StagedIsInvisibleUntilPublished) {
  const TemporaryFolder source;
  ResultWriter& writer = *connector_->writer();
  const auto staged = writer.Stage("t/a.csv", source.Write("part", "id\n1\n"), {});
  ASSERT_TRUE(staged) << staged.error().message;
  EXPECT_THAT(Paths(), IsEmpty());
  // As a later process would.
  const Status status = OpenBucket("data", root_path_)->writer()->Publish(*staged, {});
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_THAT(Paths(), ElementsAre("t/a.csv"));
  EXPECT_TRUE(writer.Publish(*staged, {})) << "publishing twice succeeds";
}

TEST_F(S3ServerTest, ACrashLeavesUploadsThatCanBeFoundAndDiscarded) {
  const TemporaryFolder source;
  ResultWriter& writer = *connector_->writer();
  ASSERT_TRUE(writer.Stage("x/a.csv", source.Write("part", "1"), {}));
  const auto left = writer.ListStaged("x/", {});
  ASSERT_TRUE(left) << left.error().message;
  ASSERT_THAT(*left, SizeIs(1));
  EXPECT_EQ((*left)[0].relative_path, "x/a.csv");
  const Status publish = writer.Publish((*left)[0], {});
  ASSERT_FALSE(publish) << "it may be half a file";
  EXPECT_EQ(publish.error().kind, ErrorKind::kInvalidInput);
  EXPECT_TRUE(writer.Discard((*left)[0], {}));
  EXPECT_TRUE(writer.Discard((*left)[0], {}));
  EXPECT_THAT(writer.ListStaged("", {}).value(), IsEmpty());
  EXPECT_THAT(Paths(), IsEmpty());
}

TEST_F(S3ServerTest, VisibleFilesCanBeListedReadAndRemoved) {
  const TemporaryFolder source;
  ResultWriter& writer = *connector_->writer();
  ASSERT_TRUE(writer.Stage("t/hidden.json", source.Write("part", "1"), {}));
  ASSERT_TRUE(writer.WriteNow("t/a.json", "[1]", {}));
  ASSERT_TRUE(writer.WriteNow("t/b.json", "", {}));
  ASSERT_TRUE(writer.WriteNow("t2.json", "", {}));
  EXPECT_THAT(writer.ListVisible("t/", {}).value(), ElementsAre("t/a.json", "t/b.json"));
  EXPECT_THAT(writer.ListVisible("t/b", {}).value(), ElementsAre("t/b.json"));
  EXPECT_EQ(writer.ReadNow("t/a.json", {}), "[1]");
  EXPECT_EQ(writer.ReadNow("t/b.json", {}), "");
  EXPECT_EQ(writer.ReadNow("t/c.json", {}).error().kind, ErrorKind::kNotFound);
  EXPECT_TRUE(writer.Remove("t/a.json", {}));
  EXPECT_TRUE(writer.Remove("t/a.json", {}));
  EXPECT_THAT(Paths(), ElementsAre("t/b.json", "t2.json"));
}

TEST_F(S3ServerTest, BadPathsAndStatesAreRefused) {
  ResultWriter& writer = *connector_->writer();
  EXPECT_EQ(writer.WriteNow("../a.csv", "x", {}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(writer.Stage("/a.csv", "/dev/null", {}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(writer.Publish({.relative_path = "a.csv", .state = "{}"}, {}).error().kind,
            ErrorKind::kInvalidInput);
}

using Outcome = ProbeStep::Outcome;
using Tried = std::tuple<std::string, std::string, Outcome>;

std::vector<Tried> Outcomes(const std::vector<ProbeStep>& steps) {
  std::vector<Tried> outcomes;
  for (const ProbeStep& step : steps)
    outcomes.emplace_back(step.action, step.right, step.outcome);
  return outcomes;
}

TEST_F(S3ServerTest, ProbeTriesEachRightAndLeavesNothing) {
  Write("a.csv", "id\n");
  EXPECT_THAT(
      Outcomes(connector_->Probe(Access::kWrite, {})),
      ElementsAre(Tried{"list", "s3:ListBucket", Outcome::kAllowed},
                  Tried{"locate", "s3:GetBucketLocation", Outcome::kAllowed},
                  Tried{"list uploads", "s3:ListBucketMultipartUploads", Outcome::kAllowed},
                  Tried{"read", "s3:GetObject", Outcome::kAllowed},
                  Tried{"put", "s3:PutObject", Outcome::kAllowed},
                  Tried{"start upload", "s3:PutObject", Outcome::kAllowed},
                  Tried{"list parts", "s3:ListMultipartUploadParts", Outcome::kAllowed},
                  Tried{"abort upload", "s3:AbortMultipartUpload", Outcome::kAllowed},
                  Tried{"delete", "s3:DeleteObject", Outcome::kAllowed}));
  EXPECT_THAT(Paths(), ElementsAre("a.csv"));
  EXPECT_THAT(connector_->writer()->ListStaged("", {}).value(), IsEmpty());
}

TEST_F(S3ServerTest, ProbeOfAnEmptyPlaceReadsWhatIsNotThere) {
  EXPECT_THAT(
      Outcomes(connector_->Probe(Access::kRead, {})),
      ElementsAre(Tried{"list", "s3:ListBucket", Outcome::kAllowed},
                  Tried{"locate", "s3:GetBucketLocation", Outcome::kAllowed},
                  Tried{"list uploads", "s3:ListBucketMultipartUploads", Outcome::kAllowed},
                  Tried{"read", "s3:GetObject", Outcome::kAllowed}));
}

TEST_F(S3ServerTest, ProbeOfAMissingBucketTriesNoMore) {
  const auto steps = OpenBucket("missing-bucket", "/")->Probe(Access::kWrite, {});
  ASSERT_THAT(steps, SizeIs(9));
  EXPECT_EQ(steps[0].outcome, Outcome::kRefused);
  EXPECT_EQ(steps[0].blame, Blame::kBucket);
  EXPECT_THAT(steps[0].remedy, HasSubstr("s3://missing-bucket"));
  EXPECT_EQ(steps[0].statement, Json());
  for (size_t i = 1; i < steps.size(); ++i) {
    EXPECT_EQ(steps[i].outcome, Outcome::kSkipped) << steps[i].action;
    EXPECT_THAT(steps[i].detail, HasSubstr("there is none of that name"));
  }
}

TEST_F(S3ServerTest, ProbeWithAWrongSecretSaysSo) {
  ConnectionSettings settings = Settings("data", "/");
  settings.credentials.secret_access_key = Secret("wrong");
  auto connector = FindConnectorType("s3")->open(settings, {});
  ASSERT_TRUE(connector) << connector.error().message;
  const auto steps = (*connector)->Probe(Access::kRead, {});
  EXPECT_EQ(steps.at(0).outcome, Outcome::kRefused);
  EXPECT_EQ(steps.at(0).blame, Blame::kSignature);
  EXPECT_EQ(steps.at(1).outcome, Outcome::kSkipped);
  EXPECT_THAT(steps.at(0).detail + steps.at(0).remedy, ::testing::Not(HasSubstr("wrong")));
}

TEST_F(S3ServerTest, CommandLineUrisNameFoldersAndFiles) {
  Write("sub/a.csv", "id\n");
  setenv("AWS_ENDPOINT_URL_S3", server_->endpoint().c_str(), 1);
  setenv("AWS_ACCESS_KEY_ID", services::VersityGw::Credentials().access_key_id.c_str(), 1);
  setenv("AWS_SECRET_ACCESS_KEY",
         services::VersityGw::Credentials().secret_access_key.Reveal().c_str(), 1);
  const std::string root = "s3://data/CommandLineUrisNameFoldersAndFiles/sub";
  for (const char* end : {"", "/"}) {
    const auto folder = OpenUri(root + end, {});
    ASSERT_TRUE(folder) << folder.error().message;
    EXPECT_EQ(folder->connector->root_uri(), root + "/");
    EXPECT_EQ(folder->only_file, "");
  }
  const auto file = OpenUri(root + "/a.csv", {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->connector->root_uri(), root + "/");
  EXPECT_EQ(file->only_file, "a.csv");
  for (const char* name : {"AWS_ENDPOINT_URL_S3", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
    unsetenv(name);
}

TEST(S3CommandLineTest, OpeningASilentServersUriIsLeftWhenAskedTo) {
  const services::SilentServer server;
  const std::string endpoint = fmt::format("http://127.0.0.1:{}", server.port());
  setenv("AWS_ENDPOINT_URL_S3", endpoint.c_str(), 1);
  setenv("AWS_ACCESS_KEY_ID", "key", 1);
  setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(OpenUri("s3://data/a.csv", stop.get_token()).error().kind, ErrorKind::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1500));
  for (const char* name : {"AWS_ENDPOINT_URL_S3", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
    unsetenv(name);
}

}  // namespace
}  // namespace assay::connectors
