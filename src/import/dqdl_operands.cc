// What conditions in DQDL compare with: numbers, texts, moments, durations, sizes.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "import/dqdl_syntax.h"
#include "import/sql_text.h"

namespace assay::imports {
namespace {

using Kind = DqdlTokenKind;

constexpr int kMaxArithmetic = 64;

struct Keyword {
  std::string_view word;
  DqdlOperand::Kind kind;
};

constexpr std::array<Keyword, 3> kKeywords = {{
    {"null", DqdlOperand::Kind::kNull},
    {"empty", DqdlOperand::Kind::kEmpty},
    {"whitespaces_only", DqdlOperand::Kind::kWhitespace},
}};

constexpr std::array<std::string_view, 3> kDurations = {"days", "hours", "minutes"};
constexpr std::array<std::string_view, 5> kSizes = {"B", "KB", "MB", "GB", "TB"};

bool StartsNumber(const DqdlToken& token) {
  return token.kind == Kind::kWord && !token.text.empty() && token.text[0] >= '0' &&
         token.text[0] <= '9';
}

std::string UpperCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

}  // namespace

Result<DqdlOperand> DqdlSyntax::Operand() {
  if (Peek().kind == Kind::kText) return TextOperand();
  for (const Keyword& keyword : kKeywords) {
    if (TakeWord(keyword.word)) return DqdlOperand{.kind = keyword.kind};
  }
  if (TakeSymbol("$")) {
    const auto variable = variables_.find(Peek().text);
    if (variable == variables_.end() || variable->second.size() != 1) {
      return Expected("a variable with one value");
    }
    Take();
    return variable->second.front();
  }
  const bool is_moment =
      IsWord("now") || (IsSymbol("(") && IsWord("now", 1) && IsSymbol("(", 2));
  if (is_moment) return Moment();
  if (StartsNumber(Peek()) && Peek(1).kind == Kind::kWord) {
    const auto unit = Peek(1).text;
    if (std::ranges::find(kDurations, unit) != kDurations.end()) {
      const std::string count = Take().text;
      Take();
      return DqdlOperand{.kind = DqdlOperand::Kind::kDuration,
                         .value = fmt::format("{} {}", count, UpperCase(unit))};
    }
    if (std::ranges::find(kSizes, unit) != kSizes.end()) {
      const std::string count = Take().text;
      Take();
      return DqdlOperand{.kind = DqdlOperand::Kind::kSize,
                         .value = fmt::format("{} {}", count, unit)};
    }
  }
  return Arithmetic();
}

Result<DqdlOperand> DqdlSyntax::TextOperand() {
  return DqdlOperand{.kind = DqdlOperand::Kind::kText, .value = Take().text};
}

/// now(), (now() - 3 days)
Result<DqdlOperand> DqdlSyntax::Moment() {
  const bool in_parentheses = TakeSymbol("(");
  Take();
  if (!TakeSymbol("(") || !TakeSymbol(")")) return Expected("()");
  std::string expression = "current_timestamp";
  if (in_parentheses) {
    const bool adds = IsSymbol("+");
    if (!TakeSymbol("+") && !TakeSymbol("-")) return Expected("+ or -");
    ASSAY_TRY(const DqdlOperand duration, Operand());
    if (duration.kind != DqdlOperand::Kind::kDuration) return Expected("a duration");
    if (!TakeSymbol(")")) return Expected(")");
    expression +=
        fmt::format(" {} INTERVAL {}", adds ? "+" : "-", duration.value.get<std::string>());
  }
  return DqdlOperand{.kind = DqdlOperand::Kind::kMoment, .value = expression};
}

/// A number, or arithmetic over functions of earlier runs, which has no value here.
Result<DqdlOperand> DqdlSyntax::Arithmetic() {
  const size_t start = next_;
  bool is_plain = true;
  ASSAY_RETURN_IF_ERROR(ArithmeticPart(is_plain));
  const DqdlToken last = tokens_[next_ - 1];
  while (TakeSymbol("+") || TakeSymbol("-") || TakeSymbol("*") || TakeSymbol("/")) {
    is_plain = false;
    ASSAY_RETURN_IF_ERROR(ArithmeticPart(is_plain));
  }
  if (!is_plain) return DqdlOperand{.kind = DqdlOperand::Kind::kComputed};
  const std::string text = (tokens_[start].text == "-" ? "-" : "") + last.text;
  const Result<Json> number = ParseJson(text);
  if (!number || !number->is_number()) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("not a number: '{}'", text));
  }
  return DqdlOperand{.kind = DqdlOperand::Kind::kNumber, .value = *number};
}

Status DqdlSyntax::ArithmeticPart(bool& is_plain) {
  if (nesting_ + 1 > kMaxArithmetic) {
    return Fail(ErrorKind::kInvalidInput, "nested too deeply");
  }
  TakeSymbol("-");
  if (StartsNumber(Peek())) {
    Take();
    return {};
  }
  is_plain = false;
  const bool is_call = Peek().kind == Kind::kWord && IsSymbol("(", 1);
  if (is_call) Take();
  if (!TakeSymbol("(")) return Expected("a number");
  ++nesting_;
  while (!IsSymbol(")")) {
    ASSAY_RETURN_IF_ERROR(ArithmeticPart(is_plain));
    if (!TakeSymbol("+") && !TakeSymbol("-") && !TakeSymbol("*") && !TakeSymbol("/") &&
        !TakeSymbol(",")) {
      break;
    }
  }
  --nesting_;
  if (!TakeSymbol(")")) return Expected(")");
  return {};
}

}  // namespace assay::imports
