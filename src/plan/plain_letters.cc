#include "plan/plain_letters.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace assay::plan {
namespace {

/// What U+00C0 to U+00FF are without accent, the small letters again for the capitals.
constexpr std::array<std::string_view, 64> kLatin1 = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};

struct Run {
  uint32_t last;  // code point
  std::string_view letter;
};

/// U+0100 to U+017F, each run from behind the one before it.
constexpr std::array kExtended = {
    Run{0x105, "a"}, Run{0x10D, "c"}, Run{0x111, "d"},  Run{0x11B, "e"},  Run{0x123, "g"},
    Run{0x127, "h"}, Run{0x131, "i"}, Run{0x133, "ij"}, Run{0x135, "j"},  Run{0x138, "k"},
    Run{0x142, "l"}, Run{0x14B, "n"}, Run{0x151, "o"},  Run{0x153, "oe"}, Run{0x159, "r"},
    Run{0x161, "s"}, Run{0x167, "t"}, Run{0x173, "u"},  Run{0x175, "w"},  Run{0x178, "y"},
    Run{0x17E, "z"}, Run{0x17F, "s"}};

bool AppendLetter(uint32_t code_point, std::string& plain) {
  if (code_point >= 0xC0 && code_point <= 0xFF) {
    plain += kLatin1[code_point - 0xC0];
  } else if (code_point >= 0x100 && code_point <= 0x17F) {
    plain += std::ranges::lower_bound(kExtended, code_point, {}, &Run::last)->letter;
  } else if ((code_point >= 0x391 && code_point <= 0x3A9) ||
             (code_point >= 0x410 && code_point <= 0x42F)) {
    AppendUtf8(plain, code_point + 0x20);
  } else if (code_point >= 0x400 && code_point <= 0x40F) {
    AppendUtf8(plain, code_point + 0x50);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void AppendPlain(std::string_view text, size_t& i, std::string& plain) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x80) {
    plain += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : text[i];
    ++i;
    return;
  }
  const int length = Utf8SequenceLength(text, i);
  const size_t bytes = length > 0 ? static_cast<size_t>(length) : 1;
  if (bytes == 2) {
    const auto next = static_cast<unsigned char>(text[i + 1]);
    const uint32_t code_point = (byte & 0x1Fu) << 6 | (next & 0x3Fu);
    i += 2;
    if (!AppendLetter(code_point, plain)) plain += text.substr(i - 2, 2);
    return;
  }
  plain += text.substr(i, bytes);
  i += bytes;
}

}  // namespace assay::plan
