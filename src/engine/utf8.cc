#include "engine/utf8.h"

#include "base/utf8.h"

namespace assay::engine {
namespace {

// U+10FF00 to U+10FFFF are F4 8F BC 80 to F4 8F BF BF.
constexpr char kEscapeLead = '\xF4';
constexpr char kEscapeSecond = '\x8F';
constexpr unsigned char kEscapeThird = 0xBC;
constexpr size_t kEscapeBytes = 4;

/// The next escape at or after `from`, or npos.
size_t FindEscape(std::string_view text, size_t from) {
  while ((from = text.find(kEscapeLead, from)) != std::string_view::npos) {
    if (from + kEscapeBytes <= text.size() && text[from + 1] == kEscapeSecond &&
        static_cast<unsigned char>(text[from + 2]) >= kEscapeThird) {
      return from;
    }
    ++from;
  }
  return from;
}

}  // namespace

void AppendEscapedByte(unsigned char byte, std::string& text) {
  text += kEscapeLead;
  text += kEscapeSecond;
  text += static_cast<char>(kEscapeThird + (byte >> 6));
  text += static_cast<char>(0x80 | (byte & 0x3F));
}

size_t AppendEscaped(std::string_view bytes, InputEnds ends, std::string& text) {
  size_t i = 0;
  size_t copied = 0;  // everything before it is in `text`
  while (i < bytes.size()) {
    const int length = Utf8SequenceLength(bytes, i);
    if (length > 0) {
      i += static_cast<size_t>(length);
      continue;
    }
    if (length < 0 && ends == InputEnds::kNo) break;
    text.append(bytes, copied, i - copied);
    AppendEscapedByte(static_cast<unsigned char>(bytes[i]), text);
    copied = ++i;
  }
  text.append(bytes, copied, i - copied);
  return i;
}

bool HasEscapedBytes(std::string_view text) {
  return FindEscape(text, 0) != std::string_view::npos;
}

std::string ReplaceEscapedBytes(std::string_view text) {
  std::string replaced;
  size_t from = 0;
  for (size_t at; (at = FindEscape(text, from)) != std::string_view::npos;
       from = at + kEscapeBytes) {
    replaced.append(text, from, at - from).append("\xEF\xBF\xBD");
  }
  return replaced.append(text.substr(from));
}

}  // namespace assay::engine
