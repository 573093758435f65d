// The list of cells that were made wrong on purpose: all that the generator tells the judge.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace assay::demo {

struct InjectedCell {
  std::string file;        // relative to the data folder
  int64_t row_number = 0;  // from 0 within the file, header not counted
  std::string field;
  std::string kind;  // "negative amount"

  friend bool operator==(const InjectedCell&, const InjectedCell&) = default;
};

/// A CSV file with a header. Values may hold commas and quotes, not line breaks.
Status WriteInjectedCells(const std::string& path, const std::vector<InjectedCell>& cells);

/// kNotFound, or kCorruptData naming the line.
Result<std::vector<InjectedCell>> ReadInjectedCells(const std::string& path);

}  // namespace assay::demo
