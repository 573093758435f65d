// How the text of each file of a dataset is to be read, as far as is known.

#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "base/result.h"

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

/// `read()`, a Result. A plain file that turns out damaged is read once more through the
/// decoder of UTF-8, as its text may be all that is wrong with it; when that fails too, the
/// first failure is what is returned and the file stays plain.
template <class Read>
auto ReadEscapingFaults(FileEncodings& encodings, size_t file_index, const Read& read)
    -> decltype(read()) {
  auto first = read();
  const bool may_be_text = !first && first.error().kind == ErrorKind::kCorruptData &&
                           encodings.Get(file_index).empty();
  if (!may_be_text) return first;
  encodings.Set(file_index, "utf-8");
  if (auto second = read(); second || second.error().kind == ErrorKind::kCancelled)
    return second;
  encodings.Set(file_index, "");
  return first;
}

}  // namespace assay::engine
