#include "infer/character_classes.h"

#include <fmt/format.h>

namespace assay::infer {
namespace {

constexpr int64_t kMostRepetitions = 255;

}  // namespace

CharacterKinds KindOf(char c) {
  if (c >= 'a' && c <= 'z') return c <= 'f' ? kHexLower : kOtherLower;
  if (c >= 'A' && c <= 'Z') return c <= 'F' ? kHexUpper : kOtherUpper;
  if (c >= '0' && c <= '9') return kDigit;
  return static_cast<unsigned char>(c) >= 0x80 ? kNotAscii : CharacterKinds{0};
}

std::string Quoted(std::string_view text) {
  constexpr std::string_view kSpecial = "\\.+*?()|[]{}^$";
  std::string quoted;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) quoted += '\\';
    quoted += c;
  }
  return quoted;
}

std::string BracketExpression(CharacterKinds kinds, std::string_view characters,
                              bool is_hexadecimal) {
  std::string set;
  if ((kinds & kLower) != 0) set += is_hexadecimal ? "a-f" : "a-z";
  if ((kinds & kUpper) != 0) set += is_hexadecimal ? "A-F" : "A-Z";
  if ((kinds & kDigit) != 0) set += "0-9";
  if ((kinds & kNotAscii) != 0) set += "\\x{80}-\\x{10FFFF}";
  bool has_dash = false;
  for (const char c : characters) {
    if (c == '-') {
      has_dash = true;  // stands for itself only at the end
    } else {
      if (c == '\\' || c == ']' || c == '[' || c == '^') set += '\\';
      set += c;
    }
  }
  return "[" + set + (has_dash ? "-]" : "]");
}

std::string Repetition(int64_t low, int64_t high) {
  if (low == 1 && high == 1) return "";
  if (high > kMostRepetitions)
    return low <= 1 ? (low == 0 ? "*" : "+") : fmt::format("{{{},}}", low);
  return low == high ? fmt::format("{{{}}}", low) : fmt::format("{{{},{}}}", low, high);
}

}  // namespace assay::infer
