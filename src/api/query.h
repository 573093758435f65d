// The query parameters of a request, as its route declares them.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/problem.h"
#include "base/clock.h"

namespace assay::api {

enum class ParameterType {
  kText,
  kInteger,
  kBoolean,    // true, false; also True, False as Python clients write them
  kTime,       // an ISO time, or a date: its first moment
  kTimeUntil,  // the same, a date being its last moment
};

struct QueryParameter {
  std::string name;
  ParameterType type = ParameterType::kText;
  std::string doc{};
  bool repeats = false;                // "status=Active&status=Resolved"
  std::vector<std::string> allowed{};  // texts; then also comma-joined when it repeats
  std::optional<int64_t> minimum{}, maximum{};
};

/// Values already checked against their declaration: asking for one that was not given, or
/// under a name or type that is not declared, gives nothing.
class Query {
 public:
  Query() = default;

  /// 422 with every fault. Parameters that are not declared are ignored, as are empty values.
  static Answer<Query> Parse(const std::string& raw,
                             const std::vector<QueryParameter>& declared);

  std::string Text(const std::string& name) const;  // "" when absent
  std::vector<std::string> Texts(const std::string& name) const;
  std::optional<int64_t> Integer(const std::string& name) const;
  std::vector<int64_t> Integers(const std::string& name) const;
  std::optional<bool> Boolean(const std::string& name) const;
  std::optional<Timestamp> Time(const std::string& name) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
  std::map<std::string, Timestamp> times_;
};

}  // namespace assay::api
