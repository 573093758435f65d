#include "plan/text_predicates/card_number.h"

#include <algorithm>
#include <string>

#include "plan/text_predicates/check_digits.h"

namespace assay::plan {
namespace {

constexpr size_t kFewestDigits = 13;
constexpr size_t kMostDigits = 19;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Where the run of digits that starts at `start` ends.
size_t EndOfRun(std::string_view text, size_t start) {
  while (start < text.size() && IsDigit(text[start])) ++start;
  return start;
}

bool IsNumber(const std::string& digits) {
  return digits.size() >= kFewestDigits && digits.size() <= kMostDigits && digits[0] >= '2' &&
         digits[0] <= '6' && PassesLuhn(digits);
}

/// Whether `accept(end)` holds for the end of a card number that begins with the run of digits
/// at `start`.
template <class Accept>
bool BeginsWithNumber(std::string_view text, size_t start, const Accept& accept) {
  size_t end = EndOfRun(text, start);
  std::string digits(text.substr(start, std::min(end - start, kMostDigits + 1)));
  if (IsNumber(digits)) return accept(end);
  const char mark = end < text.size() ? text[end] : '\0';
  if (mark != ' ' && mark != '-') return false;
  for (size_t group = end - start; group >= 4 && group <= 6;) {
    if (end + 1 >= text.size() || text[end] != mark || !IsDigit(text[end + 1])) return false;
    const size_t next = end + 1;
    end = EndOfRun(text, next);
    group = end - next;
    if (digits.size() + group > kMostDigits || group > 7) return false;
    digits += text.substr(next, group);
    if (IsNumber(digits) && accept(end)) return true;
  }
  return false;
}

}  // namespace

bool IsCardNumber(std::string_view text) {
  return !text.empty() && IsDigit(text[0]) &&
         BeginsWithNumber(text, 0, [&](size_t end) { return end == text.size(); });
}

bool ContainsCardNumber(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    if (BeginsWithNumber(text, i, [](size_t) { return true; })) return true;
    i = EndOfRun(text, i);
  }
  return false;
}

}  // namespace assay::plan
