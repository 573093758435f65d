// Type rules that look at what is written in the arguments: patterns, units and formats.

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "plan/like_pattern.h"
#include "plan/time_format.h"
#include "plan/typing.h"

namespace assay::plan {
namespace {

std::unexpected<Error> Refuse(std::string message) {
  return Fail(ErrorKind::kInvalidInput, std::move(message));
}

/// Applies Takes() and gives its error.
Status Take(const char* parameters, std::vector<Typed>& arguments) {
  ASSAY_TRY([[maybe_unused]] const ValueType type,
            Takes(parameters, ValueType::Null())(arguments));
  return {};
}

/// The number of groups of a pattern that RE2 accepts.
Result<int> GroupsOfPattern(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 regex(pattern, options);
  if (regex.ok()) return regex.NumberOfCapturingGroups();
  return Refuse(fmt::format(
      "not a pattern that RE2 accepts (it has no look-around and no back references), {}: '{}'",
      regex.error(), pattern));
}

Status CheckFormat(const std::vector<Typed>& arguments, size_t position) {
  if (arguments.size() <= position) return {};
  ASSAY_TRY([[maybe_unused]] const std::string format,
            StrftimeFormat(arguments[position].literal.text));
  return {};
}

Status CheckUnit(const Typed& unit) {
  if (TruncationUnit(unit.literal.text)) return {};
  return Refuse(
      fmt::format("not a unit (year, quarter, month, week, day, hour, minute, second): '{}'",
                  unit.literal.text));
}

}  // namespace

Result<ValueType> LikeRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take(arguments.size() == 3 ? "ssl" : "ss", arguments));
  const std::string escape = arguments.size() == 3 ? arguments[2].literal.text : "\\";
  if (escape.size() != 1 || escape == "%" || escape == "_") {
    return Refuse(fmt::format(
        "the escape of LIKE must be one ASCII character but not % or _: '{}'", escape));
  }
  const Typed& pattern = arguments[1];
  if (pattern.kind == Expression::Kind::kLiteral &&
      pattern.literal.kind == LiteralKind::kString) {
    ASSAY_TRY([[maybe_unused]] const auto pieces,
              ParseLikePattern(pattern.literal.text, escape[0]));
  }
  return ValueType::Boolean();
}

Result<ValueType> RegexRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("sl", arguments));
  ASSAY_TRY([[maybe_unused]] const int groups, GroupsOfPattern(arguments[1].literal.text));
  return ValueType::Boolean();
}

Result<ValueType> RegexReplaceRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("sll", arguments));
  ASSAY_TRY(const int groups, GroupsOfPattern(arguments[1].literal.text));
  const std::string& replacement = arguments[2].literal.text;
  for (size_t i = 0; i < replacement.size(); ++i) {
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (replacement[i] == '\\') {
      if (i + 1 == replacement.size())
        return Refuse("a replacement cannot end with a backslash");
      ++i;
    } else if (replacement[i] == '$' && (next < '0' || next > '9' || next - '0' > groups)) {
      return Refuse(fmt::format(
          "'$' in a replacement must be followed by the number of a group: '{}'", replacement));
    }
  }
  return ValueType::String();
}

Result<ValueType> RegexExtractRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("slk", arguments));
  ASSAY_TRY(const int groups, GroupsOfPattern(arguments[1].literal.text));
  const Literal group = arguments.size() == 3 ? arguments[2].literal : Literal::Integer(1);
  if (Less(group, Literal::Integer(0)) || Less(Literal::Integer(std::min(groups, 9)), group)) {
    return Refuse(
        fmt::format("the pattern has {} groups (at most 9 can be named): there is no group {}",
                    groups, group.text));
  }
  return ValueType::String();
}

Result<ValueType> HashRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("sk", arguments));
  const std::string& bits = arguments[1].literal.text;
  if (bits == "0" || bits == "256") return ValueType::String();
  return Fail(ErrorKind::kUnsupported,
              fmt::format("sha2 is supported with 256 bits only: {}", bits));
}

Result<ValueType> SplitPartRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("ssi", arguments));
  const Typed& part = arguments[2];
  if (part.kind == Expression::Kind::kLiteral && part.literal.text == "0") {
    return Refuse("parts are numbered from 1, or from -1 backwards");
  }
  return ValueType::String();
}

Result<ValueType> TruncateDateRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("Dl", arguments));
  ASSAY_RETURN_IF_ERROR(CheckUnit(arguments[1]));
  return ValueType::Date();
}

Result<ValueType> TruncateTimeRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("lt", arguments));
  ASSAY_RETURN_IF_ERROR(CheckUnit(arguments[0]));
  return ValueType::Timestamp();
}

Result<ValueType> ParseDateRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take(arguments.size() == 2 ? "sl" : "D", arguments));
  ASSAY_RETURN_IF_ERROR(CheckFormat(arguments, 1));
  return ValueType::Date();
}

Result<ValueType> ParseTimeRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take(arguments.size() == 2 ? "sl" : "t", arguments));
  ASSAY_RETURN_IF_ERROR(CheckFormat(arguments, 1));
  return ValueType::Timestamp();
}

Result<ValueType> UnixTimeRule(std::vector<Typed>& arguments) {
  // With a time as the first argument, Spark ignores the format.
  if (arguments.size() == 2 && arguments[0].type.kind != ValueType::Kind::kString)
    arguments.pop_back();
  ASSAY_RETURN_IF_ERROR(Take(arguments.size() == 2 ? "sl" : "t", arguments));
  ASSAY_RETURN_IF_ERROR(CheckFormat(arguments, 1));
  return ValueType::Integer();
}

Result<ValueType> FormatTimeRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("tl", arguments));
  ASSAY_RETURN_IF_ERROR(CheckFormat(arguments, 1));
  return ValueType::String();
}

Result<ValueType> FromUnixRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(Take("il", arguments));
  ASSAY_RETURN_IF_ERROR(CheckFormat(arguments, 1));
  return ValueType::String();
}

}  // namespace assay::plan
