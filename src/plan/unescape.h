// Backslash escapes of Spark's string literals.

#pragma once

#include <string>
#include <string_view>

namespace assay::plan {

/// Resolves \n \t \r \b \0 \Z, \uXXXX, \UXXXXXXXX and octal \ooo. \% and \_ keep their
/// backslash, for LIKE; before any other character it is dropped. Escapes of what is no
/// character (surrogates, beyond U+10FFFF) give U+FFFD.
std::string Unescape(std::string_view text);

}  // namespace assay::plan
