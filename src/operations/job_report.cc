#include "operations/job_report.h"

#include <fmt/format.h>

namespace assay::operations {
namespace {

std::string Count(size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

void JobReport::Fail(const std::string& container, const Error& error) {
  const std::string line = fmt::format("{}: {}", container, error.message);
  if (failed_++ == 0) first_ = {error.kind, line};
  Warn(line);
}

void JobReport::LeftOut(const std::string& container,
                        const std::vector<engine::FileFailure>& failures) {
  left_out_files_ += failures.size();
  for (const engine::FileFailure& failure : failures) {
    Warn(fmt::format("{}: {} was left out: {}", container, failure.relative_path,
                     failure.error.message));
  }
}

void JobReport::Remark(const std::string& container,
                       const std::vector<engine::FileRemark>& remarks) {
  for (const engine::FileRemark& remark : remarks)
    Warn(fmt::format("{}: {}: {}", container, remark.relative_path, remark.text));
}

void JobReport::Warn(const std::string& line) {
  if (warnings_.size() < kMostWarnings) {
    warnings_.push_back(line);
  } else {
    ++dropped_warnings_;
  }
}

void JobReport::Note(const std::string& sentence) {
  notes_.push_back(sentence);
}

Result<JobOutcome> JobReport::Finish(int64_t succeeded) const {
  if (failed_ > 0 && succeeded == 0) {
    std::string message = first_.message;
    if (failed_ > 1)
      message += fmt::format(" (and {} failed)",
                             Count(failed_ - 1, "more container", "more containers"));
    return std::unexpected(Error{first_.kind, std::move(message)});
  }
  std::vector<std::string> sentences;
  if (failed_ > 0) sentences.push_back(Count(failed_, "container", "containers") + " failed");
  if (left_out_files_ > 0) {
    sentences.push_back(Count(left_out_files_, "file was", "files were") + " left out");
  }
  sentences.insert(sentences.end(), notes_.begin(), notes_.end());
  JobOutcome outcome;
  outcome.message = fmt::format("{}", fmt::join(sentences, "; "));
  outcome.warnings = warnings_;
  if (dropped_warnings_ > 0) {
    outcome.warnings.push_back(fmt::format("and {} more", dropped_warnings_));
  }
  return outcome;
}

}  // namespace assay::operations
