// Backslash escapes of Spark's string literals, and UTF-8.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::plan {

/// Resolves \n \t \r \b \0 \Z, \uXXXX, \UXXXXXXXX and octal \ooo. \% and \_ keep their
/// backslash, for LIKE; before any other character it is dropped. Escapes of what is no
/// character (surrogates, beyond U+10FFFF) give U+FFFD.
std::string Unescape(std::string_view text);

/// Whether the bytes are well-formed UTF-8.
bool IsUtf8(std::string_view text);

/// Appends a code point; U+FFFD for what is none.
void AppendUtf8(std::string& text, uint32_t code_point);

}  // namespace assay::plan
