#include "plan/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "plan/unescape.h"

namespace assay::plan {
namespace {

/// Longest first, so that <=> is not read as <= and >.
constexpr std::array<std::string_view, 33> kSymbols = {
    "<=>", "<=", ">=", "<>", "!=", "==", "||", "::", "->", "=>", "&&",
    "<<",  ">>", "=",  "<",  ">",  "!",  "+",  "-",  "*",  "/",  "%",
    "(",   ")",  ",",  ".",  "[",  "]",  "&",  "|",  "^",  "~",  ":"};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool StartsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool ContinuesWord(char c) {
  return StartsWord(c) || IsDigit(c);
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> Run() {
    while (true) {
      ASSAY_RETURN_IF_ERROR(SkipSpace());
      start_ = at_;
      if (at_ == text_.size()) {
        Add(TokenKind::kEnd, "");
        return std::move(tokens_);
      }
      ASSAY_RETURN_IF_ERROR(Next());
    }
  }

 private:
  bool At(std::string_view wanted) const { return text_.substr(at_).starts_with(wanted); }
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void Add(TokenKind kind, std::string text) {
    tokens_.push_back({kind, std::move(text), start_});
  }

  std::unexpected<Error> Refuse(const std::string& what) const {
    return Fail(ErrorKind::kInvalidInput, fmt::format("{}: {}", Position(text_, start_), what));
  }

  Status SkipSpace() {
    while (at_ < text_.size()) {
      if (IsSpace(text_[at_])) {
        ++at_;
      } else if (At("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (At("/*")) {
        start_ = at_;
        const size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return Refuse("the comment is not closed by */");
        at_ = end + 2;
      } else {
        break;
      }
    }
    return {};
  }

  Status Next() {
    const char c = Peek();
    if (c == '\'' || c == '"') return ReadString(Escapes::kResolve);
    if ((c == 'r' || c == 'R') && (Peek(1) == '\'' || Peek(1) == '"')) {
      ++at_;
      return ReadString(Escapes::kKeep);
    }
    if (c == '`') return ReadQuotedWord();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)) && !FollowsName())) return ReadNumber();
    if (StartsWord(c)) {
      while (ContinuesWord(Peek())) ++at_;
      Add(TokenKind::kWord, std::string(text_.substr(start_, at_ - start_)));
      return {};
    }
    if (At("{{")) return ReadPlaceholder();
    const auto* symbol =
        std::ranges::find_if(kSymbols, [&](std::string_view s) { return At(s); });
    if (symbol == kSymbols.end()) {
      return Refuse(
          c > ' ' ? fmt::format("unexpected character '{}'", c)
                  : fmt::format("unexpected character with code {}", static_cast<int>(c)));
    }
    at_ += symbol->size();
    Add(TokenKind::kSymbol, std::string(*symbol));
    return {};
  }

  /// Whether a point here separates a member from its struct.
  bool FollowsName() const {
    if (tokens_.empty() || tokens_.back().kind == TokenKind::kNumber) return false;
    return tokens_.back().kind == TokenKind::kWord ||
           tokens_.back().kind == TokenKind::kQuotedWord;
  }

  enum class Escapes { kResolve, kKeep };

  Status ReadString(Escapes escapes) {
    const char quote = text_[at_++];
    std::string raw;
    while (at_ < text_.size()) {
      if (text_[at_] == quote) {
        ++at_;
        if (Peek() != quote) {
          Add(TokenKind::kString, escapes == Escapes::kResolve ? Unescape(raw) : raw);
          return {};
        }
        // A doubled quote stands for itself; the backslash keeps Unescape from changing it.
        if (escapes == Escapes::kResolve) raw += '\\';
      } else if (text_[at_] == '\\' && escapes == Escapes::kResolve && at_ + 1 < text_.size()) {
        raw += text_[at_++];
      }
      raw += text_[at_++];
    }
    return Refuse(fmt::format("the text is not closed by {}", quote));
  }

  Status ReadQuotedWord() {
    std::string name;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '`' && Peek(1) != '`') {
        ++at_;
        if (name.empty()) return Refuse("a name in backquotes is empty");
        Add(TokenKind::kQuotedWord, std::move(name));
        return {};
      }
      if (text_[at_] == '`') ++at_;
      name += text_[at_];
    }
    return Refuse("the name is not closed by `");
  }

  Status ReadNumber() {
    while (IsDigit(Peek())) ++at_;
    if (Peek() == '.') {
      ++at_;
      while (IsDigit(Peek())) ++at_;
    }
    const bool exponent =
        (Peek() == 'e' || Peek() == 'E') &&
        (IsDigit(Peek(1)) || ((Peek(1) == '+' || Peek(1) == '-') && IsDigit(Peek(2))));
    if (exponent) {
      at_ += 2;
      while (IsDigit(Peek())) ++at_;
    }
    while (ContinuesWord(Peek())) ++at_;
    Add(TokenKind::kNumber, std::string(text_.substr(start_, at_ - start_)));
    return {};
  }

  Status ReadPlaceholder() {
    const size_t end = text_.find("}}", at_);
    if (end == std::string_view::npos) return Refuse("the placeholder is not closed by }}");
    std::string_view name = text_.substr(at_ + 2, end - at_ - 2);
    while (!name.empty() && IsSpace(name.front())) name.remove_prefix(1);
    while (!name.empty() && IsSpace(name.back())) name.remove_suffix(1);
    const auto allowed = [](char c) { return ContinuesWord(c) || c == '.' || c == '-'; };
    if (name.empty() || !std::ranges::all_of(name, allowed)) {
      return Refuse(
          "a placeholder is {{ name }}, the name made of letters, digits, _, . and -");
    }
    at_ = end + 2;
    Add(TokenKind::kPlaceholder, std::string(name));
    return {};
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t start_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> Tokenize(std::string_view text) {
  if (!IsUtf8(text)) return Fail(ErrorKind::kInvalidInput, "an expression must be valid UTF-8");
  return Lexer(text).Run();
}

std::string Position(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::ranges::count(before, '\n');
  const size_t break_at = before.rfind('\n');
  const std::string_view in_line =
      break_at == std::string_view::npos ? before : before.substr(break_at + 1);
  const auto starts_character = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  };
  return fmt::format("line {}, column {}", line,
                     1 + std::ranges::count_if(in_line, starts_character));
}

}  // namespace assay::plan
