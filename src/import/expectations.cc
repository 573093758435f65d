// Expectations about the values of a column.

#include "import/expectations.h"

#include "import/bounds.h"
#include "import/counterparts.h"

namespace assay::imports::expectations {
namespace {

/// The values of a set; dbt writes numbers as texts unless quote_values is false.
Result<std::vector<Json>> ReadSet(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const bool quote, parameters.Flag("quote_values", true));
  static_cast<void>(quote);  // how the SQL is written; a list of ours takes both
  ASSAY_TRY(const bool parse_times, parameters.Flag("parse_strings_as_datetimes", false));
  if (parse_times) draft.Note("parse_strings_as_datetimes: texts are read as the field's type");
  return parameters.Values("value_set");
}

}  // namespace

Status NotNull(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  AddNotNull(draft, column);
  return {};
}

Status Null(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  AddNull(draft, column);
  return {};
}

Status Unique(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  AddUnique(draft, {column});
  return {};
}

Status Between(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const bool parse_times, parameters.Flag("parse_strings_as_datetimes", false));
  if (parse_times) draft.Note("parse_strings_as_datetimes: texts are read as the field's type");
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  AddValuesWithin(draft, column, bounds);
  return {};
}

Status InSet(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::vector<Json> values, ReadSet(parameters, draft));
  AddValuesIn(draft, column, values);
  return {};
}

Status NotInSet(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::vector<Json> values, ReadSet(parameters, draft));
  AddValuesNotIn(draft, column, values);
  return {};
}

Status ContainsSet(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::vector<Json> values, ReadSet(parameters, draft));
  draft.Add("requiredValues", {column}, {{"list", values}});
  return {};
}

Status EqualsSet(Parameters& parameters, Draft& draft) {
  ASSAY_RETURN_IF_ERROR(InSet(parameters, draft));
  return ContainsSet(parameters, draft);
}

Status OfType(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  const Json* type = parameters.FindAny({"type_", "column_type"});
  if (type == nullptr || !type->is_string()) {
    return Fail(ErrorKind::kInvalidInput, "the type is missing");
  }
  return AddFieldType(draft, column, {type->get<std::string>()});
}

Status InTypeList(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  const bool is_dbt = parameters.Find("column_type_list") != nullptr;
  ASSAY_TRY(const std::vector<std::string> types,
            parameters.Texts(is_dbt ? "column_type_list" : "type_list"));
  return AddFieldType(draft, column, types);
}

Status LengthsBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  return AddLengthsWithin(draft, column, bounds);
}

Status LengthsEqual(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  const Json* value = parameters.Find("value");
  if (value == nullptr) return Fail(ErrorKind::kInvalidInput, "value: is missing");
  return AddLengthsWithin(draft, column, {.min = *value, .max = *value});
}

}  // namespace assay::imports::expectations
