// Rule "fileHeader": each delimited file starts with the expected names.

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::vector<std::string> names;
  bool any_order = false;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("names", &Properties::names, "The names, all of them."),
      Optional("any_order", &Properties::any_order,
               "Whether they may come in another order than in `names`."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.names.empty())
    return Fail(ErrorKind::kInvalidInput, "names: must name at least one field");
  using Order = plan::FileCheck::Header::Order;
  return OnEachFile(
      {plan::FileCheck::Header{.names = properties.names,
                               .order = properties.any_order ? Order::kAny : Order::kSame}},
      "does not have the expected header");
}

}  // namespace

RuleType file_header() {
  RuleType rule = FileRule(
      "fileHeader",
      std::string(
          "The first row of each delimited file is the expected names, in their order and "
          "with no others, whatever the other files have. Of other formats nothing is "
          "asserted.") +
          kNotOfTables,
      PropertyFields().Schema(),
      Json::object({{"names", Json::array({"id", "country", "amount"})}}));
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
