// Which rows of a sample table get which error.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo/dice.h"
#include "demo/injected_cells.h"

namespace assay::demo {

/// One way to be wrong: a field of a table, and the share of rows in which it is.
struct PlantedKind {
  std::string name;  // "negative amount"
  std::string field;
  double share = 0;
};

/// Chooses at most one error for a row, and none for the first ten rows.
class PlantedErrors {
 public:
  PlantedErrors(Dice dice, std::vector<PlantedKind> kinds)
      : dice_(dice), kinds_(std::move(kinds)) {}

  /// Name of the row's error; empty for most rows. Always the same for a row.
  std::string_view KindOf(int64_t row) const;

  /// Adds the row's error, if it has one, to the list. It is row `row_number` of `file`.
  void List(int64_t row, const std::string& file, int64_t row_number,
            std::vector<InjectedCell>& cells) const;

 private:
  const PlantedKind* Find(int64_t row) const;

  Dice dice_;
  std::vector<PlantedKind> kinds_;
};

}  // namespace assay::demo
