#include "engine/utf8.h"

#include <cstring>

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

/// The first byte at or after `from` that is not ASCII, or the end.
size_t SkipAscii(std::string_view bytes, size_t from) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  for (; from + 2 * sizeof(uint64_t) <= bytes.size(); from += 2 * sizeof(uint64_t)) {
    uint64_t a = 0, b = 0;
    std::memcpy(&a, bytes.data() + from, sizeof(a));
    std::memcpy(&b, bytes.data() + from + sizeof(a), sizeof(b));
    if (((a | b) & kHighBits) != 0) break;
  }
  while (from < bytes.size() && static_cast<unsigned char>(bytes[from]) < 0x80) ++from;
  return from;
}

bool IsContinuation(char byte) {
  return (byte & 0xC0) == 0x80;
}

/// Past the sequences of two and three bytes from `i` on, those of nearly all scripts, but for
/// the leads E0 and ED, whose second byte has limits of its own.
size_t SkipCommonSequences(std::string_view bytes, size_t i) {
  while (i + 3 <= bytes.size()) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (!IsContinuation(bytes[i + 1])) break;
    if (lead >= 0xC2 && lead <= 0xDF) {
      i += 2;
    } else if (lead >= 0xE1 && lead <= 0xEF && lead != 0xED && IsContinuation(bytes[i + 2])) {
      i += 3;
    } else {
      break;
    }
  }
  return i;
}

}  // namespace

size_t WellFormedBytes(std::string_view bytes) {
  size_t i = 0;
  while ((i = SkipAscii(bytes, i)) < bytes.size()) {
    const size_t skipped = SkipCommonSequences(bytes, i);
    if (skipped > i) {
      i = skipped;
      continue;
    }
    const int length = Utf8SequenceLength(bytes, i);
    if (length <= 0) break;
    i += static_cast<size_t>(length);
  }
  return i;
}

std::optional<int64_t> Utf8Front::Add(int64_t offset, std::string_view block, InputEnds ends) {
  const int64_t block_end = offset + static_cast<int64_t>(block.size());
  if (offset > seen_ || block_end < seen_) return std::nullopt;
  block.remove_prefix(static_cast<size_t>(seen_ - offset));
  seen_ = block_end;
  // A sequence goes on for at most three bytes: those decide about what was carried.
  while (!carried_.empty() && !block.empty()) {
    carried_ += block.front();
    block.remove_prefix(1);
    const int length = Utf8SequenceLength(carried_, 0);
    if (length > 0) carried_.clear();
    if (length == 0)
      return seen_ - static_cast<int64_t>(block.size()) - static_cast<int64_t>(carried_.size());
  }
  if (carried_.empty()) {
    const size_t good = WellFormedBytes(block);
    if (good < block.size() && Utf8SequenceLength(block, good) == 0)
      return seen_ - static_cast<int64_t>(block.size() - good);
    carried_ = block.substr(good);
  }
  if (ends == InputEnds::kYes && !carried_.empty())
    return seen_ - static_cast<int64_t>(carried_.size());
  return std::nullopt;
}

void AppendEscapedByte(unsigned char byte, std::string& text) {
  text += kEscapeLead;
  text += kEscapeSecond;
  text += static_cast<char>(kEscapeThird + (byte >> 6));
  text += static_cast<char>(0x80 | (byte & 0x3F));
}

size_t AppendEscaped(std::string_view bytes, InputEnds ends, std::string& text) {
  size_t i = 0;
  size_t copied = 0;  // everything before it is in `text`
  while ((i += WellFormedBytes(bytes.substr(i))) < bytes.size()) {
    if (Utf8SequenceLength(bytes, i) < 0 && ends == InputEnds::kNo) break;
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
