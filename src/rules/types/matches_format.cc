// Rule "matchesFormat": every non-null text is a value of a named format.

#include <fmt/format.h>

#include "rules/field_types.h"
#include "rules/formats.h"
#include "rules/nearest_name.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string format;
};

std::vector<std::string> FormatNames() {
  std::vector<std::string> names;
  for (const Format& format : AllFormats()) names.push_back(format.name);
  return names;
}

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      OneOf(FormatNames(),
            Required("format", &Properties::format,
                     fmt::format("One of {}; docs/formats.md says what each accepts.",
                                 fmt::join(FormatNames(), ", ")))),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  const Format* const format = FindFormat(properties.format);
  if (format == nullptr) {
    const std::vector<std::string> names = FormatNames();
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("format: no such format: '{}'{}; known are: {}", properties.format,
                            DidYouMean(properties.format, names), fmt::join(names, ", ")));
  }
  return CompiledRule{.form = plan::RowCheck{IsOfFormat(*format, target.OnlyColumn())},
                      .violation = "is not a valid " + format->title};
}

}  // namespace

RuleType matches_format() {
  return {.name = "matchesFormat",
          .summary =
              "Every non-null value as a whole is of the named format: it has its shape, and "
              "right check digits or a code that exists where the format says so.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"format", "iban"}},
                      .fields = {{"account", plan::FieldType::kString}},
                      .rows = {{"DE89 3704 0044 0532 0130 00"},
                               {"DE88370400440532013000"},
                               {nullptr},
                               {"37040044"}},
                      .failing_rows = {1, 3}},
          .compile = Compile};
}

}  // namespace assay::rules::types
