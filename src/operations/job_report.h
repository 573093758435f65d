// How an operation over several containers ends: well, well with a warning, or not at all.

#pragma once

#include <string>
#include <vector>

#include "engine/dataset.h"
#include "operations/job.h"

namespace assay::operations {

/// Collects what went wrong while the rest went on.
class JobReport {
 public:
  /// A container that could not be worked on.
  void Fail(const std::string& container, const Error& error);
  /// Files of a container that were left out.
  void LeftOut(const std::string& container, const std::vector<engine::FileFailure>& failures);
  /// What is to be known of files that were used.
  void Remark(const std::string& container, const std::vector<engine::FileRemark>& remarks);
  /// Anything else worth a line.
  void Warn(const std::string& line);
  /// A part of the message.
  void Note(const std::string& sentence);

  /// A success when at least one container succeeded or none failed; its message says what is
  /// to be looked at. Otherwise the failure of the first container, and how many others there
  /// are.
  Result<JobOutcome> Finish(int64_t succeeded) const;

 private:
  // Lists beyond it help nobody and would be written with each operation.
  static constexpr size_t kMostWarnings = 200;

  std::vector<std::string> notes_;
  std::vector<std::string> warnings_;
  size_t dropped_warnings_ = 0;
  size_t failed_ = 0;
  size_t left_out_files_ = 0;
  Error first_;
};

}  // namespace assay::operations
