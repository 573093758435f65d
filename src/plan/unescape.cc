#include "plan/unescape.h"

#include <charconv>
#include <cstdint>
#include <optional>

#include "base/utf8.h"

namespace assay::plan {
namespace {

std::optional<uint32_t> ReadDigits(std::string_view text, size_t count, int base) {
  if (text.size() < count) return std::nullopt;
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + count, value, base);
  if (error != std::errc() || end != text.data() + count) return std::nullopt;
  return value;
}

char SimpleEscape(char c) {
  switch (c) {
    case '0': return '\0';
    case 'b': return '\b';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'Z': return '\x1A';
    default: return c;
  }
}

}  // namespace

std::string Unescape(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    const char c = text[++i];
    const std::string_view rest = text.substr(i + 1);
    if (c == 'u' || c == 'U') {
      const size_t digits = c == 'u' ? 4 : 8;
      if (const auto code = ReadDigits(rest, digits, 16)) {
        AppendUtf8(result, *code);
        i += digits;
        continue;
      }
    }
    if (const auto octal = ReadDigits(text.substr(i), 3, 8); octal && *octal < 128) {
      result += static_cast<char>(*octal);
      i += 2;
      continue;
    }
    if (c == '%' || c == '_') result += '\\';
    result += SimpleEscape(c);
  }
  return result;
}

}  // namespace assay::plan
