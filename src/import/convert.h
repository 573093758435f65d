// From one item of the source to checks, the same way for all tools: mapping, filter, coverage,
// what was not read, and whether this version has the rule.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "import/mapping.h"
#include "import/verify.h"
#include "rules/check_file.h"

namespace assay::imports {

/// An expectation, test, check or rule of the source, and what became of it.
struct ImportedItem {
  int line = 0;                               // from 1; 0: not known
  std::string name = {};                      // as the source calls it: "not_null(order_id)"
  std::vector<rules::FileCheck> checks = {};  // empty: not taken over
  std::vector<std::string> losses = {};       // why not, or what of its meaning is missing
  std::vector<std::string> notes = {};        // what was left out or changed without that
};

/// What a share of rows is a share of.
enum class ShareOf { kRows, kValues };

/// An item as a reader found it.
struct SourceItem {
  int line = 0;
  std::string type = {};   // in the table of mappings
  std::string label = {};  // for people; empty: the type with the column
  std::string container = {};
  std::string column = {};
  Parameters parameters = {};
  std::optional<std::string> filter = {};  // a condition of ours already
  double coverage = 1;
  ShareOf share_of = ShareOf::kRows;
  std::optional<int64_t> max_failing_rows = {};  // when it allows a number of them
  std::string description = {};
  std::string status = "Active";
  std::vector<std::string> tags = {};
  Json metadata = Json::object();
  std::vector<std::string> losses = {};
  std::vector<std::string> notes = {};

  /// Reads `name` as a condition for `filter`, joined with one that is there. kUnsupported when
  /// it is none of our expressions.
  Status TakeFilter(std::string_view name);
  /// Marks parameters that assert nothing as read, with a note for each that is there.
  void NoteIgnored(std::span<const std::string_view> names);
};

/// Runs the mapping. kUnsupported with the reason when there is no counterpart.
Result<Draft> Map(SourceItem& item, std::span<const Mapping> table);

/// The item with the checks of the draft that this version can run; what cannot is a loss.
/// Checks of which a share of rows must pass, or a number of rows may fail, become one; where
/// that is impossible none is left.
ImportedItem Finish(SourceItem item, Draft draft, const Verifier& verifier);

/// An item of which nothing is taken over.
ImportedItem NotTaken(SourceItem item, std::string why);

/// Map and Finish; NotTaken when Map fails.
ImportedItem Convert(SourceItem item, std::span<const Mapping> table, const Verifier& verifier);

}  // namespace assay::imports
