#include "operations/requests.h"

#include <gmock/gmock.h>

namespace assay::operations {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(RequestsTest, AbsentAndNullKeysGetThePlatformsDefaults) {
  for (const Json& body : {Json::object(), Json{{"inference_threshold", nullptr},
                                                {"max_records_analyzed_per_partition", nullptr},
                                                {"container_names", nullptr}}}) {
    const ProfileRequest profile = ParseProfileRequest(body).value();
    EXPECT_THAT(profile.container_names, IsEmpty());
    EXPECT_EQ(profile.max_records_analyzed_per_partition, -1);
    EXPECT_EQ(profile.inference_threshold, 2);
    EXPECT_FALSE(profile.infer_as_draft);
    EXPECT_EQ(profile.percent_testing_threshold, 0.4);
  }
  const ScanRequest scan = ParseScanRequest(Json::object()).value();
  EXPECT_FALSE(scan.incremental);
  EXPECT_TRUE(scan.auto_resolve_passed_anomalies);
  EXPECT_EQ(scan.high_count_rollup_threshold, std::nullopt);
  const SyncRequest sync = ParseSyncRequest(Json::object()).value();
  EXPECT_FALSE(sync.prune);
  EXPECT_FALSE(sync.recreate);
}

TEST(RequestsTest, EffortIsTheThresholdInWords) {
  EXPECT_EQ(ParseProfileRequest({{"ai_effort", "off"}}).value().inference_threshold, 0);
  EXPECT_EQ(ParseProfileRequest({{"ai_effort", "max"}, {"inference_threshold", 1}})
                .value()
                .inference_threshold,
            5);
  EXPECT_EQ(ParseProfileRequest({{"ai_effort", "huge"}}).error().kind,
            ErrorKind::kInvalidInput);
}

TEST(RequestsTest, ValuesOutOfRangeAreRefusedByName) {
  const auto refused = [](const char* key, const Json& value) {
    const Json body = {{key, value}};
    const auto profile = ParseProfileRequest(body);
    const auto scan = ParseScanRequest(body);
    const Error error = profile ? scan.error() : profile.error();
    EXPECT_THAT(error.message, HasSubstr(key));
    return error.kind == ErrorKind::kInvalidInput && (!profile || !scan);
  };
  EXPECT_TRUE(refused("inference_threshold", 6));
  EXPECT_TRUE(refused("inference_threshold", -1));
  EXPECT_TRUE(refused("inference_threshold", "2"));
  EXPECT_TRUE(refused("max_records_analyzed_per_partition", 0));
  EXPECT_TRUE(refused("max_records_analyzed_per_partition", 1'000'000'001));
  EXPECT_TRUE(refused("percent_testing_threshold", 1.0));
  EXPECT_TRUE(refused("high_correlation_threshold", -0.1));
  EXPECT_TRUE(refused("histogram_max_distinct_values", 0));
  EXPECT_TRUE(refused("max_count_testing_sample", 100'001));
  EXPECT_TRUE(refused("high_count_rollup_threshold", 1001));
  EXPECT_TRUE(refused("enrichment_source_record_limit", 0));
  EXPECT_TRUE(refused("check_categories", Json::array({"other"})));
  EXPECT_TRUE(refused("container_names", "orders"));
}

TEST(RequestsTest, RemediationIsUnsupported) {
  EXPECT_TRUE(ParseScanRequest({{"remediation", "none"}}));
  EXPECT_EQ(ParseScanRequest({{"remediation", "append"}}).error().kind,
            ErrorKind::kUnsupported);
}

TEST(OperationRequestTest, KeepsTheSettingsThatWereAskedFor) {
  const Json body = {{"type", "scan"},
                     {"datastore_id", 42},
                     {"container_names", {"orders_*.csv"}},
                     {"check_variables", {{"d", "DATE '2026-01-01'"}}},
                     {"something", "else"}};
  const OperationRequest request = ParseOperationRequest(body).value();
  EXPECT_EQ(request.type, "scan");
  EXPECT_EQ(request.datastore_id, 42);
  EXPECT_FALSE(request.settings.contains("something"));
  const ScanRequest again = ParseScanRequest(request.settings).value();
  EXPECT_THAT(again.container_names, ElementsAre("orders_*.csv"));
  EXPECT_EQ(again.check_variables.at("d"), "DATE '2026-01-01'");
}

TEST(OperationRequestTest, KnowsWhatReadsOnlyWhatIsNew) {
  const auto reads = [](Json body) {
    body["datastore_id"] = 7;
    return ReadsIncrementally(ParseOperationRequest(body).value());
  };
  EXPECT_FALSE(reads({{"type", "sync"}}));
  EXPECT_FALSE(reads({{"type", "scan"}, {"incremental", false}}));
  EXPECT_TRUE(reads({{"type", "scan"}, {"incremental", true}}));
  EXPECT_TRUE(reads({{"type", "scan"}, {"greater_than_batch", 5}}));
  EXPECT_TRUE(reads({{"type", "profile"}, {"greater_than_time", "2026-01-01T00:00:00Z"}}));
}

TEST(OperationRequestTest, CatalogIsTheOldNameOfSync) {
  EXPECT_EQ(ParseOperationRequest({{"type", "catalog"}, {"datastore_id", 1}}).value().type,
            "sync");
}

TEST(OperationRequestTest, RefusesWhatItCannotRun) {
  EXPECT_EQ(ParseOperationRequest({{"datastore_id", 1}}).error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_EQ(ParseOperationRequest({{"type", "scan"}}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ParseOperationRequest(Json::array()).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ParseOperationRequest({{"type", "export"}, {"datastore_id", 1}}).error().kind,
            ErrorKind::kUnsupported);
  EXPECT_EQ(ParseOperationRequest(
                {{"type", "profile"}, {"datastore_id", 1}, {"inference_threshold", 9}})
                .error()
                .kind,
            ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::operations
