#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "report/number_format.h"
#include "report/terminal_table.h"

namespace assay::cli {
namespace {

constexpr size_t kBarCells = 24;
constexpr std::chrono::milliseconds kRedraw{80};

std::string Bar(double share) {
  const size_t filled =
      static_cast<size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(kBarCells));
  std::string bar;
  for (size_t i = 0; i < kBarCells; ++i) bar += i < filled ? "━" : "─";
  return bar;
}

}  // namespace

std::string ProgressLine(const Progress& progress, size_t width) {
  std::string facts;
  const auto add = [&](const std::string& fact) {
    facts += (facts.empty() ? "" : " · ") + fact;
  };
  if (progress.rows_done > 0) add(report::FormatCountOf(progress.rows_done, "row"));
  if (progress.bytes_total > 0) {
    const double share =
        static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes_total);
    add(fmt::format("{} of {}", report::FormatBytes(progress.bytes_done),
                    report::FormatBytes(progress.bytes_total)));
    facts =
        fmt::format("{} {:3.0f}%  {}", Bar(share), 100 * std::clamp(share, 0.0, 1.0), facts);
  } else if (progress.files_done > 0) {
    add(report::FormatCountOf(progress.files_done, "file"));
  }
  return report::CutToCells(
      report::Printable(progress.stage) + (facts.empty() ? "" : "  " + facts), width);
}

ProgressBar::ProgressBar(const Console& console) : is_shown_(console.shows_progress()) {}

ProgressBar::~ProgressBar() {
  if (is_shown_) {
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
  }
}

ProgressCallback ProgressBar::callback() {
  if (!is_shown_) return {};
  return [this](const Progress& progress) {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - last_drawn_ < kRedraw) return;
    last_drawn_ = now;
    Draw(progress);
  };
}

void ProgressBar::Show(const std::string& stage) {
  if (!is_shown_) return;
  const std::lock_guard lock(mutex_);
  Draw({.stage = stage});
}

void ProgressBar::Draw(const Progress& progress) {
  // The last column stays free: some terminals wrap when it is written.
  const size_t width = std::max<size_t>(TerminalWidth(STDERR_FILENO), 2) - 1;
  std::fprintf(stderr, "\r%s\x1b[K", ProgressLine(progress, width).c_str());
  std::fflush(stderr);
}

}  // namespace assay::cli
