// Aligned tables of text for a terminal or a pipe.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

enum class Colour { kNone, kAnsi };

/// What the output device can show.
struct TerminalStyle {
  size_t width = 0;  // cells; 0: no limit (a pipe or a file)
  Colour colour = Colour::kNone;
};

/// Meaning of a piece of text; becomes a colour where there are colours.
enum class Tone { kPlain, kStrong, kFaint, kGood, kBad, kWarning, kAccent };

/// The text between the codes of its tone.
std::string Paint(std::string_view text, Tone tone, const TerminalStyle& style);

/// The text with control characters and broken UTF-8 made visible ("\x1b", "\n", U+FFFD), so
/// that data can neither steer the terminal nor break a line.
std::string Printable(std::string_view text);

/// At most `cells` wide, the last one "…" when something was cut. Expects printable text.
std::string CutToCells(std::string_view text, size_t cells);

enum class Alignment { kLeft, kRight };

struct TableColumn {
  std::string title;
  Alignment alignment = Alignment::kLeft;
  size_t min_width = 4;   // may be narrowed to this
  size_t max_width = 40;  // longer texts are cut
  int drop_order = 0;     // 1 is left out first when the table is too wide; 0 never
};

struct TableCell {
  std::string text;  // any data; made printable by the table
  Tone tone = Tone::kPlain;
  std::string brief = {};  // shown instead where `text` does not fit: a date for a time
};

/// Collects rows, then prints them with common widths. A table wider than the style's width
/// first narrows its widest columns, then leaves columns out by their drop_order.
class TerminalTable {
 public:
  explicit TerminalTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  /// As many cells as columns.
  void AddRow(std::vector<TableCell> cells);

  /// Lines ending in '\n', each starting with `indent` spaces, without trailing spaces. Columns
  /// whose cells are all empty are left out.
  std::string Print(const TerminalStyle& style, size_t indent = 0) const;

 private:
  std::vector<size_t> NaturalWidths() const;
  std::vector<size_t> Widths(const TerminalStyle& style, size_t indent) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<TableCell>> rows_;
};

}  // namespace assay::report
