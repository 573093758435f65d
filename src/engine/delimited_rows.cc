#include "engine/delimited_rows.h"

namespace assay::engine {
namespace {

size_t Byte(char c) {
  return static_cast<unsigned char>(c);
}

bool IsFirstOf(const std::string& text, char c) {
  return !text.empty() && text.front() == c;
}

}  // namespace

DelimitedRows::DelimitedRows(const DelimitedDialect& dialect)
    : dialect_(dialect), lines_to_skip_(dialect.skipped_lines) {
  for (const char c : {'\n', '\r'}) ends_plain_[Byte(c)] = ends_quoted_[Byte(c)] = true;
  for (const char c : dialect.delimiter) ends_plain_[Byte(c)] = true;
  for (const std::string& text : {dialect.quote, dialect.escape}) {
    for (const char c : text) ends_quoted_[Byte(c)] = true;
  }
}

void DelimitedRows::Add(std::string_view block) {
  for (size_t i = 0; i < block.size(); ++i) {
    if (has_first_row_ && lines_to_skip_ == 0) i = SkipOrdinary(block, i);
    if (i < block.size()) Step(block[i]);
  }
}

/// Past bytes that change nothing, from the second byte of a cell on.
size_t DelimitedRows::SkipOrdinary(std::string_view block, size_t from) {
  if (matched_ > 0 || follows_return_) return from;
  if (state_ == State::kPlain) {
    while (from < block.size() && !ends_plain_[Byte(block[from])]) ++from;
  } else if (state_ == State::kQuoted) {
    while (from < block.size() && !ends_quoted_[Byte(block[from])]) ++from;
  }
  return from;
}

void DelimitedRows::Step(char c) {
  const bool is_second_of_end = follows_return_ && c == '\n';
  follows_return_ = c == '\r';
  if (is_second_of_end) return;
  if (c == '\n' || c == '\r') ++line_;
  if (lines_to_skip_ > 0) {
    if (c == '\n' || c == '\r') --lines_to_skip_;
    row_line_ = line_;
    return;
  }
  switch (state_) {
    case State::kCellStart:
      if (IsFirstOf(dialect_.quote, c) && matched_ == 0) {
        state_ = State::kQuoted;
        is_line_empty_ = false;
        return;
      }
      StepPlain(c);
      return;
    case State::kPlain: StepPlain(c); return;
    case State::kQuoted:
      // A quote that may be its own escape is decided by what follows it.
      if (IsFirstOf(dialect_.quote, c)) {
        state_ = State::kQuoteInQuoted;
      } else if (IsFirstOf(dialect_.escape, c)) {
        state_ = State::kEscaped;
      } else {
        Keep(c);
      }
      return;
    case State::kEscaped:
      Keep(c);
      state_ = State::kQuoted;
      return;
    case State::kQuoteInQuoted:
      if (IsFirstOf(dialect_.quote, c) && dialect_.quote == dialect_.escape) {
        Keep(c);
        state_ = State::kQuoted;
      } else {
        state_ = State::kPlain;
        StepPlain(c);
      }
      return;
  }
}

void DelimitedRows::StepPlain(char c) {
  if (c == '\n' || c == '\r') {
    EndLine();
    return;
  }
  is_line_empty_ = false;
  state_ = State::kPlain;
  Keep(c);
  if (EndsDelimiter(c)) EndCell();
}

bool DelimitedRows::EndsDelimiter(char c) {
  const std::string& delimiter = dialect_.delimiter;
  if (delimiter.empty()) return false;
  if (c != delimiter[matched_]) matched_ = 0;
  if (c != delimiter[matched_]) return false;
  if (++matched_ < delimiter.size()) return false;
  matched_ = 0;
  if (!has_first_row_) cell_.resize(cell_.size() - delimiter.size());
  return true;
}

void DelimitedRows::Keep(char c) {
  if (!has_first_row_) cell_ += c;
}

void DelimitedRows::EndCell() {
  ++cells_;
  state_ = State::kCellStart;
  if (!has_first_row_) first_row_.push_back(std::move(cell_));
  cell_.clear();
}

void DelimitedRows::EndLine() {
  matched_ = 0;
  const bool is_row = !is_line_empty_ || (has_first_row_ && first_row_.size() == 1);
  if (is_row) {
    EndCell();
    if (has_first_row_ && cells_ != std::ssize(first_row_)) {
      ++uneven_rows_;
      if (first_uneven_line_ == 0) first_uneven_line_ = row_line_;
    }
    has_first_row_ = true;
  }
  state_ = State::kCellStart;
  cells_ = 0;
  is_line_empty_ = true;
  row_line_ = line_;
}

void DelimitedRows::Finish() {
  if (!is_line_empty_) EndLine();
}

}  // namespace assay::engine
