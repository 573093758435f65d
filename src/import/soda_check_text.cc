#include "import/soda_check_text.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <cstdint>

#include "import/soda_threshold.h"

namespace assay::imports {
namespace {

/// Checks that are known by how they begin; what follows is not read.
constexpr auto kBeginnings = std::to_array<std::string_view>(
    {"failed rows", "schema", "row_count same as", "anomaly detection", "anomaly score",
     "change", "group by", "group evolution", "reconciliation", "distribution_difference"});

std::string Unquote(std::string name) {
  const auto is_quoted = [&](char open, char close) {
    return name.size() > 2 && name.front() == open && name.back() == close;
  };
  if (is_quoted('"', '"') || is_quoted('`', '`') || is_quoted('[', ']')) {
    name = name.substr(1, name.size() - 2);
  }
  return name;
}

/// Names between commas, quotes taken off.
Json NamesOf(std::string_view list) {
  Json names = Json::array();
  while (!list.empty()) {
    const size_t comma = list.find(',');
    std::string_view name = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    const size_t start = name.find_first_not_of(' ');
    if (start == std::string_view::npos) continue;
    name = name.substr(start, name.find_last_not_of(' ') - start + 1);
    names.push_back(Unquote(std::string(name)));
  }
  return names;
}

Status ReadReference(std::string_view text, SourceItem& item) {
  static const RE2 shape(
      R"(values in \(?([^()]+?)\)? must (not )?exist in (\S+)\s+\(?([^()]+?)\)?\s*)");
  std::string columns, negation, dataset, others;
  if (!RE2::FullMatch(text, shape, &columns, &negation, &dataset, &others)) {
    return Fail(ErrorKind::kInvalidInput, "not understood");
  }
  item.parameters.Add("columns", NamesOf(columns));
  item.parameters.Add("other_dataset", Unquote(dataset));
  item.parameters.Add("other_columns", NamesOf(others));
  item.parameters.Add("exists", negation.empty());
  return {};
}

/// Of at most six digits, or none.
int64_t NumberOr0(const std::string& digits) {
  return digits.empty() ? 0 : std::stoll(digits);
}

/// freshness(column) < 1d12h, the threshold in seconds; with a variable for now it is not known
/// here.
Status ReadFreshness(std::string_view text, SourceItem& item) {
  static const RE2 shape(
      R"(freshness\s*\(\s*([^(),]+?)\s*\)\s*(<=?)\s*(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?\s*)");
  static const RE2 alert(R"(freshness\s*\(\s*([^(),]+?)\s*\)\s*)");
  std::string column, sign;
  std::string days, hours, minutes;
  if (RE2::FullMatch(text, alert, &column)) {
    item.column = Unquote(column);
    return Fail(ErrorKind::kUnsupported, "only a threshold such as < 3d can be taken over");
  }
  if (!RE2::FullMatch(text, shape, &column, &sign, &days, &hours, &minutes)) {
    return Fail(ErrorKind::kUnsupported, "only a threshold such as < 3d can be taken over");
  }
  item.column = Unquote(column);
  const int64_t seconds =
      NumberOr0(days) * 86400 + NumberOr0(hours) * 3600 + NumberOr0(minutes) * 60;
  AddThreshold({.bounds = {.max = seconds, .includes_max = sign == "<="}}, item.parameters);
  return {};
}

}  // namespace

Status ReadSodaCheckText(std::string_view text, SourceItem& item) {
  item.label = std::string(text);
  if (text.starts_with("values in")) {
    item.type = "values in";
    return ReadReference(text, item);
  }
  if (text.starts_with("freshness")) {
    item.type = "freshness";
    return ReadFreshness(text, item);
  }
  for (const std::string_view beginning : kBeginnings) {
    if (!text.starts_with(beginning)) continue;
    item.type = std::string(beginning);
    return {};
  }
  static const RE2 shape(R"(\s*([A-Za-z_]\w*)\s*(?:\(([^()]*)\))?\s*(.*?)\s*)");
  std::string arguments, threshold;
  if (!RE2::FullMatch(text, shape, &item.type, &arguments, &threshold)) {
    return Fail(ErrorKind::kInvalidInput, "not understood");
  }
  const Json names = NamesOf(arguments);
  if (names.size() == 1) item.column = names[0].get<std::string>();
  if (names.size() > 1) item.parameters.Add("columns", names);
  if (threshold.empty()) return {};
  ASSAY_TRY(const Threshold read, ReadThreshold(threshold));
  AddThreshold(read, item.parameters);
  return {};
}

}  // namespace assay::imports
