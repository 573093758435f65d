// Well-formedness of UTF-8, and writing it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// Length of the well-formed sequence (Unicode 15, table 3-7) at `i` < bytes.size(); 0 if it is
/// ill-formed; -1 if it is well-formed as far as it goes and cut by the end.
int Utf8SequenceLength(std::string_view bytes, size_t i);

/// Whether all of the text is well-formed.
bool IsUtf8(std::string_view text);

/// Appends a code point; U+FFFD for what is none (surrogates, beyond U+10FFFF).
void AppendUtf8(std::string& text, uint32_t code_point);

}  // namespace assay
