#include "import/dqdl_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "import/dqdl_lexer.h"
#include "import/dqdl_syntax.h"

namespace assay::imports {
namespace {

using Kind = DqdlTokenKind;

/// The source between two tokens, on one line.
std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (is_blank && (line.empty() || line.back() == ' ')) continue;
    line += is_blank ? ' ' : c;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

/// Sections and lists; what is inside a rule is for DqdlSyntax.
class DocumentParser {
 public:
  DocumentParser(std::string_view text, std::vector<DqdlToken> tokens)
      : text_(text), syntax_(std::move(tokens)) {}

  Result<DqdlRuleset> Run() {
    while (!syntax_.AtEnd()) {
      const DqdlToken name = syntax_.Peek();
      if (name.kind != Kind::kWord || !syntax_.IsSymbol("=", 1)) {
        return Fail(
            ErrorKind::kInvalidInput,
            fmt::format("line {}: expected a section such as Rules = [ ... ]", name.line));
      }
      syntax_.Take();
      syntax_.Take();
      if (name.text == "Rules" || name.text == "Analyzers") {
        has_rules_ = true;
        ASSAY_RETURN_IF_ERROR(Entries(name.text == "Analyzers"));
      } else if (name.text == "DefaultLabels") {
        ASSAY_TRY(ruleset_.labels, syntax_.Labels());
      } else if (name.text == "Metadata" || name.text == "DataSources") {
        ruleset_.sections.push_back({.line = name.line, .name = name.text});
        syntax_.SkipBalanced();
      } else {
        ASSAY_RETURN_IF_ERROR(syntax_.ReadVariable(name.text));
      }
    }
    if (has_rules_) return std::move(ruleset_);
    return Fail(ErrorKind::kInvalidInput, "no list of rules: Rules = [ ... ]");
  }

 private:
  Status Entries(bool is_analyzer) {
    if (!syntax_.TakeSymbol("[")) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("line {}: expected [", syntax_.Peek().line));
    }
    while (!syntax_.TakeSymbol("]")) {
      if (syntax_.AtEnd()) {
        return Fail(ErrorKind::kInvalidInput,
                    fmt::format("line {}: the list is not closed by ]", syntax_.Peek().line));
      }
      Entry(is_analyzer);
      syntax_.TakeSymbol(",");
    }
    return {};
  }

  void Entry(bool is_analyzer) {
    const DqdlToken first = syntax_.Peek();
    DqdlEntry entry = {.line = first.line, .is_analyzer = is_analyzer};
    Result<DqdlNode> node = syntax_.Rule();
    const bool is_whole = syntax_.IsSymbol(",") || syntax_.IsSymbol("]") || syntax_.AtEnd();
    if (!node) {
      entry.error = node.error().message;
    } else if (!is_whole) {
      entry.error = syntax_.Unexpected();
    } else {
      entry.node = *std::move(node);
    }
    // Whatever went wrong, the next rule starts behind the next comma.
    if (!entry.error.empty()) syntax_.SkipToComma(first.offset);
    const size_t end = std::max(syntax_.LastEnd(), first.end);
    entry.text = OneLine(text_.substr(first.offset, end - first.offset));
    ruleset_.entries.push_back(std::move(entry));
  }

  std::string_view text_;
  DqdlSyntax syntax_;
  DqdlRuleset ruleset_;
  bool has_rules_ = false;
};

}  // namespace

Result<DqdlRuleset> ParseDqdl(std::string_view text) {
  ASSAY_TRY(std::vector<DqdlToken> tokens, TokenizeDqdl(text));
  return DocumentParser(text, std::move(tokens)).Run();
}

}  // namespace assay::imports
