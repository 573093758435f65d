#include "report/html/page.h"

#include <fmt/format.h>

#include "report/html/markup.h"
#include "report/html/style.h"

namespace assay::report {
namespace {

/// "20 Nov 2026, 14:05 UTC".
std::string ReadableTime(Timestamp time) {
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{} {} {}, {:02}:{:02} UTC", static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(),
                     clock.minutes().count());
}

std::string FailureItem(std::string_view name, std::string_view reason) {
  return fmt::format("<li><span class=\"mono\">{}</span> <span class=\"soft\">{}</span></li>\n",
                     EscapeCut(name, 500), EscapeCut(reason, 2000));
}

std::string FailureCard(std::string_view title, const std::string& items) {
  return fmt::format("<div class=\"card failures\"><h3>{}</h3><ul>\n{}</ul></div>\n", title,
                     items);
}

}  // namespace

std::string HtmlPage(std::string_view title, std::string_view body) {
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>";
  page += EscapeCut(title, 200);
  page += "</title>\n<style>";
  page += StyleSheet();
  page += "</style>\n</head>\n<body>\n<main>\n";
  page += body;
  page += "</main>\n</body>\n</html>\n";
  return page;
}

std::string PageHeader(std::string_view title, std::string_view subtitle, Timestamp time) {
  return fmt::format(
      "<header>\n<p class=\"made\">Assay {} · {}</p>\n<h1>{}</h1>\n<p "
      "class=\"subtitle\">{}</p>\n</header>\n",
      ASSAY_VERSION, ReadableTime(time), EscapeMarkup(title), EscapeCut(subtitle, 500));
}

std::string FigureRow(const std::vector<Figure>& figures) {
  std::string row = "<div class=\"figures\">\n";
  for (const auto& figure : figures) {
    row += fmt::format(
        "<div><div class=\"number {}\">{}</div><div class=\"label\">{}</div></div>\n",
        figure.kind, EscapeMarkup(figure.value), EscapeMarkup(figure.label));
  }
  return row + "</div>\n";
}

std::string UnreadList(const std::vector<Unread>& unread) {
  if (unread.empty()) return "";
  std::string items;
  for (const auto& source : unread) items += FailureItem(source.name, source.error.message);
  return FailureCard("Could not be read", items);
}

std::string FileFailureList(const std::vector<engine::FileFailure>& failures) {
  if (failures.empty()) return "";
  std::string items;
  for (const auto& failure : failures)
    items += FailureItem(failure.relative_path, failure.error.message);
  return FailureCard("Files left out", items);
}

std::string SectionId(size_t container_index) {
  return fmt::format("container-{}", container_index + 1);
}

}  // namespace assay::report
