#include "api/query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "net/url.h"

namespace assay::api {
namespace {

std::optional<int64_t> ToInteger(const std::string& text) {
  int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> ToBoolean(const std::string& text) {
  if (text == "true" || text == "True" || text == "1") return true;
  if (text == "false" || text == "False" || text == "0") return false;
  return std::nullopt;
}

std::optional<Timestamp> ToTime(const std::string& text, ParameterType type) {
  const Result<Timestamp> time = ParseTimestamp(text);
  if (!time) return std::nullopt;
  const bool is_date = text.find(':') == std::string::npos;
  if (!is_date || type == ParameterType::kTime) return *time;
  return *time + std::chrono::days(1) - std::chrono::microseconds(1);
}

/// What is wrong with one value; empty when nothing is.
std::string FaultOf(const QueryParameter& parameter, const std::string& value) {
  switch (parameter.type) {
    case ParameterType::kText:
      if (parameter.allowed.empty() || std::ranges::count(parameter.allowed, value) > 0)
        return "";
      return fmt::format("must be one of: {}", fmt::join(parameter.allowed, ", "));
    case ParameterType::kInteger: {
      const std::optional<int64_t> number = ToInteger(value);
      if (!number) return "must be a whole number";
      if (parameter.minimum && *number < *parameter.minimum) {
        return fmt::format("must be at least {}", *parameter.minimum);
      }
      if (parameter.maximum && *number > *parameter.maximum) {
        return fmt::format("must be at most {}", *parameter.maximum);
      }
      return "";
    }
    case ParameterType::kBoolean: return ToBoolean(value) ? "" : "must be true or false";
    case ParameterType::kTime:
    case ParameterType::kTimeUntil:
      return ToTime(value, parameter.type) ? ""
                                           : "must be a date or a UTC time such as "
                                             "2026-01-31T08:30:00Z";
  }
  return "";
}

/// The values given for one parameter.
std::vector<std::string> ValuesOf(
    const QueryParameter& parameter,
    const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::vector<std::string> values;
  for (const auto& [name, value] : pairs) {
    if (name != parameter.name || value.empty()) continue;
    if (!parameter.repeats) values.clear();
    if (!parameter.repeats || parameter.allowed.empty()) {
      values.push_back(value);
      continue;
    }
    // Old clients join the values of a list by commas; no allowed value holds one.
    for (size_t start = 0; start <= value.size();) {
      const size_t end = std::min(value.find(',', start), value.size());
      if (end > start) values.push_back(value.substr(start, end - start));
      start = end + 1;
    }
  }
  return values;
}

}  // namespace

Answer<Query> Query::Parse(const std::string& raw,
                           const std::vector<QueryParameter>& declared) {
  const auto pairs = net::ParseQuery(raw);
  if (!pairs) return Refuse(Problem::Invalid({{{"query"}, pairs.error().message}}));
  Query query;
  std::vector<Fault> faults;
  for (const QueryParameter& parameter : declared) {
    std::vector<std::string> values = ValuesOf(parameter, *pairs);
    for (const std::string& value : values) {
      if (std::string fault = FaultOf(parameter, value); !fault.empty()) {
        faults.push_back({{"query", parameter.name}, std::move(fault)});
      }
    }
    if (values.empty()) continue;
    if (parameter.type == ParameterType::kTime || parameter.type == ParameterType::kTimeUntil) {
      if (const auto time = ToTime(values.back(), parameter.type)) {
        query.times_[parameter.name] = *time;
      }
    }
    query.values_[parameter.name] = std::move(values);
  }
  if (!faults.empty()) return Refuse(Problem::Invalid(std::move(faults)));
  return query;
}

std::string Query::Text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second.back();
}

std::vector<std::string> Query::Texts(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::optional<int64_t> Query::Integer(const std::string& name) const {
  return ToInteger(Text(name));
}

std::vector<int64_t> Query::Integers(const std::string& name) const {
  std::vector<int64_t> numbers;
  for (const std::string& text : Texts(name)) {
    if (const auto number = ToInteger(text)) numbers.push_back(*number);
  }
  return numbers;
}

std::optional<bool> Query::Boolean(const std::string& name) const {
  return ToBoolean(Text(name));
}

std::optional<Timestamp> Query::Time(const std::string& name) const {
  const auto found = times_.find(name);
  if (found == times_.end()) return std::nullopt;
  return found->second;
}

}  // namespace assay::api
