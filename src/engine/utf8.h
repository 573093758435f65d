// A way to carry bytes that are not UTF-8 through code that wants it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::engine {

enum class InputEnds { kNo, kYes };

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
