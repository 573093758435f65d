#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "report/html/anomaly_card.h"
#include "report/html/markup.h"
#include "report/html/profile_page.h"
#include "report/html/scan_page.h"
#include "tests/report/markup_reader.h"
#include "tests/report/sample_reports.h"

namespace assay::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kHostile =
    "</style></title><script>alert(1)</script>\" onmouseover='x()' & &lt; \xff\x01\u202E";

std::vector<std::string> Pages(const std::string& text) {
  return {ProfilePage(ProfileOfText(text)), ScanPage(ScanOfText(text))};
}

TEST(MarkupTest, EscapesWhatCouldLeaveTextOrAttribute) {
  EXPECT_EQ(EscapeMarkup("<a href=\"x\">&'\n"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&#10;");
  EXPECT_EQ(EscapeMarkup(std::string_view("a\0b\x1b\xff\u202E", 8)),
            "a\uFFFDb\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(EscapeCut("<<<<", 2), "&lt;&lt;…");
}

TEST(HtmlTest, SamplePagesAreWellFormed) {
  EXPECT_EQ(ReadMarkup(ProfilePage(SampleProfile())).error, "");
  EXPECT_EQ(ReadMarkup(ScanPage(SampleScan())).error, "");
}

TEST(HtmlTest, HostileTextStaysText) {
  const size_t elements_of_profile =
      ReadMarkup(ProfilePage(ProfileOfText("x"))).elements.size();
  const size_t elements_of_scan = ReadMarkup(ScanPage(ScanOfText("x"))).elements.size();
  const Markup profile = ReadMarkup(ProfilePage(ProfileOfText(kHostile)));
  const Markup scan = ReadMarkup(ScanPage(ScanOfText(kHostile)));
  EXPECT_EQ(profile.error, "");
  EXPECT_EQ(scan.error, "");
  EXPECT_EQ(profile.elements.size(), elements_of_profile);
  EXPECT_EQ(scan.elements.size(), elements_of_scan);
  EXPECT_THAT(profile.text, HasSubstr("<script>alert(1)</script>"));
  EXPECT_THAT(scan.text, HasSubstr("<script>alert(1)</script>"));
}

TEST(HtmlTest, PagesNeedNothingElse) {
  for (const auto& page : Pages("https://example.com/x.js")) {
    const Markup markup = ReadMarkup(page);
    ASSERT_EQ(markup.error, "");
    for (const auto& element : markup.elements) {
      EXPECT_TRUE(element.name != "script" && element.name != "link" && element.name != "img")
          << element.name;
      for (const auto& [name, value] : element.attributes) {
        EXPECT_FALSE(name == "src" || name.starts_with("on")) << name;
        EXPECT_TRUE(name != "href" || value.starts_with("#")) << value;
      }
    }
    EXPECT_THAT(page, Not(HasSubstr("url(")));
    EXPECT_THAT(page, Not(HasSubstr("@import")));
  }
}

TEST(HtmlTest, VeryLongTextsAreCut) {
  for (const auto& page : Pages(std::string(10'000, 'w'))) {
    EXPECT_EQ(ReadMarkup(page).error, "");
    EXPECT_THAT(page, Not(HasSubstr(std::string(2'001, 'w'))));
  }
}

TEST(HtmlTest, LinksLeadToSections) {
  const Markup markup = ReadMarkup(ProfilePage(ProfileOfText("x")));
  std::set<std::string> ids;
  for (const auto& element : markup.elements) {
    if (const auto id = element.attributes.find("id"); id != element.attributes.end()) {
      EXPECT_TRUE(ids.insert(id->second).second) << id->second;
    }
  }
  for (const auto& element : markup.elements) {
    if (element.name != "a") continue;
    EXPECT_TRUE(ids.contains(element.attributes.at("href").substr(1)));
  }
}

TEST(HtmlTest, EmptyReportsArePagesToo) {
  EXPECT_EQ(ReadMarkup(ProfilePage({})).error, "");
  EXPECT_EQ(ReadMarkup(ScanPage({})).error, "");
}

TEST(ScanPageTest, MarksExactlyTheFailingCells) {
  const Markup markup = ReadMarkup(ScanPage(SampleScan()));
  std::map<std::string, int> cells;
  for (const auto& element : markup.elements) {
    const auto css_class = element.attributes.find("class");
    if (css_class != element.attributes.end() && css_class->second == "failing")
      ++cells[element.name];
  }
  // Two rows fail on amount, one example on order_no; each table marks one column.
  EXPECT_EQ(cells, (std::map<std::string, int>{{"td", 3}, {"th", 2}}));
}

TEST(AnomalyGroupTest, SingleRowsOfTheSameChecksStandTogether) {
  const ScanReport report = SampleScan();
  const std::vector<AnomalyGroup> groups = GroupAnomalies(report.containers.front());
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].failed_checks, std::vector<size_t>{2});
  EXPECT_EQ(groups[0].anomalies.size(), 1u);
  EXPECT_EQ(groups[1].failed_checks, std::vector<size_t>{1});
  EXPECT_EQ(groups[1].anomalies.size(), 2u);
}

}  // namespace
}  // namespace assay::report
