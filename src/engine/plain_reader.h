// The plain bytes of a stream that may be compressed.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "base/result.h"

namespace assay::engine {

/// Reads gzip (of any number of members), zstd (of any number of frames) or neither, as the
/// first bytes of the stream say. Not thread-safe.
class PlainReader {
 public:
  /// Fills at most `size` bytes of `buffer` and returns how many; 0 at the end. May throw.
  using Source = std::function<size_t(char* buffer, size_t size)>;
  /// What it means when a compressed stream ends before its last block does.
  enum class CutStream { kIsDamage, kIsEnd };

  PlainReader(Source source, CutStream cut_stream);
  ~PlainReader();

  /// Fills at most `size` > 0 bytes and returns how many; 0 at the end. kCorruptData when the
  /// compression is damaged or, if that is damage, cut.
  Result<size_t> Read(char* out, size_t size);

  /// One kind of compression; declared here for the implementation only.
  class Codec;

 private:
  const Source source_;
  const CutStream cut_stream_;
  std::unique_ptr<Codec> codec_;  // made at the first read
};

}  // namespace assay::engine
