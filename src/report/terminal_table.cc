#include "report/terminal_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "report/utf8.h"

namespace assay::report {
namespace {

constexpr size_t kGap = 2;

const char* AnsiCode(Tone tone) {
  switch (tone) {
    case Tone::kPlain: return "";
    case Tone::kStrong: return "1";
    case Tone::kFaint: return "2";
    case Tone::kGood: return "32";
    case Tone::kBad: return "31";
    case Tone::kWarning: return "33";
    case Tone::kAccent: return "36";
  }
  return "";
}

size_t TotalWidth(const std::vector<size_t>& widths, size_t indent) {
  size_t total = indent;
  for (const size_t width : widths) total += width == 0 ? 0 : width + kGap;
  return total > indent ? total - kGap : total;
}

}  // namespace

std::string Paint(std::string_view text, Tone tone, const TerminalStyle& style) {
  if (style.colour == Colour::kNone || tone == Tone::kPlain || text.empty())
    return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", AnsiCode(tone), text);
}

std::string Printable(std::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  for (size_t position = 0; position < text.size();) {
    const char32_t code_point = NextCodePoint(text, position);
    if (!IsControl(code_point)) {
      AppendUtf8(printable, code_point);
    } else if (code_point == '\n') {
      printable += "\\n";
    } else if (code_point == '\t') {
      printable += "\\t";
    } else if (code_point == '\r') {
      printable += "\\r";
    } else {
      printable += code_point < 0x100
                       ? fmt::format("\\x{:02x}", static_cast<uint32_t>(code_point))
                       : fmt::format("\\u{:04x}", static_cast<uint32_t>(code_point));
    }
  }
  return printable;
}

std::string CutToCells(std::string_view text, size_t cells) {
  if (text.size() <= cells || DisplayWidth(text) <= cells) return std::string(text);
  if (cells == 0) return "";
  std::string cut;
  size_t used = 0;
  for (size_t position = 0; position < text.size();) {
    const size_t start = position;
    NextCodePoint(text, position);
    const std::string_view character = text.substr(start, position - start);
    const size_t width = DisplayWidth(character);
    if (used + width > cells - 1) break;
    used += width;
    cut += character;
  }
  return cut + "…";
}

void TerminalTable::AddRow(std::vector<TableCell> cells) {
  cells.resize(columns_.size());
  // Cut before measuring, so that a cell of many megabytes is looked at once.
  for (size_t i = 0; i < cells.size(); ++i) {
    const size_t most = columns_[i].max_width;
    cells[i].text = CutToCells(Printable(CutToCodePoints(cells[i].text, most * 4)), most);
  }
  rows_.push_back(std::move(cells));
}

std::vector<size_t> TerminalTable::NaturalWidths() const {
  std::vector<size_t> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row[i].text));
    }
  }
  for (size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] > 0) widths[i] = std::max(widths[i], DisplayWidth(columns_[i].title));
  }
  return widths;
}

std::vector<size_t> TerminalTable::Widths(const TerminalStyle& style, size_t indent) const {
  std::vector<size_t> natural = NaturalWidths();
  while (true) {
    std::vector<size_t> widths = natural;
    if (style.width == 0) return widths;
    while (TotalWidth(widths, indent) > style.width) {
      size_t widest = columns_.size();
      for (size_t i = 0; i < widths.size(); ++i) {
        if (widths[i] <= columns_[i].min_width) continue;
        if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
      }
      if (widest == columns_.size()) break;
      --widths[widest];
    }
    if (TotalWidth(widths, indent) <= style.width) return widths;
    size_t dropped = columns_.size();
    for (size_t i = 0; i < natural.size(); ++i) {
      if (natural[i] == 0 || columns_[i].drop_order == 0) continue;
      if (dropped == columns_.size() || columns_[i].drop_order < columns_[dropped].drop_order) {
        dropped = i;
      }
    }
    if (dropped == columns_.size()) return widths;
    natural[dropped] = 0;
  }
}

std::string TerminalTable::Print(const TerminalStyle& style, size_t indent) const {
  const std::vector<size_t> widths = Widths(style, indent);
  std::string text;
  const auto print_line = [&](auto cell_of) {
    std::string line(indent, ' ');
    std::string pending;  // spaces not yet needed
    for (size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] == 0) continue;
      const TableCell cell = cell_of(i);
      const bool is_too_wide = DisplayWidth(cell.text) > widths[i];
      const std::string shown =
          CutToCells(is_too_wide && !cell.brief.empty() ? cell.brief : cell.text, widths[i]);
      const std::string padding(widths[i] - DisplayWidth(shown), ' ');
      if (columns_[i].alignment == Alignment::kRight) pending += padding;
      if (!shown.empty()) {
        line += pending + Paint(shown, cell.tone, style);
        pending.clear();
      }
      if (columns_[i].alignment == Alignment::kLeft) pending += padding;
      pending.append(kGap, ' ');
    }
    text += line + "\n";
  };
  print_line([&](size_t i) { return TableCell{columns_[i].title, Tone::kFaint}; });
  for (const auto& row : rows_) print_line([&](size_t i) { return row[i]; });
  return text;
}

}  // namespace assay::report
