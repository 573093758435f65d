#include "import/dqdl_condition.h"

#include <re2/re2.h>

#include "import/sql_text.h"

namespace assay::imports {
namespace {

bool IsTimeOfDay(const std::string& text) {
  static const RE2 shape(R"(\d{1,2}:\d{2}( [AP]M)?)");
  return RE2::FullMatch(text, shape);
}

std::unexpected<Error> Refuse(std::string_view what) {
  return Fail(ErrorKind::kUnsupported, std::string(what));
}

}  // namespace

void AddCondition(std::string name, const DqdlCondition& condition, Parameters& parameters) {
  Json operands = Json::array();
  for (const DqdlOperand& operand : condition.operands) {
    operands.push_back({{"kind", static_cast<int>(operand.kind)}, {"value", operand.value}});
  }
  parameters.Add(std::move(name), {{"operation", condition.operation},
                                   {"is_negated", condition.is_negated},
                                   {"operands", std::move(operands)}});
}

std::optional<DqdlCondition> FindCondition(Parameters& parameters, std::string_view name) {
  const Json* json = parameters.Find(name);
  if (json == nullptr) return std::nullopt;
  DqdlCondition condition = {.operation = json->at("operation").get<std::string>(),
                             .is_negated = json->at("is_negated").get<bool>()};
  for (const Json& operand : json->at("operands")) {
    condition.operands.push_back(
        {.kind = static_cast<DqdlOperand::Kind>(operand.at("kind").get<int>()),
         .value = operand.at("value")});
  }
  return condition;
}

Result<Bounds> BoundsOf(const std::optional<DqdlCondition>& condition) {
  if (!condition) return Fail(ErrorKind::kInvalidInput, "has no condition");
  for (const DqdlOperand& operand : condition->operands) {
    if (operand.kind == DqdlOperand::Kind::kComputed) {
      return Refuse("its bound is worked out from earlier runs, and no rule does that");
    }
    const bool is_plain =
        operand.kind == DqdlOperand::Kind::kNumber || operand.kind == DqdlOperand::Kind::kText;
    if (!is_plain) return Refuse("no counterpart for what it is compared with");
    if (operand.kind == DqdlOperand::Kind::kText &&
        IsTimeOfDay(operand.value.get<std::string>())) {
      return Refuse("no counterpart for a time of day");
    }
  }
  const std::string& operation = condition->operation;
  if (condition->is_negated || operation == "!=") {
    return Refuse("no counterpart for a negated condition");
  }
  Bounds bounds;
  if (operation == "between") {
    bounds.min = condition->operands[0].value;
    bounds.max = condition->operands[1].value;
    return bounds;
  }
  if (operation == "in" || operation == "matches") {
    return Refuse("no counterpart for a list or pattern here");
  }
  const Json& value = condition->operands.front().value;
  if (operation == "=") {
    bounds.min = bounds.max = value;
  } else if (operation.starts_with('<')) {
    bounds.max = value;
    bounds.includes_max = operation == "<=";
  } else {
    bounds.min = value;
    bounds.includes_min = operation == ">=";
  }
  return bounds;
}

Result<std::string> SqlOf(const DqdlOperand& operand) {
  switch (operand.kind) {
    case DqdlOperand::Kind::kNumber: return SqlLiteral(operand.value);
    case DqdlOperand::Kind::kText:
      if (IsTimeOfDay(operand.value.get<std::string>())) {
        return Refuse("no counterpart for a time of day");
      }
      return SqlTimeLiteral(operand.value);
    case DqdlOperand::Kind::kMoment: return operand.value.get<std::string>();
    case DqdlOperand::Kind::kComputed:
      return Refuse("its bound is worked out from earlier runs, and no rule does that");
    case DqdlOperand::Kind::kNull:
    case DqdlOperand::Kind::kEmpty:
    case DqdlOperand::Kind::kWhitespace:
    case DqdlOperand::Kind::kDuration:
    case DqdlOperand::Kind::kSize: return Refuse("no counterpart for what it is compared with");
  }
  return Refuse("no counterpart for what it is compared with");
}

}  // namespace assay::imports
