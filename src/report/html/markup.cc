#include "report/html/markup.h"

#include "base/utf8.h"
#include "report/number_format.h"
#include "report/utf8.h"

namespace assay::report {

std::string EscapeMarkup(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (size_t position = 0; position < text.size();) {
    const char32_t code_point = NextCodePoint(text, position);
    switch (code_point) {
      case '&': escaped += "&amp;"; continue;
      case '<': escaped += "&lt;"; continue;
      case '>': escaped += "&gt;"; continue;
      case '"': escaped += "&quot;"; continue;
      case '\'': escaped += "&#39;"; continue;
      // As references, because attributes turn the characters themselves into spaces.
      case '\n': escaped += "&#10;"; continue;
      case '\r': escaped += "&#13;"; continue;
      case '\t': escaped += "&#9;"; continue;
      default: break;
    }
    const bool is_forbidden =
        IsControl(code_point) || code_point == 0xFFFE || code_point == 0xFFFF;
    AppendUtf8(escaped, is_forbidden ? kReplacementCharacter : code_point);
  }
  return escaped;
}

std::string EscapeCut(std::string_view text, size_t code_points) {
  return EscapeMarkup(CutToCodePoints(text, code_points));
}

std::string ShareMarkup(double share) {
  return EscapeMarkup(FormatShare(share));
}

}  // namespace assay::report
