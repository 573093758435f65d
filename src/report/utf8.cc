#include "report/utf8.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace assay::report {
namespace {

struct Range {
  char32_t first, last;
};

// East Asian Width W and F of Unicode 15, neighbouring blocks joined.
constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x2329, 0x232A},
    Range{0x23E9, 0x23EC},   Range{0x23F0, 0x23F0},   Range{0x23F3, 0x23F3},
    Range{0x25FD, 0x25FE},   Range{0x2614, 0x2615},   Range{0x2648, 0x2653},
    Range{0x26A1, 0x26A1},   Range{0x26BD, 0x26BE},   Range{0x26C4, 0x26C5},
    Range{0x26CE, 0x26CE},   Range{0x26D4, 0x26D4},   Range{0x26EA, 0x26EA},
    Range{0x2705, 0x2705},   Range{0x270A, 0x270B},   Range{0x2728, 0x2728},
    Range{0x274C, 0x274C},   Range{0x2753, 0x2755},   Range{0x2757, 0x2757},
    Range{0x2795, 0x2797},   Range{0x2B1B, 0x2B1C},   Range{0x2B50, 0x2B50},
    Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},
    Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97F},
    Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE10, 0xFE19},
    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x16FE0, 0x18CFF}, Range{0x1AFF0, 0x1B2FF}, Range{0x1F004, 0x1F004},
    Range{0x1F0CF, 0x1F0CF}, Range{0x1F18E, 0x1F18E}, Range{0x1F191, 0x1F19A},
    Range{0x1F200, 0x1F320}, Range{0x1F32D, 0x1F335}, Range{0x1F337, 0x1F37C},
    Range{0x1F37E, 0x1F393}, Range{0x1F3A0, 0x1F3CA}, Range{0x1F3CF, 0x1F3D3},
    Range{0x1F3E0, 0x1F3F0}, Range{0x1F3F4, 0x1F3F4}, Range{0x1F3F8, 0x1F43E},
    Range{0x1F440, 0x1F440}, Range{0x1F442, 0x1F4FC}, Range{0x1F4FF, 0x1F53D},
    Range{0x1F54B, 0x1F567}, Range{0x1F57A, 0x1F57A}, Range{0x1F595, 0x1F596},
    Range{0x1F5A4, 0x1F5A4}, Range{0x1F5FB, 0x1F64F}, Range{0x1F680, 0x1F6C5},
    Range{0x1F6CC, 0x1F6CC}, Range{0x1F6D0, 0x1F6D2}, Range{0x1F6D5, 0x1F6D7},
    Range{0x1F6DC, 0x1F6DF}, Range{0x1F6EB, 0x1F6EC}, Range{0x1F6F4, 0x1F6FC},
    Range{0x1F7E0, 0x1F7EB}, Range{0x1F90C, 0x1F9FF}, Range{0x1FA70, 0x1FAFF},
    Range{0x20000, 0x3FFFD},
};

// Combining marks (categories Mn and Me of the common scripts) and format characters.
constexpr std::array kZeroWidth = {
    Range{0x00AD, 0x00AD},   Range{0x0300, 0x036F},   Range{0x0483, 0x0489},
    Range{0x0591, 0x05BD},   Range{0x05BF, 0x05BF},   Range{0x05C1, 0x05C2},
    Range{0x05C4, 0x05C5},   Range{0x0610, 0x061A},   Range{0x064B, 0x065F},
    Range{0x0670, 0x0670},   Range{0x06D6, 0x06DC},   Range{0x06DF, 0x06E4},
    Range{0x0900, 0x0902},   Range{0x093C, 0x093C},   Range{0x0941, 0x0948},
    Range{0x094D, 0x094D},   Range{0x0E31, 0x0E31},   Range{0x0E34, 0x0E3A},
    Range{0x0E47, 0x0E4E},   Range{0x1AB0, 0x1AFF},   Range{0x1DC0, 0x1DFF},
    Range{0x200B, 0x200F},   Range{0x2028, 0x202E},   Range{0x2060, 0x2064},
    Range{0x20D0, 0x20F0},   Range{0x302A, 0x302D},   Range{0x3099, 0x309A},
    Range{0xFE00, 0xFE0F},   Range{0xFE20, 0xFE2F},   Range{0xFEFF, 0xFEFF},
    Range{0xE0001, 0xE007F}, Range{0xE0100, 0xE01EF},
};

template <size_t n>
bool Contains(const std::array<Range, n>& ranges, char32_t code_point) {
  const auto found = std::ranges::lower_bound(ranges, code_point, {}, &Range::last);
  return found != ranges.end() && found->first <= code_point;
}

}  // namespace

char32_t NextCodePoint(std::string_view text, size_t& position) {
  const int length = Utf8SequenceLength(text, position);
  const auto lead = static_cast<unsigned char>(text[position++]);
  if (length <= 0) return kReplacementCharacter;
  if (length == 1) return lead;
  char32_t code_point = lead & (0xFFu >> (length + 1));
  for (int i = 1; i < length; ++i)
    code_point = code_point << 6 | (static_cast<unsigned char>(text[position++]) & 0x3Fu);
  return code_point;
}

size_t CodePointCount(std::string_view text) {
  size_t count = 0;
  for (size_t position = 0; position < text.size(); ++count) NextCodePoint(text, position);
  return count;
}

std::string CutToCodePoints(std::string_view text, size_t code_points) {
  if (text.size() <= code_points) return std::string(text);
  std::string cut;
  size_t position = 0;
  for (size_t i = 0; i < code_points; ++i) {
    if (position >= text.size()) return std::string(text);
    AppendUtf8(cut, NextCodePoint(text, position));
  }
  if (position >= text.size()) return std::string(text);
  return cut + "…";
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t position = 0; position < text.size();) {
    const char32_t code_point = NextCodePoint(text, position);
    if (code_point < 0x300) {
      width += code_point == 0xAD ? 0 : 1;
    } else if (Contains(kZeroWidth, code_point)) {
      continue;
    } else {
      width += Contains(kWide, code_point) ? 2 : 1;
    }
  }
  return width;
}

bool IsControl(char32_t code_point) {
  if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0)) return true;
  const bool is_reordering = (code_point >= 0x202A && code_point <= 0x202E) ||
                             (code_point >= 0x2066 && code_point <= 0x2069) ||
                             code_point == 0x200E || code_point == 0x200F ||
                             code_point == 0x061C;
  return is_reordering || code_point == 0x2028 || code_point == 0x2029;
}

}  // namespace assay::report
