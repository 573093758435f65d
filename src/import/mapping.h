// How the checks of another tool are said in ours: one table of these for each tool.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "import/draft.h"
#include "import/parameters.h"

// `import` is a word of C++ itself, so the namespace of this module has an s.
namespace assay::imports {

/// Reads the parameters of one item and adds what it becomes to the draft. Parameters that it
/// does not read are reported by the caller. kInvalidInput or kUnsupported when the item cannot
/// be taken over; the message says why.
using MapFunction = Status (*)(Parameters&, Draft&);

/// One name of the other tool.
struct Mapping {
  std::string_view name;
  /// For docs/import.md: our rules in backquotes, or why there is no counterpart.
  std::string_view becomes;
  MapFunction map = nullptr;  // nullptr: no counterpart
};

/// nullptr when the table does not hold it.
const Mapping* FindMapping(std::span<const Mapping> table, std::string_view name);

// The tables, in the order of the documentation.
std::span<const Mapping> GreatExpectationsTable();
std::span<const Mapping> DbtTable();
std::span<const Mapping> SodaTable();
std::span<const Mapping> DqdlTable();

}  // namespace assay::imports
