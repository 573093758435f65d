#include "report/report_json.h"

#include "operations/profile_json.h"
#include "operations/scan_json.h"

namespace assay::report {
namespace {

Json ErrorsJson(const std::vector<Unread>& unread) {
  Json errors = Json::array();
  for (const auto& source : unread) {
    errors.push_back({{"name", source.name},
                      {"kind", ErrorKindName(source.error.kind)},
                      {"message", source.error.message}});
  }
  return errors;
}

}  // namespace

Json ProfileReportJson(const ProfileReport& report) {
  Json containers = Json::array();
  for (size_t i = 0; i < report.containers.size(); ++i) {
    containers.push_back(operations::ContainerProfileToJson(
        report.containers[i],
        i < report.tags.size() ? report.tags[i] : sensitive::FieldTags()));
  }
  Json json = Json::object();
  json["containers"] = std::move(containers);
  json["errors"] = ErrorsJson(report.unread);
  return json;
}

Json ScanReportJson(const ScanReport& report) {
  Json containers = Json::array();
  size_t anomalies = 0;
  for (const auto& scan : report.containers) {
    containers.push_back(operations::ContainerScanToJson(scan));
    anomalies += scan.anomalies.size();
  }
  Json json = Json::object();
  json["anomaly_count"] = anomalies;
  json["enrichment"] =
      report.enrichment_uri.empty() ? Json(nullptr) : Json(report.enrichment_uri);
  json["containers"] = std::move(containers);
  json["errors"] = ErrorsJson(report.unread);
  return json;
}

}  // namespace assay::report
