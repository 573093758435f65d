// Telling rows and cells of a delimited file apart, without reading their values.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/profile.h"

namespace assay::engine {

/// Counts the cells of each row of a delimited text that comes in blocks, cut anywhere. Quotes
/// enclose cells when they begin them; lines end in LF, CR LF or CR. Lines without a character
/// are no rows, unless rows have one cell. Not thread-safe.
class DelimitedRows {
 public:
  explicit DelimitedRows(const DelimitedDialect& dialect);

  /// The next bytes. O(bytes).
  void Add(std::string_view block);
  /// After the last: a row without an end of line ends too.
  void Finish();

  /// The cells of the first row, once it has ended, without quotes.
  bool has_first_row() const { return has_first_row_; }
  const std::vector<std::string>& first_row() const { return first_row_; }

  /// Rows with another number of cells than the first one.
  int64_t uneven_rows() const { return uneven_rows_; }
  /// The line, from 1, in which the first of them begins; 0 when there is none.
  int64_t first_uneven_line() const { return first_uneven_line_; }

 private:
  enum class State { kCellStart, kPlain, kQuoted, kEscaped, kQuoteInQuoted };

  void Step(char c);
  void StepPlain(char c);
  bool EndsDelimiter(char c);
  void Keep(char c);
  void EndCell();
  void EndLine();
  size_t SkipOrdinary(std::string_view block, size_t from);

  const DelimitedDialect dialect_;
  std::array<bool, 256> ends_plain_ = {};   // bytes that matter outside of quotes
  std::array<bool, 256> ends_quoted_ = {};  // and inside
  State state_ = State::kCellStart;
  int64_t lines_to_skip_;
  int64_t line_ = 1, row_line_ = 1;
  int64_t cells_ = 0;
  size_t matched_ = 0;  // bytes of the delimiter just seen
  bool is_line_empty_ = true, follows_return_ = false;
  std::string cell_;  // of the first row
  bool has_first_row_ = false;
  std::vector<std::string> first_row_;
  int64_t uneven_rows_ = 0, first_uneven_line_ = 0;
};

}  // namespace assay::engine
