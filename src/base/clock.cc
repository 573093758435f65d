#include "base/clock.h"

#include <fmt/format.h>

#include <cstdio>

namespace assay {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

/// Reads exactly `digits` decimal digits at `position`; -1 when there are none.
int ReadNumber(std::string_view text, size_t& position, size_t digits) {
  if (position + digits > text.size()) return -1;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    const char c = text[position + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  position += digits;
  return value;
}

bool Skip(std::string_view text, size_t& position, std::string_view any_of) {
  if (position >= text.size() || any_of.find(text[position]) == std::string_view::npos)
    return false;
  ++position;
  return true;
}

}  // namespace

Timestamp SystemClock::Now() {
  return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now());
}

std::string FormatTimestamp(Timestamp time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0)
    text += fmt::format(".{:06}", clock.subseconds().count());
  return text + "Z";
}

Result<Timestamp> ParseTimestamp(std::string_view text) {
  const auto invalid = [&] {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("not a UTC time such as 2026-01-31T08:30:00Z: '{}'", text));
  };
  size_t at = 0;
  const int year = ReadNumber(text, at, 4);
  if (year < 0 || !Skip(text, at, "-")) return invalid();
  const int month = ReadNumber(text, at, 2);
  if (month < 0 || !Skip(text, at, "-")) return invalid();
  const int day = ReadNumber(text, at, 2);
  const std::chrono::year_month_day date{
      std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
      std::chrono::day{static_cast<unsigned>(day < 0 ? 0 : day)}};
  if (!date.ok()) return invalid();
  Timestamp time{std::chrono::sys_days{date}};
  if (at == text.size()) return time;
  if (!Skip(text, at, "T ")) return invalid();
  const int hour = ReadNumber(text, at, 2);
  if (hour < 0 || hour > 23 || !Skip(text, at, ":")) return invalid();
  const int minute = ReadNumber(text, at, 2);
  if (minute < 0 || minute > 59) return invalid();
  int second = 0;
  int64_t micros = 0;
  if (Skip(text, at, ":")) {
    second = ReadNumber(text, at, 2);
    if (second < 0 || second > 59) return invalid();
    if (Skip(text, at, ".")) {
      int64_t scale = 100000;
      const size_t start = at;
      for (int digit; (digit = ReadNumber(text, at, 1)) >= 0; scale /= 10)
        micros += digit * scale;
      if (at == start) return invalid();
    }
  }
  time += std::chrono::hours{hour} + std::chrono::minutes{minute} +
          std::chrono::seconds{second} + microseconds{micros};
  if (at == text.size()) return time;
  if (Skip(text, at, "Zz")) return at == text.size() ? Result<Timestamp>(time) : invalid();
  const bool east = text[at] == '+';
  if (!Skip(text, at, "+-")) return invalid();
  const int offset_hours = ReadNumber(text, at, 2);
  Skip(text, at, ":");
  const int offset_minutes = at == text.size() ? 0 : ReadNumber(text, at, 2);
  if (offset_hours < 0 || offset_minutes < 0 || at != text.size()) return invalid();
  const auto offset = std::chrono::hours{offset_hours} + std::chrono::minutes{offset_minutes};
  return east ? time - offset : time + offset;
}

}  // namespace assay
