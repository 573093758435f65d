#include "import/dqdl_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::imports {
namespace {

using Kind = DqdlTokenKind;

constexpr int kMaxNesting = 64;

constexpr std::array<std::string_view, 6> kComparisons = {"=", "!=", "<", "<=", ">", ">="};

}  // namespace

const DqdlToken& DqdlSyntax::Peek(size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

DqdlToken DqdlSyntax::Take() {
  const DqdlToken token = Peek();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool DqdlSyntax::IsSymbol(std::string_view symbol, size_t ahead) const {
  return Peek(ahead).kind == Kind::kSymbol && Peek(ahead).text == symbol;
}

bool DqdlSyntax::TakeSymbol(std::string_view symbol) {
  if (!IsSymbol(symbol)) return false;
  Take();
  return true;
}

/// Keywords are in lower or in upper case.
bool DqdlSyntax::IsWord(std::string_view word, size_t ahead) const {
  const DqdlToken& token = Peek(ahead);
  if (token.kind != Kind::kWord) return false;
  std::string upper(word);
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return token.text == word || token.text == upper;
}

bool DqdlSyntax::TakeWord(std::string_view word) {
  if (!IsWord(word)) return false;
  Take();
  return true;
}

std::string DqdlSyntax::Unexpected() const {
  return AtEnd() ? "unexpected end" : fmt::format("unexpected '{}'", Peek().text);
}

std::unexpected<Error> DqdlSyntax::Expected(std::string_view what) const {
  return Fail(ErrorKind::kInvalidInput, fmt::format("expected {}, {}", what, Unexpected()));
}

void DqdlSyntax::SkipToComma(size_t offset) {
  while (next_ > 0 && tokens_[next_].offset > offset) --next_;
  int brackets = 0;
  while (!AtEnd()) {
    if (IsSymbol("]") && brackets == 0) return;
    if (IsSymbol(",") && brackets == 0 && StartsRule(1)) return;
    brackets += IsSymbol("[") ? 1 : IsSymbol("]") ? -1 : 0;
    Take();
  }
}

/// Parentheses may be what is wrong, so a comma ends a rule when another one seems to follow.
bool DqdlSyntax::StartsRule(size_t ahead) const {
  if (IsSymbol("(", ahead)) return true;
  const DqdlToken& token = Peek(ahead);
  return token.kind == Kind::kWord && token.text[0] >= 'A' && token.text[0] <= 'Z';
}

void DqdlSyntax::SkipBalanced() {
  int depth = 0;
  do {
    if (IsSymbol("(") || IsSymbol("[") || IsSymbol("{")) ++depth;
    if (IsSymbol(")") || IsSymbol("]") || IsSymbol("}")) --depth;
    Take();
  } while (depth > 0 && !AtEnd());
}

Result<DqdlNode> DqdlSyntax::Rule() {
  nesting_ = 0;
  return Joined();
}

/// `and` binds closer than `or`.
Result<DqdlNode> DqdlSyntax::Joined() {
  DqdlNode any = {.kind = DqdlNode::Kind::kOr};
  do {
    DqdlNode all = {.kind = DqdlNode::Kind::kAnd};
    do {
      ASSAY_TRY(DqdlNode part, Single());
      all.parts.push_back(std::move(part));
    } while (TakeWord("and"));
    if (all.parts.size() > 1) {
      any.parts.push_back(std::move(all));
    } else {
      any.parts.push_back(std::move(all.parts.front()));
    }
  } while (TakeWord("or"));
  if (any.parts.size() > 1) return any;
  DqdlNode only = std::move(any.parts.front());
  return only;
}

Result<DqdlNode> DqdlSyntax::Single() {
  if (!TakeSymbol("(")) {
    ASSAY_TRY(DqdlRule rule, Simple());
    return DqdlNode{.rule = std::move(rule)};
  }
  if (++nesting_ > kMaxNesting) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("nested deeper than {} parentheses", kMaxNesting));
  }
  ASSAY_TRY(DqdlNode inner, Joined());
  --nesting_;
  if (!TakeSymbol(")")) return Expected(")");
  if (IsWord("labels") && IsSymbol("=", 1)) {
    Take();
    Take();
    ASSAY_TRY(const Json labels, Labels());
    if (inner.kind == DqdlNode::Kind::kRule) inner.rule.labels.update(labels);
  }
  return inner;
}

Result<DqdlRule> DqdlSyntax::Simple() {
  if (Peek().kind != Kind::kWord) return Expected("a rule");
  const DqdlToken type = Take();
  DqdlRule rule = {.line = type.line, .type = type.text};
  ASSAY_RETURN_IF_ERROR(Parameters(rule));
  if (StartsCondition()) {
    ASSAY_TRY(rule.condition, Condition());
  }
  if (TakeWord("where")) {
    if (Peek().kind != Kind::kText) return Expected("a condition in quotes");
    rule.where = Take().text;
  }
  if (IsWord("labels") && IsSymbol("=", 1)) {
    Take();
    Take();
    ASSAY_TRY(rule.labels, Labels());
  }
  while (TakeWord("with")) {
    if (Peek().kind != Kind::kWord) return Expected("the name of an option");
    const std::string name = Take().text;
    ASSAY_TRY(DqdlCondition condition, Condition());
    rule.tags.emplace_back(name, std::move(condition));
  }
  return rule;
}

Status DqdlSyntax::Parameters(DqdlRule& rule) {
  while (!StartsCondition() && !IsWord("where") && !IsWord("with") &&
         !(IsWord("labels") && IsSymbol("=", 1))) {
    // `of` and `and` may stand before a parameter; `and` also joins rules.
    const size_t ahead = IsWord("of") || IsWord("and") ? 1 : 0;
    const DqdlToken& next = Peek(ahead);
    if (IsSymbol("$", ahead)) {
      if (ahead == 1) Take();
      Take();
      const auto variable = variables_.find(Peek().text);
      if (variable == variables_.end() || variable->second.size() != 1 ||
          !variable->second.front().value.is_string()) {
        return Expected("a variable with one text");
      }
      rule.parameters.push_back(variable->second.front().value.get<std::string>());
      Take();
      continue;
    }
    const bool is_parameter =
        next.kind == Kind::kText || (next.kind == Kind::kWord && !IsWord("and", ahead) &&
                                     !IsWord("or", ahead) && !IsWord("of", ahead));
    if (!is_parameter) return {};
    if (ahead == 1) Take();
    rule.parameters.push_back(Take().text);
  }
  return {};
}

bool DqdlSyntax::StartsCondition() const {
  if (Peek().kind == Kind::kSymbol) {
    return std::ranges::find(kComparisons, Peek().text) != kComparisons.end() ||
           (IsSymbol("!") && IsSymbol("=", 1));
  }
  return IsWord("between") || IsWord("in") || IsWord("matches") ||
         (IsWord("not") && (IsWord("between", 1) || IsWord("in", 1) || IsWord("matches", 1)));
}

Result<DqdlCondition> DqdlSyntax::Condition() {
  DqdlCondition condition;
  condition.is_negated = TakeWord("not");
  if (TakeWord("between")) {
    condition.operation = "between";
    for (const bool is_first : {true, false}) {
      if (!is_first && !TakeWord("and")) return Expected("and");
      ASSAY_TRY(DqdlOperand operand, Operand());
      condition.operands.push_back(std::move(operand));
    }
    return condition;
  }
  if (TakeWord("in")) {
    condition.operation = "in";
    ASSAY_RETURN_IF_ERROR(List(condition));
    return condition;
  }
  if (TakeWord("matches")) {
    condition.operation = "matches";
    if (Peek().kind != Kind::kText) return Expected("a pattern in quotes");
    condition.operands.push_back({.kind = DqdlOperand::Kind::kText, .value = Take().text});
    return condition;
  }
  if (IsSymbol("!") && IsSymbol("=", 1)) Take();
  const bool is_split_negation =
      next_ > 0 && tokens_[next_ - 1].text == "!" && tokens_[next_ - 1].kind == Kind::kSymbol;
  if (Peek().kind != Kind::kSymbol ||
      std::ranges::find(kComparisons, Peek().text) == kComparisons.end()) {
    return Expected("a condition");
  }
  condition.operation = is_split_negation ? "!=" : Peek().text;
  Take();
  ASSAY_TRY(DqdlOperand operand, Operand());
  condition.operands.push_back(std::move(operand));
  return condition;
}

Status DqdlSyntax::List(DqdlCondition& condition) {
  if (TakeSymbol("$")) {
    const auto variable = variables_.find(Peek().text);
    if (variable == variables_.end()) return Expected("a variable that is declared");
    Take();
    condition.operands = variable->second;
    return {};
  }
  if (!TakeSymbol("[")) return Expected("[");
  do {
    ASSAY_TRY(DqdlOperand operand, Operand());
    condition.operands.push_back(std::move(operand));
  } while (TakeSymbol(","));
  if (!TakeSymbol("]")) return Expected("]");
  return {};
}

Result<Json> DqdlSyntax::Labels() {
  Json labels = Json::object();
  if (!TakeSymbol("[")) return Expected("[");
  while (!IsSymbol("]")) {
    if (Peek().kind != Kind::kText) return Expected("a label in quotes");
    const std::string key = Take().text;
    if (!TakeSymbol("=")) return Expected("=");
    if (Peek().kind != Kind::kText) return Expected("the value of a label in quotes");
    labels[key] = Take().text;
    if (!TakeSymbol(",")) break;
  }
  if (!TakeSymbol("]")) return Expected("]");
  return labels;
}

Status DqdlSyntax::ReadVariable(const std::string& name) {
  DqdlCondition values;
  if (IsSymbol("[")) {
    ASSAY_RETURN_IF_ERROR(List(values));
  } else {
    ASSAY_TRY(DqdlOperand value, Operand());
    values.operands.push_back(std::move(value));
  }
  variables_[name] = std::move(values.operands);
  return {};
}

}  // namespace assay::imports
