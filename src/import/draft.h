// What one item of the source becomes, while a mapping writes it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/check.h"

namespace assay::imports {

/// A check, and the one to take instead when this version cannot run it.
struct DraftCheck {
  rules::CheckDefinition definition;
  std::optional<rules::CheckDefinition> otherwise = {};
};

struct Draft {
  std::string column = {};  // the item's own; empty when it is about the whole table
  std::vector<DraftCheck> checks = {};           // all must hold
  double coverage = 1;                           // of each check, when the mapping says so
  std::optional<std::string> filter = {};        // likewise
  std::optional<int64_t> max_failing_rows = {};  // of all checks together
  bool is_about_nulls = false;           // a share is one of all rows, not of the values
  std::vector<std::string> losses = {};  // what of the meaning is missing in the checks
  std::vector<std::string> notes = {};   // what was left out or changed without that

  void Add(std::string rule, std::vector<std::string> fields,
           Json properties = Json::object()) {
    checks.push_back({.definition = {.rule = std::move(rule),
                                     .fields = std::move(fields),
                                     .properties = std::move(properties)}});
  }
  /// For when this version cannot run what was added last.
  void Otherwise(std::string rule, std::vector<std::string> fields, Json properties) {
    checks.back().otherwise = rules::CheckDefinition{.rule = std::move(rule),
                                                     .fields = std::move(fields),
                                                     .properties = std::move(properties)};
  }
  /// satisfiesExpression over whatever fields the condition names.
  void AddCondition(std::string condition) {
    Add("satisfiesExpression", {}, Json{{"expression", std::move(condition)}});
  }
  void Lose(std::string what) { losses.push_back(std::move(what)); }
  void Note(std::string what) { notes.push_back(std::move(what)); }

  /// The item's column. kInvalidInput when it has none.
  Result<std::string> Column() const {
    if (column.empty()) return Fail(ErrorKind::kInvalidInput, "names no column");
    return column;
  }
};

}  // namespace assay::imports
