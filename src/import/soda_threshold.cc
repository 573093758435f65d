#include "import/soda_threshold.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <cmath>

namespace assay::imports {
namespace {

/// The parameter that holds a threshold once it is read; no key of Soda's.
constexpr const char* kRead = "the threshold";

Json NumberOf(const std::string& text) {
  const Result<Json> number = ParseJson(text);
  return number && number->is_number() ? *number : Json();
}

Result<Json> ReadNumber(const std::string& text) {
  Json number = NumberOf(text);
  if (number.is_null()) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("not a number: '{}'", text));
  }
  return number;
}

/// A comparison by its sign.
struct Comparison {
  bool is_between = false;
  bool is_negated = false;  // not between, !=
  std::string sign;
  Json value, second;
  bool is_percent = false;
};

Result<Comparison> ReadComparison(std::string_view text) {
  static const RE2 range(
      R"(\s*(not\s+)?between\s+\(?\s*([-+.\deE]+)\s*%?\s+and\s+([-+.\deE]+)\s*(%?)\s*\)?\s*)");
  static const RE2 single(R"(\s*(<=|>=|!=|<>|=|<|>)\s*([-+.\deE]+)\s*(%?)\s*)");
  Comparison comparison;
  std::string negation, first, second, percent;
  if (RE2::FullMatch(text, range, &negation, &first, &second, &percent)) {
    comparison.is_between = true;
    comparison.is_negated = !negation.empty();
    ASSAY_TRY(comparison.value, ReadNumber(first));
    ASSAY_TRY(comparison.second, ReadNumber(second));
  } else if (RE2::FullMatch(text, single, &comparison.sign, &first, &percent)) {
    comparison.is_negated = comparison.sign == "!=" || comparison.sign == "<>";
    ASSAY_TRY(comparison.value, ReadNumber(first));
  } else {
    return Fail(ErrorKind::kUnsupported, fmt::format("threshold not understood: '{}'", text));
  }
  comparison.is_percent = !percent.empty();
  return comparison;
}

Result<Threshold> ToThreshold(const Comparison& comparison) {
  Threshold threshold = {.is_percent = comparison.is_percent};
  Bounds& bounds = threshold.bounds;
  if (comparison.is_between && !comparison.is_negated) {
    bounds.min = comparison.value;
    bounds.max = comparison.second;
  } else if (comparison.is_negated) {
    // A count that is not 0 is above it.
    if (comparison.is_between || comparison.value != 0) {
      return Fail(ErrorKind::kUnsupported, "no counterpart for a threshold with a gap");
    }
    bounds.min = 0;
    bounds.includes_min = false;
  } else if (comparison.sign == "=") {
    bounds.min = bounds.max = comparison.value;
  } else if (comparison.sign.starts_with('<')) {
    bounds.max = comparison.value;
    bounds.includes_max = comparison.sign == "<=";
  } else {
    bounds.min = comparison.value;
    bounds.includes_min = comparison.sign == ">=";
  }
  return threshold;
}

Comparison Negate(Comparison comparison) {
  comparison.is_negated = !comparison.is_negated;
  if (comparison.is_between) return comparison;
  constexpr std::string_view kPairs[][2] = {{"<", ">="}, {">", "<="}, {"=", "!="}, {"=", "<>"}};
  for (const auto& pair : kPairs) {
    if (comparison.sign == pair[0]) {
      comparison.sign = pair[1];
      break;
    }
    if (comparison.sign == pair[1]) {
      comparison.sign = pair[0];
      break;
    }
  }
  comparison.is_negated = comparison.sign == "!=" || comparison.sign == "<>";
  return comparison;
}

Status ReadRange(const Json& range, Bounds& bounds) {
  if (range.is_array() && range.size() == 2) {
    bounds.min = range[0];
    bounds.max = range[1];
    return {};
  }
  Parameters limits(range);
  for (const auto& [key, is_included] :
       {std::pair{"greater_than", false}, std::pair{"greater_than_or_equal", true}}) {
    if (const Json* value = limits.Find(key)) {
      bounds.min = *value;
      bounds.includes_min = is_included;
    }
  }
  for (const auto& [key, is_included] :
       {std::pair{"less_than", false}, std::pair{"less_than_or_equal", true}}) {
    if (const Json* value = limits.Find(key)) {
      bounds.max = *value;
      bounds.includes_max = is_included;
    }
  }
  if (!limits.Unread().empty() || (bounds.min.is_null() && bounds.max.is_null())) {
    return Fail(ErrorKind::kUnsupported, "must_be_between: not understood");
  }
  return {};
}

}  // namespace

Result<Threshold> ReadThreshold(std::string_view text) {
  ASSAY_TRY(const Comparison comparison, ReadComparison(text));
  return ToThreshold(comparison);
}

Result<Threshold> ReadAlert(std::string_view text) {
  static const RE2 when(R"(\s*when\s+(.*))");
  std::string condition;
  if (!RE2::FullMatch(text, when, &condition)) {
    return Fail(ErrorKind::kUnsupported, fmt::format("alert not understood: '{}'", text));
  }
  ASSAY_TRY(Comparison comparison, ReadComparison(condition));
  return ToThreshold(Negate(std::move(comparison)));
}

Result<Threshold> ReadContractThreshold(Parameters& parameters) {
  Threshold threshold;
  Bounds& bounds = threshold.bounds;
  if (const Json* value = parameters.Find("must_be")) bounds.min = bounds.max = *value;
  if (const Json* value = parameters.Find("must_be_greater_than")) {
    bounds.min = *value;
    bounds.includes_min = false;
  }
  if (const Json* value = parameters.FindAny(
          {"must_be_greater_than_or_equal", "must_be_greater_than_or_equal_to"})) {
    bounds.min = *value;
  }
  if (const Json* value = parameters.Find("must_be_less_than")) {
    bounds.max = *value;
    bounds.includes_max = false;
  }
  if (const Json* value =
          parameters.FindAny({"must_be_less_than_or_equal", "must_be_less_than_or_equal_to"})) {
    bounds.max = *value;
  }
  if (const Json* range = parameters.Find("must_be_between")) {
    ASSAY_RETURN_IF_ERROR(ReadRange(*range, bounds));
  }
  if (const Json* value = parameters.Find("must_not_be")) {
    if (*value != 0) {
      return Fail(ErrorKind::kUnsupported, "no counterpart for a threshold with a gap");
    }
    bounds.min = 0;
    bounds.includes_min = false;
  }
  if (parameters.FindAny({"must_be_not_between", "must_not_be_between"}) != nullptr) {
    return Fail(ErrorKind::kUnsupported, "no counterpart for a threshold with a gap");
  }
  for (const Json* bound : {&bounds.min, &bounds.max}) {
    if (!bound->is_null() && !bound->is_number()) {
      return Fail(ErrorKind::kUnsupported, "threshold: must be a number");
    }
  }
  ASSAY_TRY(const std::optional<std::string> metric, parameters.OptionalText("metric"));
  threshold.is_percent = metric == "percent";
  return threshold;
}

void AddThreshold(const Threshold& threshold, Parameters& parameters) {
  if (threshold.bounds.min.is_null() && threshold.bounds.max.is_null()) return;
  parameters.Add(kRead, {{"min", threshold.bounds.min},
                         {"max", threshold.bounds.max},
                         {"includes_min", threshold.bounds.includes_min},
                         {"includes_max", threshold.bounds.includes_max},
                         {"percent", threshold.is_percent}});
}

Threshold TakeThreshold(Parameters& parameters) {
  const Json* threshold = parameters.Find(kRead);
  if (threshold == nullptr) return {};
  return {.bounds = {.min = threshold->at("min"),
                     .max = threshold->at("max"),
                     .includes_min = threshold->at("includes_min").get<bool>(),
                     .includes_max = threshold->at("includes_max").get<bool>()},
          .is_percent = threshold->at("percent").get<bool>()};
}

Status SetCoverageOfFailures(Draft& draft, const Threshold& failures) {
  const Bounds& bounds = failures.bounds;
  const bool has_none = bounds.min.is_null() && bounds.max.is_null();
  if (has_none) return {};
  if (bounds.max.is_null()) {
    return Fail(ErrorKind::kUnsupported,
                "no counterpart for a lower bound of the rows that fail");
  }
  if (bounds.min.is_number() && bounds.min.get<double>() > 0) {
    draft.Lose("the lower bound of the rows that fail has no counterpart");
  }
  const double max = bounds.max.get<double>();
  if (!(max >= 0 && max <= 1e15)) {
    return Fail(ErrorKind::kInvalidInput, "the rows that may fail must not be negative");
  }
  if (max == 0 || (!failures.is_percent && max == 1 && !bounds.includes_max)) return {};
  if (!failures.is_percent) {
    draft.max_failing_rows =
        static_cast<int64_t>(bounds.includes_max ? std::floor(max) : std::ceil(max) - 1);
    return {};
  }
  if (!(max > 0 && max <= 100)) {
    return Fail(ErrorKind::kInvalidInput, "the percentage must be from 0 to 100");
  }
  // Rounded, so that 5 % leaves 0.95 and not 0.9500000000000001.
  draft.coverage = std::round((100 - max) * 1e10) / 1e12;
  if (!bounds.includes_max) {
    draft.Note(fmt::format("a share of exactly {} % passes here", bounds.max.dump()));
  }
  return {};
}

}  // namespace assay::imports
