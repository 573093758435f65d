// Text in DQDL to a tree.
//
//   document  := section* ("Rules" | "Analyzers") = [ rule, ... ] ...
//   rule      := join of simple rules: (rule) and (rule) or ..., parentheses at will
//   simple    := Type parameter* condition? ["where" text] ["labels" = [...]] ("with" tag
//                condition)*
//   condition := [not] between a and b | [not] in [a, ...] | [not] matches text
//              | (= | != | < | <= | > | >=) a

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"

namespace assay::imports {

struct DqdlOperand {
  enum class Kind {
    kNumber,      // value: a number
    kText,        // value: a text
    kNull,        // NULL
    kEmpty,       // EMPTY
    kWhitespace,  // WHITESPACES_ONLY
    kMoment,      // now(), (now() - 3 days): value is the expression of ours for it
    kDuration,    // 3 days: value is "3 DAYS"
    kSize,        // 5 MB: value is a text
    kComputed,    // avg(last(10)), 0.9 * ...: worked out from earlier runs
  };
  Kind kind = Kind::kNumber;
  Json value = {};
};

struct DqdlCondition {
  std::string operation;  // "=", "!=", "<", "<=", ">", ">=", "between", "in", "matches"
  bool is_negated = false;
  std::vector<DqdlOperand> operands = {};  // two of between, any number of in, else one
};

struct DqdlRule {
  int line = 0;
  std::string type = {};
  std::vector<std::string> parameters = {};
  std::optional<DqdlCondition> condition = {};
  std::optional<std::string> where = {};
  std::vector<std::pair<std::string, DqdlCondition>> tags = {};  // with threshold > 0.9
  Json labels = Json::object();
};

/// A rule, or rules joined by one operation.
struct DqdlNode {
  enum class Kind { kRule, kAnd, kOr };
  Kind kind = Kind::kRule;
  DqdlRule rule = {};
  std::vector<DqdlNode> parts = {};
};

/// One entry of Rules or Analyzers.
struct DqdlEntry {
  int line = 0;
  std::string text = {};   // as it is written, on one line
  std::string error = {};  // why it could not be read; the node is then empty
  bool is_analyzer = false;
  DqdlNode node = {};
};

/// A section that is no rule: Metadata, DataSources.
struct DqdlSection {
  int line = 0;
  std::string name;
};

struct DqdlRuleset {
  std::vector<DqdlEntry> entries = {};
  std::vector<DqdlSection> sections = {};
  Json labels = Json::object();  // DefaultLabels
};

/// kInvalidInput "line N: ..." when the text is no ruleset at all; a single rule that is wrong
/// is an entry with an error. Parentheses nest at most 64 deep. Linear in the text.
Result<DqdlRuleset> ParseDqdl(std::string_view text);

}  // namespace assay::imports
