// Where a command talks to: results go to stdout, everything else to stderr.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "report/terminal_table.h"

namespace assay::cli {

enum class Verbosity { kNormal, kQuiet };

/// The two streams of the process. Messages may come from any thread.
class Console {
 public:
  /// Reads the environment: NO_COLOR, TERM, COLUMNS, and whether the streams are terminals.
  Console();

  void SetVerbosity(Verbosity verbosity) { verbosity_ = verbosity; }

  /// What stdout can show. Without limit of width and colours when it is no terminal.
  const report::TerminalStyle& style() const { return style_; }
  bool shows_progress() const {
    return stderr_is_terminal_ && verbosity_ == Verbosity::kNormal;
  }

  /// Writes a result to stdout. kUnavailable when it cannot be written (a full disk); a reader
  /// that has gone away is no error.
  Status Print(std::string_view text);

  /// One line on stderr for people, not with --quiet.
  void Tell(std::string_view message);
  /// One line on stderr, starting "assay: ", whatever the verbosity. The text is made
  /// printable.
  void Warn(std::string_view message);

 private:
  report::TerminalStyle style_;
  bool stderr_is_terminal_ = false;
  Verbosity verbosity_ = Verbosity::kNormal;
};

/// Columns of the terminal behind `descriptor`; 0 when it is none.
size_t TerminalWidth(int descriptor);

}  // namespace assay::cli
