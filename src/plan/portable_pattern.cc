#include "plan/portable_pattern.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace assay::plan {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Members of classes, as RE2 means them: ASCII only.
constexpr std::array kClasses = {
    Pair("d", "0-9"),
    Pair("w", "0-9A-Za-z_"),
    Pair("s", "\\t\\n\\f\\r "),
    Pair("[:alnum:]", "0-9A-Za-z"),
    Pair("[:alpha:]", "A-Za-z"),
    Pair("[:digit:]", "0-9"),
    Pair("[:lower:]", "a-z"),
    Pair("[:upper:]", "A-Z"),
    Pair("[:word:]", "0-9A-Za-z_"),
    Pair("[:xdigit:]", "0-9A-Fa-f"),
    Pair("[:space:]", "\\t\\n\\x0B\\f\\r "),
    Pair("[:blank:]", "\\t "),
};

std::string_view MembersOf(std::string_view name) {
  for (const auto& [known, members] : kClasses) {
    if (known == name) return members;
  }
  return "";
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string Utf8(uint32_t point) {
  std::string text;
  const auto add = [&](uint32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    add(0xE0 | (point >> 12));
    add(0x80 | ((point >> 6) & 0x3F));
  } else {
    add(0xF0 | (point >> 18));
    add(0x80 | ((point >> 12) & 0x3F));
    add(0x80 | ((point >> 6) & 0x3F));
  }
  if (point >= 0x80) add(0x80 | (point & 0x3F));
  return text;
}

/// A character as itself, outside and inside of classes.
std::string Quoted(const std::string& character) {
  constexpr std::string_view kSpecial = R"(\.[]{}()*+?^$|-&)";
  return kSpecial.find(character) == std::string_view::npos ? character : "\\" + character;
}

class Translator {
 public:
  explicit Translator(std::string_view pattern) : pattern_(pattern) {}

  Result<PortablePattern> Run() {
    ASSAY_TRY(PortablePattern whole, Alternatives(0));
    if (at_ < pattern_.size()) return Refuse("a parenthesis");
    return whole;
  }

 private:
  static constexpr int kMaxNesting = 100;

  std::unexpected<Error> Refuse(std::string_view what) const {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("engines differ in {} of the pattern, at byte {}: '{}'", what, at_,
                            pattern_));
  }

  bool At(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }

  bool Take(std::string_view text) {
    if (!At(text)) return false;
    at_ += text.size();
    return true;
  }

  /// One character of UTF-8.
  std::string TakeCharacter() {
    size_t end = at_ + 1;
    while (end < pattern_.size() && (static_cast<unsigned char>(pattern_[end]) & 0xC0) == 0x80)
      ++end;
    std::string character(pattern_.substr(at_, end - at_));
    at_ = end;
    return character;
  }

  Result<PortablePattern> Alternatives(int nesting) {
    if (nesting > kMaxNesting) return Refuse("the nesting");
    PortablePattern whole;
    bool first = true;
    do {
      if (!std::exchange(first, false)) whole.text += '|';
      ASSAY_TRY(const PortablePattern branch, Sequence(nesting));
      whole.text += branch.text;
      whole.may_match_empty = whole.may_match_empty || branch.may_match_empty;
    } while (Take("|"));
    return whole;
  }

  Result<PortablePattern> Sequence(int nesting) {
    PortablePattern sequence{"", true};
    while (at_ < pattern_.size() && !At("|") && !At(")")) {
      ASSAY_TRY(PortablePattern atom, Atom(nesting));
      ASSAY_TRY(atom, Repeated(std::move(atom)));
      sequence.text += atom.text;
      sequence.may_match_empty = sequence.may_match_empty && atom.may_match_empty;
    }
    return sequence;
  }

  /// The counts of "{2}", "{2,}" or "{2,5}"; nullopt when the brace stands for itself.
  std::optional<std::string> Counts() const {
    if (!At("{")) return std::nullopt;
    size_t end = at_ + 1;
    while (end < pattern_.size() && (IsDigit(pattern_[end]) || pattern_[end] == ',')) ++end;
    const std::string_view inside = pattern_.substr(at_ + 1, end - at_ - 1);
    if (end == pattern_.size() || pattern_[end] != '}' || inside.empty() || inside[0] == ',' ||
        inside.find(',') != inside.rfind(','))
      return std::nullopt;
    return std::string(pattern_.substr(at_, end + 1 - at_));
  }

  std::string Quantifier() {
    for (const std::string_view sign : {"*", "+", "?"}) {
      if (Take(sign)) return std::string(sign);
    }
    const std::string counts = Counts().value_or("");
    at_ += counts.size();
    return counts;
  }

  Result<PortablePattern> Repeated(PortablePattern atom) {
    const std::string quantifier = Quantifier();
    if (quantifier.empty()) return atom;
    if (atom.may_match_empty) return Refuse("a repetition");
    atom.text += quantifier;
    if (Take("?")) atom.text += "?";
    if (At("*") || At("+") || At("?") || Counts()) return Refuse("a repetition");
    const bool none = quantifier == "*" || quantifier == "?" || quantifier.starts_with("{0");
    atom.may_match_empty = atom.may_match_empty || none;
    return atom;
  }

  Result<PortablePattern> Atom(int nesting) {
    if (Take("(")) return Group(nesting);
    if (Take("[")) return Class();
    if (Take(".")) return PortablePattern{"[^\\n]", false};
    if (Take("^")) return PortablePattern{"\\A", true};
    if (Take("$")) return PortablePattern{"\\z", true};
    if (At("\\")) return Escape();
    return PortablePattern{Quoted(TakeCharacter()), false};
  }

  Result<PortablePattern> Group(int nesting) {
    std::string open = "(";
    if (Take("?:")) {
      open = "(?:";
    } else if (Take("?P<") || Take("?<")) {
      // Groups are only known by number.
      at_ = pattern_.find('>', at_) + 1;
    } else if (At("?")) {
      return Refuse("flags");
    }
    ASSAY_TRY(PortablePattern inside, Alternatives(nesting + 1));
    if (!Take(")")) return Refuse("a parenthesis");
    return PortablePattern{open + inside.text + ")", inside.may_match_empty};
  }

  Result<PortablePattern> Escape() {
    if (Take("\\A")) return PortablePattern{"\\A", true};
    if (Take("\\z")) return PortablePattern{"\\z", true};
    for (const std::string_view name : {"d", "w", "s"}) {
      if (Take("\\" + std::string(name)))
        return PortablePattern{fmt::format("[{}]", MembersOf(name)), false};
    }
    for (const auto& [negated, name] : {Pair("\\D", "d"), Pair("\\W", "w"), Pair("\\S", "s")}) {
      if (Take(negated)) return PortablePattern{fmt::format("[^{}]", MembersOf(name)), false};
    }
    ASSAY_TRY(const std::string character, EscapedCharacter());
    return PortablePattern{Quoted(character), false};
  }

  Result<std::string> EscapedCharacter() {
    constexpr std::array kControls = {Pair("\\t", "\t"), Pair("\\n", "\n"), Pair("\\r", "\r"),
                                      Pair("\\f", "\f"), Pair("\\v", "\v"), Pair("\\a", "\a")};
    for (const auto& [written, meant] : kControls) {
      if (Take(written)) return std::string(meant);
    }
    if (Take("\\x")) return Hexadecimal();
    if (at_ + 1 >= pattern_.size() || IsLetter(pattern_[at_ + 1]) || IsDigit(pattern_[at_ + 1]))
      return Refuse("an escape");
    ++at_;
    return TakeCharacter();
  }

  Result<std::string> Hexadecimal() {
    const bool braces = Take("{");
    const size_t end = braces ? pattern_.find('}', at_) : at_ + 2;
    if (end == std::string_view::npos || end > pattern_.size()) return Refuse("an escape");
    uint32_t point = 0;
    const char* stop = pattern_.data() + end;
    const auto [read, error] = std::from_chars(pattern_.data() + at_, stop, point, 16);
    if (error != std::errc() || read != stop || point > 0x10FFFF) return Refuse("an escape");
    at_ = end + (braces ? 1 : 0);
    return Utf8(point);
  }

  /// Behind its bracket.
  Result<PortablePattern> Class() {
    std::string text = Take("^") ? "[^" : "[";
    bool first = true;
    while (std::exchange(first, false) || !At("]")) {
      if (at_ >= pattern_.size()) return Refuse("a class");
      ASSAY_TRY(const std::string members, Members());
      text += members;
    }
    ++at_;
    return PortablePattern{text + "]", false};
  }

  Result<std::string> Members() {
    if (At("[:")) {
      const size_t end = pattern_.find(":]", at_);
      if (end == std::string_view::npos) return Refuse("a class");
      const std::string_view members = MembersOf(pattern_.substr(at_, end + 2 - at_));
      if (members.empty()) return Refuse("a class");
      at_ = end + 2;
      return std::string(members);
    }
    for (const std::string_view name : {"d", "w", "s"}) {
      if (Take("\\" + std::string(name))) return std::string(MembersOf(name));
    }
    ASSAY_TRY(const std::string low, Member());
    const bool range = At("-") && !At("-]") && at_ + 1 < pattern_.size();
    if (!range) return Quoted(low);
    ++at_;
    ASSAY_TRY(const std::string high, Member());
    return Quoted(low) + "-" + Quoted(high);
  }

  Result<std::string> Member() {
    if (At("\\")) return EscapedCharacter();
    return TakeCharacter();
  }

  std::string_view pattern_;
  size_t at_ = 0;
};

}  // namespace

Result<PortablePattern> MakePortable(std::string_view pattern) {
  return Translator(pattern).Run();
}

}  // namespace assay::plan
