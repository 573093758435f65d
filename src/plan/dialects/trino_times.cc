// Dates and timestamps, all in UTC.

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"
#include "plan/time_format.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

constexpr std::string_view kEpoch = "TIMESTAMP '1970-01-01 00:00:00.000000'";

// Beyond these Trino would end the query instead of failing the row.
constexpr int kLastYear = 280'000;
constexpr int kMostDays = 1'000'000'000;
constexpr int kMostMonths = 12 * kLastYear;

std::string MovedDate(std::string_view unit, int most, const std::string& date,
                      const std::string& count, std::string_view sign) {
  return fmt::format(
      "CASE WHEN year({0}) BETWEEN -{1} AND {1} AND {2} BETWEEN -{3} AND {3} THEN "
      "date_add('{4}', {5}{2}, {0}) END",
      date, kLastYear, count, most, unit, sign);
}

std::string MovedByDays(const std::string& date, const std::string& days,
                        std::string_view sign) {
  return MovedDate("day", kMostDays, date, days, sign);
}

Result<std::string> PrintAddDays(const Typed&, const Arguments& arguments) {
  return MovedByDays(arguments[0], arguments[1], "");
}

Result<std::string> PrintSubtractDays(const Typed&, const Arguments& arguments) {
  return MovedByDays(arguments[0], arguments[1], "- ");
}

Result<std::string> PrintAddMonths(const Typed&, const Arguments& arguments) {
  return MovedDate("month", kMostMonths, arguments[0], arguments[1], "");
}

/// The parts of an interval, added one after the other.
struct Interval {
  int64_t months = 0, days = 0, milliseconds = 0;
};

Result<Interval> ReadInterval(const Typed& call) {
  constexpr int64_t kMostYears = 10'000;
  constexpr int64_t kMicrosecondsPerDay = 86'400'000'000;
  int64_t parts[3] = {};
  for (const size_t i : {0, 1, 2}) {
    const std::string& text = call.arguments[i].literal.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts[i]);
    if (error != std::errc()) return TrinoLacks(call, "more than 10,000 years");
  }
  const int64_t days = parts[1] + parts[2] / kMicrosecondsPerDay;
  const int64_t microseconds = parts[2] % kMicrosecondsPerDay;
  const auto within = [](int64_t value, int64_t most) {
    return value <= most && value >= -most;
  };
  if (!within(parts[0], 12 * kMostYears) || !within(parts[1], 366 * kMostYears) ||
      !within(days, 366 * kMostYears))
    return TrinoLacks(call, "more than 10,000 years");
  if (microseconds % 1000 != 0) return TrinoLacks(call, "fractions of a millisecond");
  return Interval{parts[0], days, microseconds / 1000};
}

/// `count` times a unit added to a timestamp; unchanged for 0.
std::string Added(std::string_view unit, int64_t count, const std::string& time) {
  return count == 0 ? time : fmt::format("date_add('{}', {}, {})", unit, count, time);
}

Result<std::string> PrintTruncateDate(const Typed& call, const Arguments& arguments) {
  const std::string unit = TruncationUnit(call.arguments[1].literal.text).value_or("day");
  if (unit != "year" && unit != "quarter" && unit != "month" && unit != "week")
    return arguments[0];
  return Checked(fmt::format("date_trunc('{}', {})", unit, arguments[0]));
}

Result<std::string> PrintTruncateTime(const Typed& call, const Arguments& arguments) {
  const std::string unit = TruncationUnit(call.arguments[0].literal.text).value_or("day");
  if (unit == "microsecond") return arguments[1];
  return Checked(fmt::format("date_trunc('{}', {})", unit, arguments[1]));
}

// Texts of times, cut out of '2026-01-31 08:30:00.000000'. From its end, because a year may be
// longer; not by date_format, which follows the session's language and knows no microseconds.

/// One conversion of strftime, of `text`, the timestamp as that text.
std::string Conversion(std::string_view conversion, const std::string& text,
                       const std::string& time) {
  using Part = std::pair<std::string_view, std::string_view>;
  constexpr std::array kParts = {
      Part("Y", "substr($1, 1, length($1) - 22)"),
      Part("y", "substr($1, -24, 2)"),
      Part("m", "substr($1, -21, 2)"),
      Part("-m", "CAST(month($2) AS varchar)"),
      Part("d", "substr($1, -18, 2)"),
      Part("-d", "CAST(day($2) AS varchar)"),
      Part("H", "substr($1, -15, 2)"),
      Part("-H", "CAST(hour($2) AS varchar)"),
      Part("I", "lpad(CAST((hour($2) + 11) % 12 + 1 AS varchar), 2, '0')"),
      Part("-I", "CAST((hour($2) + 11) % 12 + 1 AS varchar)"),
      Part("M", "substr($1, -12, 2)"),
      Part("-M", "CAST(minute($2) AS varchar)"),
      Part("S", "substr($1, -9, 2)"),
      Part("-S", "CAST(second($2) AS varchar)"),
      Part("g", "substr($1, -6, 3)"),
      Part("f", "substr($1, -6, 6)"),
      Part("p", "CASE WHEN hour($2) < 12 THEN 'AM' ELSE 'PM' END"),
      Part("j", "lpad(CAST(day_of_year($2) AS varchar), 3, '0')"),
      Part("-j", "CAST(day_of_year($2) AS varchar)"),
      Part("b",
           "substr('JanFebMarAprMayJunJulAugSepOctNovDec', CAST(month($2) AS integer) * 3 - 2, "
           "3)"),
      Part("B",
           "element_at(ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July', "
           "'August', 'September', 'October', 'November', 'December'], month($2))"),
      Part("a", "substr('MonTueWedThuFriSatSun', CAST(day_of_week($2) AS integer) * 3 - 2, 3)"),
      Part("A",
           "element_at(ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', "
           "'Saturday', 'Sunday'], day_of_week($2))"),
  };
  for (const auto& [name, sql] : kParts) {
    if (name == conversion) return FillTemplate(sql, {text, time});
  }
  return "NULL";
}

/// The text of a timestamp in a format of strftime.
std::string Formatted(const std::string& format, const std::string& time) {
  const std::string text = fmt::format("CAST({} AS varchar)", time);
  Arguments pieces;
  std::string plain;
  const auto end_plain = [&] {
    if (!plain.empty()) pieces.push_back(TrinoString(plain));
    plain.clear();
  };
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || format[i + 1] == '%') {
      plain += format[i];
      if (format[i] == '%') ++i;
      continue;
    }
    end_plain();
    const size_t length = format[i + 1] == '-' ? 2 : 1;
    pieces.push_back(Conversion(std::string_view(format).substr(i + 1, length), text, time));
    i += length;
  }
  end_plain();
  if (pieces.empty()) pieces.emplace_back("''");
  // A constant alone would not be null for null.
  return fmt::format("CASE WHEN {} IS NOT NULL THEN {} END", time, Balanced(pieces, "||"));
}

Result<std::string> PrintFormatTime(const Typed& call, const Arguments& arguments) {
  ASSAY_TRY(const std::string format, StrftimeFormat(call.arguments[1].literal.text));
  return TrinoOnce(call.arguments[0], arguments[0],
                   [&](const std::string& time) { return Formatted(format, time); });
}

Result<std::string> PrintFromUnix(const Typed& call, const Arguments& arguments) {
  std::string format = "%Y-%m-%d %H:%M:%S";
  if (arguments.size() == 2) {
    ASSAY_TRY(format, StrftimeFormat(call.arguments[1].literal.text));
  }
  return TrinoOnce(call, TrinoFromSeconds(arguments[0]),
                   [&](const std::string& time) { return Formatted(format, time); });
}

/// The fraction is cut off, also in front of 1970.
Result<std::string> PrintToUnix(const Typed& call, const Arguments& arguments) {
  if (arguments.size() == 2) return TrinoLacks(call, "a pattern");
  return TrinoOnce(call.arguments[0], arguments[0], [](const std::string& time) {
    return fmt::format(
        "({} + CASE WHEN {} < {} AND date_trunc('second', {}) <> {} THEN 1 ELSE 0 END)",
        TrinoToSeconds(time), time, kEpoch, time, time);
  });
}

/// With one argument these are templates.
Result<std::string> PrintParseTime(const Typed& call, const Arguments&) {
  return TrinoLacks(call, "a pattern");
}

/// What it is added to reads it by itself; alone it is only asked whether it is null.
Result<std::string> PrintInterval(const Typed& call, const Arguments&) {
  ASSAY_TRY(const Interval interval, ReadInterval(call));
  return fmt::format("ROW({}, {}, {})", interval.months, interval.days, interval.milliseconds);
}

}  // namespace

Result<std::string> TrinoOverTime(const Typed& call, const Arguments& arguments,
                                  std::string_view op) {
  const Typed& step = call.arguments[1];
  if (step.type.kind != Kind::kInterval)
    return MovedByDays(arguments[0], arguments[1], op == "-" ? "- " : "");
  ASSAY_TRY(const Interval interval, ReadInterval(step));
  const int sign = op == "-" ? -1 : 1;
  const std::string moved =
      Added("day", sign * interval.days, Added("month", sign * interval.months, arguments[0]));
  if (call.type.kind == Kind::kTimestamp)
    return Checked(Added("millisecond", sign * interval.milliseconds, moved));
  return fmt::format("CASE WHEN year({0}) BETWEEN -{1} AND {1} THEN {2} END", arguments[0],
                     kLastYear, moved);
}

std::string TrinoFromSeconds(const std::string& seconds) {
  // date_add takes counts of 32 bits.
  return Checked(fmt::format(
      "date_add('second', {0} % 86400, date_add('day', {0} / 86400, {1}))", seconds, kEpoch));
}

std::string TrinoToSeconds(const std::string& time) {
  return fmt::format("date_diff('second', {}, date_trunc('second', {}))", kEpoch, time);
}

OwnCall TrinoTimeCall(std::string_view function) {
  if (function == "date_add") return PrintAddDays;
  if (function == "date_sub") return PrintSubtractDays;
  if (function == "add_months") return PrintAddMonths;
  if (function == "trunc") return PrintTruncateDate;
  if (function == "date_trunc") return PrintTruncateTime;
  if (function == "date_format") return PrintFormatTime;
  if (function == "from_unixtime") return PrintFromUnix;
  if (function == "unix_timestamp") return PrintToUnix;
  if (function == "to_date" || function == "to_timestamp") return PrintParseTime;
  if (function == "interval") return PrintInterval;
  return nullptr;
}

}  // namespace assay::plan::dialects
