// Bytes of a text file, in whatever encoding, to UTF-8.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/utf8.h"

namespace assay::engine {

/// A stateful conversion of one stream. Bytes that mean nothing in the encoding become escaped
/// bytes (engine/utf8.h); nothing is dropped but a byte order mark at the start. Not
/// thread-safe.
class TextDecoder {
 public:
  virtual ~TextDecoder() = default;

  /// Appends what `bytes`, the next of the stream, say to `text`. O(bytes).
  virtual void Decode(std::string_view bytes, InputEnds ends, std::string& text) = 0;

  /// Of "utf-8", "utf-16" (little-endian), "utf-16be", "latin-1", "windows-1252"; kInvalidInput
  /// for other names.
  static Result<std::unique_ptr<TextDecoder>> Make(std::string_view encoding);
};

}  // namespace assay::engine
