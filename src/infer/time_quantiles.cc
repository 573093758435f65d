#include "infer/time_quantiles.h"

#include <algorithm>
#include <cmath>

namespace assay::infer {
namespace {

constexpr double kSecondsPerDay = 86'400;
constexpr double kMicrosecondsPerSecond = 1e6;
constexpr double kYearOne = -62'135'596'800;
constexpr double kEndOfYear9999 = 253'402'300'799;

bool IsDate(const engine::FieldProfile& profile) {
  return profile.field.type == plan::FieldType::kDate;
}

}  // namespace

bool IsTimeField(const engine::FieldProfile& profile) {
  const bool is_time = IsDate(profile) || profile.field.type == plan::FieldType::kTimestamp;
  return is_time && !profile.field.name.ends_with("[]") && !profile.field.is_partition;
}

std::vector<double> SecondsQuantiles(const engine::FieldProfile& profile) {
  std::vector<double> seconds = profile.quantiles;
  for (double& value : seconds) {
    value = IsDate(profile) ? value * kSecondsPerDay : value / kMicrosecondsPerSecond;
  }
  return seconds;
}

double SecondsStep(const engine::FieldProfile& profile) {
  return IsDate(profile) ? kSecondsPerDay : 1;
}

double SecondsSince1970(Timestamp time) {
  return static_cast<double>(time.time_since_epoch().count()) / kMicrosecondsPerSecond;
}

Timestamp TimeOf(double seconds_since_1970) {
  const double seconds = std::clamp(std::floor(seconds_since_1970), kYearOne, kEndOfYear9999);
  return Timestamp(std::chrono::seconds(static_cast<int64_t>(seconds)));
}

}  // namespace assay::infer
