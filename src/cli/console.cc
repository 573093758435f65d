#include "cli/console.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace assay::cli {
namespace {

bool ColoursAreWanted() {
  // https://no-color.org: any value but the empty one.
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) != "dumb";
}

/// errno, or 0.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

/// Leaves the line that a progress bar is on, which is drawn again later.
constexpr std::string_view kClearLine = "\r\x1b[K";

}  // namespace

size_t TerminalWidth(int descriptor) {
  if (isatty(descriptor) == 0) return 0;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  constexpr size_t kUsualWidth = 80;
  return kUsualWidth;
}

Console::Console() : stderr_is_terminal_(isatty(STDERR_FILENO) != 0) {
  const bool is_terminal = isatty(STDOUT_FILENO) != 0;
  style_.width = TerminalWidth(STDOUT_FILENO);
  if (is_terminal && ColoursAreWanted()) style_.colour = report::Colour::kAnsi;
}

Status Console::Print(std::string_view text) {
  const int error = WriteAll(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return {};
  return Fail(ErrorKind::kUnavailable,
              fmt::format("cannot write to stdout: {}", std::strerror(error)));
}

void Console::Tell(std::string_view message) {
  if (verbosity_ == Verbosity::kQuiet) return;
  // One write a line, so that lines of several threads stay whole.
  WriteAll(STDERR_FILENO,
           fmt::format("{}{}\n", stderr_is_terminal_ ? kClearLine : "", message));
}

void Console::Warn(std::string_view message) {
  WriteAll(STDERR_FILENO, fmt::format("{}assay: {}\n", stderr_is_terminal_ ? kClearLine : "",
                                      report::Printable(message)));
}

}  // namespace assay::cli
