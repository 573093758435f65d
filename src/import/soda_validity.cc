// Soda's validity: what makes a value valid, in any number of keys.

#include <fmt/format.h>

#include <array>

#include "import/counterparts.h"
#include "import/soda_checks.h"
#include "import/soda_threshold.h"
#include "import/sql_text.h"

namespace assay::imports::soda {
namespace {

/// A named format: a rule of ours, or else a pattern written for it here.
struct Format {
  std::string_view name;
  std::string_view rule;
  std::string_view value;  // of matchesFormat or matchesPattern
};

constexpr auto kFormats = std::to_array<Format>({
    {"email", "matchesFormat", "email"},
    {"uuid", "matchesFormat", "uuid"},
    {"ip address", "matchesFormat", "ip"},
    {"ipv4 address", "matchesFormat", "ipv4"},
    {"ipv6 address", "matchesFormat", "ipv6"},
    {"credit card number", "isCreditCard", ""},
    {"integer", "matchesPattern", R"(^[-+]?\d+$)"},
    {"positive integer", "matchesPattern", R"(^\+?\d+$)"},
    {"negative integer", "matchesPattern", R"(^(-\d+|0+)$)"},
    {"decimal", "matchesPattern", R"(^[-+]?(\d+([.,]\d+)?|[.,]\d+)$)"},
    {"decimal point", "matchesPattern", R"(^[-+]?(\d+(\.\d+)?|\.\d+)$)"},
    {"decimal comma", "matchesPattern", R"(^[-+]?(\d+(,\d+)?|,\d+)$)"},
    {"positive decimal", "matchesPattern", R"(^\+?(\d+([.,]\d+)?|[.,]\d+)$)"},
    {"negative decimal", "matchesPattern", R"(^-(\d+([.,]\d+)?|[.,]\d+)$)"},
    {"percentage", "matchesPattern", R"(^[-+]?(\d+([.,]\d+)?|[.,]\d+) ?%$)"},
    {"date us", "matchesPattern", R"(^(0?[1-9]|1[0-2])[-./](0?[1-9]|[12]\d|3[01])[-./]\d{4}$)"},
    {"date eu", "matchesPattern", R"(^(0?[1-9]|[12]\d|3[01])[-./](0?[1-9]|1[0-2])[-./]\d{4}$)"},
    {"date inverse", "matchesPattern",
     R"(^\d{4}[-./](0?[1-9]|1[0-2])[-./](0?[1-9]|[12]\d|3[01])$)"},
    {"date iso 8601", "matchesPattern",
     R"(^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)"
     R"((Z|[-+]\d{2}:?\d{2})?)?$)"},
    {"time 24h", "matchesPattern", R"(^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d$)"},
    {"time 24h nosec", "matchesPattern", R"(^([01]?\d|2[0-3]):[0-5]\d$)"},
    {"time 12h", "matchesPattern", R"(^(0?[1-9]|1[0-2]):[0-5]\d:[0-5]\d( ?[AaPp][Mm])?$)"},
    {"time 12h nosec", "matchesPattern", R"(^(0?[1-9]|1[0-2]):[0-5]\d( ?[AaPp][Mm])?$)"},
});

Status AddFormat(Draft& draft, const std::string& column, const Json& format) {
  // A contract gives the pattern with a name for it.
  if (format.is_object()) {
    const Json regex = format.value("regex", Json());
    if (!regex.is_string()) return Fail(ErrorKind::kInvalidInput, "valid_format: has no regex");
    AddPatterns(draft, column, {regex.get<std::string>()}, Match::kMatches, Several::kAll);
    return {};
  }
  for (const Format& known : kFormats) {
    if (format != known.name) continue;
    Json properties = Json::object();
    if (known.rule == "matchesFormat") properties["format"] = known.value;
    if (known.rule == "matchesPattern") {
      properties["pattern"] = known.value;
      draft.Note(fmt::format("the pattern for '{}' is one of ours", known.name));
    }
    draft.Add(std::string(known.rule), {column}, std::move(properties));
    return {};
  }
  return Fail(ErrorKind::kUnsupported,
              fmt::format("valid_format: no counterpart for {}", PrintJson(format)));
}

Status AddValues(Parameters& parameters, Draft& draft, const std::string& column) {
  if (parameters.Find("valid_values") != nullptr) {
    ASSAY_TRY(const std::vector<Json> values, parameters.Values("valid_values"));
    AddValuesIn(draft, column, values);
  }
  if (parameters.Find("invalid_values") != nullptr) {
    ASSAY_TRY(const std::vector<Json> values, parameters.Values("invalid_values"));
    AddValuesNotIn(draft, column, values);
  }
  Bounds bounds;
  ASSAY_TRY(const auto min, parameters.OptionalNumber("valid_min"));
  ASSAY_TRY(const auto max, parameters.OptionalNumber("valid_max"));
  if (min) bounds.min = *parameters.Find("valid_min");
  if (max) bounds.max = *parameters.Find("valid_max");
  if (min || max) AddValuesWithin(draft, column, bounds);
  return {};
}

Status AddLengths(Parameters& parameters, Draft& draft, const std::string& column) {
  Bounds bounds;
  if (const Json* length = parameters.Find("valid_length")) bounds.min = bounds.max = *length;
  if (const Json* min = parameters.Find("valid_min_length")) bounds.min = *min;
  if (const Json* max = parameters.Find("valid_max_length")) bounds.max = *max;
  return AddLengthsWithin(draft, column, bounds);
}

Status AddTexts(Parameters& parameters, Draft& draft, const std::string& column) {
  for (const std::string_view name : {"valid_regex", "valid_sql_regex"}) {
    ASSAY_TRY(const std::optional<std::string> regex, parameters.OptionalText(name));
    if (regex) AddPatterns(draft, column, {*regex}, Match::kMatches, Several::kAll);
  }
  for (const std::string_view name : {"invalid_regex", "invalid_sql_regex"}) {
    ASSAY_TRY(const std::optional<std::string> regex, parameters.OptionalText(name));
    if (regex) AddPatterns(draft, column, {*regex}, Match::kDoesNotMatch, Several::kAll);
  }
  if (const Json* invalid = parameters.Find("invalid_format")) {
    const Json regex = invalid->is_object() ? invalid->value("regex", Json()) : Json();
    if (!regex.is_string()) {
      return Fail(ErrorKind::kUnsupported, "invalid_format: only a pattern can be taken over");
    }
    AddPatterns(draft, column, {regex.get<std::string>()}, Match::kDoesNotMatch, Several::kAll);
  }
  if (const Json* format = parameters.Find("valid_format")) {
    ASSAY_RETURN_IF_ERROR(AddFormat(draft, column, *format));
  }
  return {};
}

Status AddReferenceData(Parameters& parameters, Draft& draft, const std::string& column) {
  const Json* reference =
      parameters.FindAny({"valid_reference_data", "valid_values_reference_data"});
  if (reference == nullptr) return {};
  Parameters parts(*reference);
  ASSAY_TRY(const std::string dataset, parts.Text("dataset"));
  ASSAY_TRY(const std::string field, parts.Text("column"));
  AddReference(draft, "existsIn", column, dataset.substr(dataset.find_last_of('/') + 1), field);
  return {};
}

Status AddInvalid(Parameters& parameters, Draft& draft, const Threshold& threshold) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_RETURN_IF_ERROR(SetCoverageOfFailures(draft, threshold));
  ASSAY_RETURN_IF_ERROR(AddValues(parameters, draft, column));
  ASSAY_RETURN_IF_ERROR(AddLengths(parameters, draft, column));
  ASSAY_RETURN_IF_ERROR(AddTexts(parameters, draft, column));
  ASSAY_RETURN_IF_ERROR(AddReferenceData(parameters, draft, column));
  if (draft.checks.empty()) {
    return Fail(ErrorKind::kUnsupported, "says nothing about which values are valid");
  }
  if (parameters.Find("missing_values") != nullptr) {
    ASSAY_TRY(const std::vector<Json> values, parameters.Values("missing_values"));
    draft.filter = fmt::format("{} NOT IN ({})", SqlName(column), SqlList(values));
    if (draft.coverage != 1)
      draft.Lose("the share is one of the rows that are not missing here");
  }
  return {};
}

}  // namespace

Status Invalid(Parameters& parameters, Draft& draft) {
  return AddInvalid(parameters, draft, TakeThreshold(parameters));
}

Status InvalidPercent(Parameters& parameters, Draft& draft) {
  Threshold threshold = TakeThreshold(parameters);
  threshold.is_percent = true;
  return AddInvalid(parameters, draft, threshold);
}

Status NoInvalid(Parameters& parameters, Draft& draft) {
  return AddInvalid(parameters, draft, {});
}

}  // namespace assay::imports::soda
