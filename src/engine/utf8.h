// Finding bytes that are not UTF-8, and a way to carry them through code that wants it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::engine {

enum class InputEnds { kNo, kYes };

/// How many bytes from the start are whole well-formed sequences (Unicode 15, table 3-7): all,
/// or those before the first one that is ill-formed or cut by the end. Steps over ASCII sixteen
/// bytes at a time.
size_t WellFormedBytes(std::string_view bytes);

/// Looks at the bytes of a file as they are read, block by block, for one that is not part of a
/// well-formed sequence. Blocks may come again, as buffers are read anew; what comes behind a
/// gap is not looked at. Not thread-safe.
class Utf8Front {
 public:
  /// The block at `offset`, and whether the file ends with it. The position of the first byte
  /// that is at fault; nullopt while there is none. O(bytes that are new).
  std::optional<int64_t> Add(int64_t offset, std::string_view block, InputEnds ends);

 private:
  int64_t seen_ = 0;     // all bytes before it were looked at
  std::string carried_;  // the last of them: a sequence that goes on
};

/// Appends `bytes` to `text`, each byte that is not part of a well-formed sequence as the
/// private code point U+10FF00 + byte. Returns how many bytes were used: fewer than all only
/// when the end may cut a sequence that goes on (InputEnds::kNo). O(bytes).
size_t AppendEscaped(std::string_view bytes, InputEnds ends, std::string& text);

/// Appends one byte as U+10FF00 + byte.
void AppendEscapedByte(unsigned char byte, std::string& text);

/// Whether well-formed `text` holds an escaped byte (or, which nobody writes, that code point).
bool HasEscapedBytes(std::string_view text);

/// The text with U+FFFD in place of each escaped byte, for people and for JSON.
std::string ReplaceEscapedBytes(std::string_view text);

}  // namespace assay::engine
