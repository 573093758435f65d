// Between YAML scalars and JSON values.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "rules/yaml_document.h"

namespace assay::rules {
namespace {

/// Any decimal number of at most so many digits survives a double.
constexpr size_t kExactDigits = 15;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

/// An optional sign, digits with at most one point, an optional exponent; no leading zeros.
bool IsNumber(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const size_t exponent = text.find_first_of("eE");
  std::string_view mantissa = text.substr(0, exponent);
  if (exponent != std::string_view::npos) {
    std::string_view power = text.substr(exponent + 1);
    if (!power.empty() && (power[0] == '-' || power[0] == '+')) power.remove_prefix(1);
    if (power.empty() || !std::ranges::all_of(power, IsDigit)) return false;
  }
  if (mantissa.size() > 1 && mantissa[0] == '0' && IsDigit(mantissa[1])) return false;
  return std::ranges::any_of(mantissa, IsDigit) && std::ranges::count(mantissa, '.') <= 1 &&
         std::ranges::all_of(mantissa, [](char c) { return IsDigit(c) || c == '.'; });
}

/// The digits that count, without sign, point, exponent and zeros at either end.
std::string SignificantDigits(std::string_view number) {
  std::string digits;
  for (const char c : number.substr(0, number.find_first_of("eE"))) {
    if (IsDigit(c) && !(digits.empty() && c == '0')) digits += c;
  }
  while (digits.ends_with('0')) digits.pop_back();
  return digits;
}

Json PlainToJson(const std::string& text) {
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (!IsNumber(text)) return text;
  const std::string_view number = text[0] == '+' ? std::string_view(text).substr(1) : text;
  const char* end = number.data() + number.size();
  int64_t integer = 0;
  if (const auto read = std::from_chars(number.data(), end, integer);
      read.ec == std::errc() && read.ptr == end) {
    return integer;
  }
  double fraction = 0;
  const auto read = std::from_chars(number.data(), end, fraction);
  if (read.ec != std::errc() || !std::isfinite(fraction)) return text;
  const std::string digits = SignificantDigits(number);
  const bool is_exact =
      digits.size() <= kExactDigits || digits == SignificantDigits(fmt::format("{}", fraction));
  return is_exact ? Json(fraction) : Json(text);
}

/// Words that some reader takes for something else than text.
bool IsReserved(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::array kWords = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  return std::ranges::find(kWords, text) != kWords.end();
}

/// Texts that need no quotes in any reader: words of letters, digits, '_', single spaces
/// inside.
bool IsPlainWord(const std::string& text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !is_letter(text.front()) || text.back() == ' ' || IsReserved(text)) {
    return false;
  }
  return std::ranges::all_of(text,
                             [&](char c) { return is_letter(c) || IsDigit(c) || c == ' '; });
}

std::string PrintText(const std::string& text) {
  if (IsPlainWord(text)) return text;
  const std::string json = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  // Single quotes would fold or refuse control characters; the escapes of JSON are also YAML's.
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(text, is_control)) {
    std::string escaped;
    for (const char c : json) escaped += c == 0x7f ? "\\x7f" : std::string(1, c);
    return escaped;
  }
  std::string quoted = "'";
  for (const char c : Json::parse(json).get<std::string>()) {
    quoted += c == '\'' ? "''" : std::string(1, c);
  }
  return quoted + "'";
}

}  // namespace

Json YamlToJson(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull: return nullptr;
    case YamlNode::Kind::kPlain: return PlainToJson(node.text);
    case YamlNode::Kind::kQuoted: return node.text;
    case YamlNode::Kind::kSequence: {
      Json list = Json::array();
      for (const YamlNode& child : node.children) list.push_back(YamlToJson(child));
      return list;
    }
    case YamlNode::Kind::kMapping: {
      Json object = Json::object();
      for (const YamlNode& child : node.children) object[child.key] = YamlToJson(child);
      return object;
    }
  }
  return nullptr;
}

std::string PrintYaml(const Json& value) {
  if (value.is_string()) return PrintText(value.get_ref<const std::string&>());
  if (!value.is_structured()) return value.dump();
  std::string items;
  for (const auto& [key, item] : value.items()) {
    if (!items.empty()) items += ", ";
    if (value.is_object()) items += PrintText(key) + ": ";
    items += PrintYaml(item);
  }
  return value.is_object() ? "{" + items + "}" : "[" + items + "]";
}

}  // namespace assay::rules
