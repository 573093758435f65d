#include "import/dqdl_lexer.h"

#include <fmt/format.h>

#include <array>

namespace assay::imports {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '_' || c == '.';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<DqdlToken>> Run() {
    while (true) {
      SkipBlanks();
      start_ = at_;
      start_line_ = line_;
      if (at_ == text_.size()) {
        Add(DqdlTokenKind::kEnd, "");
        return std::move(tokens_);
      }
      ASSAY_RETURN_IF_ERROR(Next());
    }
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        if (c == '\n') ++line_;
        ++at_;
      } else {
        return;
      }
    }
  }

  Status Next() {
    const char c = text_[at_];
    if (c == '"') return ReadText();
    if (IsWordCharacter(c)) {
      while (at_ < text_.size() && IsWordCharacter(text_[at_])) ++at_;
      Add(DqdlTokenKind::kWord, std::string(text_.substr(start_, at_ - start_)));
      return {};
    }
    constexpr std::array<std::string_view, 21> kSymbols = {
        "!=", "<=", ">=", "->", "(", ")", "[", "]", "{", "}", ",",
        ":",  "=",  "!",  "<",  ">", "+", "-", "*", "/", "$"};
    for (const std::string_view symbol : kSymbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      at_ += symbol.size();
      Add(DqdlTokenKind::kSymbol, std::string(symbol));
      return {};
    }
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("line {}: unexpected character with code {}", line_,
                            static_cast<unsigned char>(c)));
  }

  /// \" and \\ are the only escapes; another backslash stays, as patterns need it.
  Status ReadText() {
    std::string value;
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      const bool is_escape = text_[at_] == '\\' && at_ + 1 < text_.size() &&
                             (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
      if (is_escape) ++at_;
      if (text_[at_] == '\n') ++line_;
      value += text_[at_++];
    }
    if (at_ == text_.size()) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("line {}: the text is not closed by \"", start_line_));
    }
    ++at_;
    Add(DqdlTokenKind::kText, std::move(value));
    return {};
  }

  void Add(DqdlTokenKind kind, std::string text) {
    tokens_.push_back({.kind = kind,
                       .text = std::move(text),
                       .line = start_line_,
                       .offset = start_,
                       .end = at_});
  }

  std::string_view text_;
  size_t at_ = 0, start_ = 0;
  int line_ = 1, start_line_ = 1;
  std::vector<DqdlToken> tokens_;
};

}  // namespace

Result<std::vector<DqdlToken>> TokenizeDqdl(std::string_view text) {
  return Lexer(text).Run();
}

}  // namespace assay::imports
