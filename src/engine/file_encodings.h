// How the text of each file of a dataset is to be read, as far as is known.

#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace assay::engine {

/// Starts with every file being "", plain: UTF-8 that the reader may refuse. Any other value is
/// an encoding of TextDecoder, through which the file is read. Thread-safe.
class FileEncodings {
 public:
  std::string Get(size_t file_index) const {
    const std::lock_guard lock(mutex_);
    const auto found = encodings_.find(file_index);
    return found == encodings_.end() ? std::string() : found->second;
  }

  void Set(size_t file_index, std::string encoding) {
    const std::lock_guard lock(mutex_);
    encodings_[file_index] = std::move(encoding);
  }

 private:
  mutable std::mutex mutex_;
  std::map<size_t, std::string> encodings_;
};

}  // namespace assay::engine
