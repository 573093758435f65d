#include "plan/each.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/letter_case.h"
#include "plan/lexer.h"
#include "plan/parser.h"

namespace assay::plan {
namespace {

struct EachValue {
  Literal literal;
  std::string text;  // to stand in place of the call
};

/// A call of each() and where it stands in the text.
struct EachCall {
  size_t start = 0, end = 0;  // bytes; end is behind the last one
  std::vector<EachValue> values;
};

bool IsSymbol(const Token& token, std::string_view symbol) {
  return token.kind == TokenKind::kSymbol && token.text == symbol;
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Token>& tokens)
      : text_(text), tokens_(tokens) {}

  Result<std::vector<EachCall>> Calls() {
    std::vector<EachCall> calls;
    for (size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (!IsCall(i)) continue;
      ASSAY_TRY(EachCall call, ReadCall(i));
      calls.push_back(std::move(call));
    }
    return calls;
  }

 private:
  bool IsCall(size_t i) const {
    const bool is_member = i > 0 && IsSymbol(tokens_[i - 1], ".");
    return !is_member && tokens_[i].kind == TokenKind::kWord &&
           LowerAscii(tokens_[i].text) == "each" && IsSymbol(tokens_[i + 1], "(");
  }

  std::unexpected<Error> Refuse(const Token& at, std::string_view what) const {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: {}", Position(text_, at.offset), what));
  }

  /// The call at token `i`, which stays at its closing parenthesis.
  Result<EachCall> ReadCall(size_t& i) const {
    EachCall call;
    call.start = tokens_[i].offset;
    const Token& name = tokens_[i];
    i += 2;
    size_t first = i;
    int depth = 0;
    for (; depth > 0 || !IsSymbol(tokens_[i], ")"); ++i) {
      if (tokens_[i].kind == TokenKind::kEnd) return Refuse(name, "each( is not closed");
      if (IsSymbol(tokens_[i], "(")) ++depth;
      if (IsSymbol(tokens_[i], ")")) --depth;
      if (depth > 0 || !IsSymbol(tokens_[i], ",")) continue;
      ASSAY_RETURN_IF_ERROR(AddValue(first, i, call));
      first = i + 1;
    }
    ASSAY_RETURN_IF_ERROR(AddValue(first, i, call));
    call.end = tokens_[i].offset + 1;
    return call;
  }

  /// The value between two tokens.
  Status AddValue(size_t first, size_t end, EachCall& call) const {
    const Token& at = tokens_[first];
    if (first == end) return Refuse(at, "each() needs values, such as each('EU', 'US')");
    EachValue value;
    value.text = text_.substr(at.offset, tokens_[end].offset - at.offset);
    const auto parsed = ParseExpression(value.text);
    if (!parsed || parsed->kind() != Expression::Kind::kLiteral) {
      return Refuse(at,
                    "a value of each() must be one literal, such as 'EU', 5 or DATE "
                    "'2026-01-31'");
    }
    value.literal = parsed->literal();
    if (std::ranges::find(call.values, value.literal, &EachValue::literal) !=
        call.values.end()) {
      return Refuse(at, "each() has this value twice");
    }
    // A sign must not run into an operator before it, nor a comment into what follows.
    if (value.text.starts_with('-')) value.text = "(" + value.text + ")";
    if (value.text.find("--") != std::string::npos) value.text += "\n";
    call.values.push_back(std::move(value));
    return {};
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
};

/// The combination in which the call at `i` has its value `chosen[i]`.
EachCombination Combine(std::string_view text, const std::vector<EachCall>& calls,
                        const std::vector<size_t>& chosen) {
  EachCombination combination;
  size_t copied = 0;
  for (size_t i = 0; i < calls.size(); ++i) {
    const EachValue& value = calls[i].values[chosen[i]];
    combination.text += text.substr(copied, calls[i].start - copied);
    combination.text += value.text;
    combination.values.push_back(value.literal);
    copied = calls[i].end;
  }
  combination.text += text.substr(copied);
  return combination;
}

}  // namespace

Result<std::vector<EachCombination>> ExpandEach(std::string_view text, size_t most) {
  ASSAY_TRY(const std::vector<Token> tokens, Tokenize(text));
  ASSAY_TRY(const std::vector<EachCall> calls, Reader(text, tokens).Calls());
  size_t count = 1;
  for (const EachCall& call : calls) {
    count *= call.values.size();
    if (count <= most) continue;
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("its each() stand for too many combinations; the most are {}", most));
  }
  std::vector<EachCombination> combinations;
  std::vector<size_t> chosen(calls.size(), 0);
  for (size_t n = 0; n < count; ++n) {
    combinations.push_back(Combine(text, calls, chosen));
    for (size_t i = calls.size(); i > 0; --i) {
      if (++chosen[i - 1] < calls[i - 1].values.size()) break;
      chosen[i - 1] = 0;
    }
  }
  return combinations;
}

}  // namespace assay::plan
