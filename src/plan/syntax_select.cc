// The list behind SELECT and the one behind GROUP BY.

#include <array>

#include "plan/syntax.h"

namespace assay::plan {
namespace {

/// Words that cannot be the name of a column without AS: a clause begins with them.
constexpr std::array<std::string_view, 13> kClauses = {
    "FROM",  "WHERE", "GROUP", "HAVING",  "ORDER", "LIMIT", "OVER",
    "UNION", "JOIN",  "ON",    "LATERAL", "SORT",  "WINDOW"};

}  // namespace

Result<std::string> Syntax::ColumnName() {
  const TokenKind kind = Peek().kind;
  if (kind != TokenKind::kWord && kind != TokenKind::kQuotedWord)
    return Expected("the name of a column");
  const Token token = Take();
  if (token.text.empty())
    return Refuse(ErrorKind::kInvalidInput, token, "the name of a column must not be empty");
  return token.text;
}

Result<std::vector<Syntax::SelectItem>> Syntax::SelectList() {
  std::vector<SelectItem> items;
  if (IsWord("DISTINCT") && Peek(1).kind != TokenKind::kSymbol) {
    return Refuse(ErrorKind::kUnsupported, Peek(),
                  "DISTINCT is not supported here; group by the values");
  }
  do {
    SelectItem& item = items.emplace_back();
    item.offset = Peek().offset;
    if (TakeSymbol("*")) continue;
    ASSAY_TRY(item.value, Or());
    if (TakeWord("AS")) {
      ASSAY_TRY(item.name, ColumnName());
      continue;
    }
    bool is_name = Peek().kind == TokenKind::kQuotedWord || Peek().kind == TokenKind::kWord;
    for (const std::string_view clause : kClauses) is_name = is_name && !IsWord(clause);
    if (is_name) {
      ASSAY_TRY(item.name, ColumnName());
    }
  } while (TakeSymbol(","));
  if (Peek().kind != TokenKind::kEnd) return Expected("',', AS or the end");
  return items;
}

Result<std::vector<Syntax::SelectItem>> Syntax::GroupingList() {
  std::vector<SelectItem> items;
  do {
    SelectItem& item = items.emplace_back();
    item.offset = Peek().offset;
    ASSAY_TRY(item.value, Or());
  } while (TakeSymbol(","));
  if (Peek().kind != TokenKind::kEnd) return Expected("',' or the end");
  return items;
}

}  // namespace assay::plan
