#include "report/terminal_table.h"

#include <gtest/gtest.h>

#include "report/utf8.h"

namespace assay::report {
namespace {

TerminalTable Sample() {
  TerminalTable table({
      {.title = "name", .min_width = 4, .max_width = 10},
      {.title = "rows", .alignment = Alignment::kRight, .min_width = 4},
      {.title = "note", .min_width = 4, .drop_order = 1},
  });
  table.AddRow({{.text = "orders"}, {.text = "1,200"}, {.text = "fine"}});
  table.AddRow({{.text = "日本"}, {.text = "7"}, {.text = ""}});
  return table;
}

TEST(TerminalTableTest, AlignsByCellsOfTheTerminal) {
  EXPECT_EQ(Sample().Print({}),
            "name     rows  note\n"
            "orders  1,200  fine\n"
            "日本        7\n");
}

TEST(TerminalTableTest, IndentsEveryLine) {
  EXPECT_EQ(Sample().Print({}, 2),
            "  name     rows  note\n"
            "  orders  1,200  fine\n"
            "  日本        7\n");
}

TEST(TerminalTableTest, NarrowsTheWidestColumnFirst) {
  EXPECT_EQ(Sample().Print({.width = 18}),
            "name    rows  note\n"
            "orde…  1,200  fine\n"
            "日本       7\n");
}

TEST(TerminalTableTest, LeavesColumnsOutWhenNarrowingIsNotEnough) {
  EXPECT_EQ(Sample().Print({.width = 12}),
            "name    rows\n"
            "orde…  1,200\n"
            "日本       7\n");
}

TEST(TerminalTableTest, LeavesOutColumnsWithoutAnyText) {
  TerminalTable table({{.title = "a"}, {.title = "b"}});
  table.AddRow({{.text = "1"}, {.text = ""}});
  EXPECT_EQ(table.Print({}), "a\n1\n");
}

TEST(TerminalTableTest, ShowsTheBriefTextWhereTheWholeDoesNotFit) {
  TerminalTable table({{.title = "time", .min_width = 10}});
  table.AddRow({{.text = "2025-01-01 00:00:03", .brief = "2025-01-01"}});
  EXPECT_EQ(table.Print({.width = 12}), "time\n2025-01-01\n");
  EXPECT_EQ(table.Print({.width = 40}), "time\n2025-01-01 00:00:03\n");
}

TEST(TerminalTableTest, ColoursOnlyWhenAsked) {
  TerminalTable table({{.title = "a"}});
  table.AddRow({{.text = "x", .tone = Tone::kBad}});
  EXPECT_EQ(table.Print({}), "a\nx\n");
  EXPECT_EQ(table.Print({.colour = Colour::kAnsi}), "\x1b[2ma\x1b[0m\n\x1b[31mx\x1b[0m\n");
}

TEST(TerminalTableTest, DataCannotSteerTheTerminal) {
  TerminalTable table({{.title = "a", .max_width = 60}});
  table.AddRow({{.text = "\x1b[31mred\nnext\ttab \xff \u202Ereversed\u009B"}});
  EXPECT_EQ(table.Print({}), "a\n\\x1b[31mred\\nnext\\ttab \uFFFD \\u202ereversed\\x9b\n");
}

TEST(TerminalTableTest, CutsAVeryLongCell) {
  TerminalTable table({{.title = "a", .max_width = 5}});
  table.AddRow({{.text = std::string(10'000'000, 'x')}});
  EXPECT_EQ(table.Print({}), "a\nxxxx…\n");
}

TEST(Utf8Test, WidthCountsCellsNotBytes) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("né"), 2u);
  EXPECT_EQ(DisplayWidth("ne\u0301"), 2u);
  EXPECT_EQ(DisplayWidth("東京"), 4u);
  EXPECT_EQ(DisplayWidth("🚀"), 2u);
  EXPECT_EQ(DisplayWidth("▁█"), 2u);
  EXPECT_EQ(DisplayWidth("\xff\xfe"), 2u);
}

TEST(Utf8Test, BrokenBytesBecomeReplacementCharacters) {
  for (const std::string text :
       {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    size_t position = 0;
    EXPECT_EQ(NextCodePoint(text, position), kReplacementCharacter);
    EXPECT_EQ(position, 1u);
  }
}

TEST(Utf8Test, CutsByCodePoints) {
  EXPECT_EQ(CutToCodePoints("naïve", 5), "naïve");
  EXPECT_EQ(CutToCodePoints("naïve", 3), "naï…");
  EXPECT_EQ(CutToCodePoints("", 3), "");
}

}  // namespace
}  // namespace assay::report
