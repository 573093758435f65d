#include "rules/formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/formats/groups.h"

namespace assay::rules {
namespace {

constexpr std::string_view kIntroduction = R"(# Named formats

What the formats of rule `matchesFormat` accept. A value is of a format as a whole: white space around it is not left out. It has to have
the shape, and to be valid where that says more than its shape: check digits, codes that exist. Whether somebody uses a number or
an address is not looked at.

This file is printed from the table in `src/rules/formats`.

| format | accepts | such as |
|---|---|---|
)";

/// Bars would end a cell.
std::string Cell(const std::string& text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? std::string("\\|") : std::string(1, c);
  return cell;
}

}  // namespace

std::span<const Format> AllFormats() {
  static const std::vector<Format> all = [] {
    std::vector<Format> joined;
    for (const auto group : {formats::Internet, formats::Payments, formats::Products,
                             formats::Codes, formats::People, formats::Technical}) {
      for (Format& format : group()) joined.push_back(std::move(format));
    }
    return joined;
  }();
  return all;
}

const Format* FindFormat(std::string_view name) {
  const std::span<const Format> all = AllFormats();
  const auto found = std::ranges::find(all, name, &Format::name);
  return found == all.end() ? nullptr : &*found;
}

plan::Expression HasShape(const Format& format, plan::Expression text) {
  return plan::MatchesRegex(std::move(text), "^(?:" + format.pattern + ")$");
}

plan::Expression ContainsShape(const Format& format, plan::Expression text) {
  return plan::MatchesRegex(std::move(text), format.pattern);
}

plan::Expression IsOfFormat(const Format& format, plan::Expression text) {
  plan::Expression shape = HasShape(format, text);
  if (!format.validate) return shape;
  // Only what has the shape is looked at more closely; null stays null.
  return plan::Expression::Call("if", {shape, format.validate(std::move(text)), shape});
}

std::string FormatReference() {
  std::string text(kIntroduction);
  for (const Format& format : AllFormats()) {
    text += fmt::format("| `{}` | {} | `{}` |\n", format.name, Cell(format.doc),
                        Cell(format.valid.front()));
  }
  return text;
}

}  // namespace assay::rules
