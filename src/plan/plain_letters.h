// Letters without case and accents, for comparing what people write.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::plan {

/// Appends the character at `i` < text.size() of UTF-8 and moves `i` behind it. Letters are in
/// lower case if they are of ASCII, Latin-1, Latin Extended-A, Greek or Cyrillic (U+0391 to
/// U+042F), and the Latin ones without accent: "É" is "e", "ß" "ss", "Œ" "oe", "ł" "l". × and ÷
/// are nothing. Other characters, and bytes that are not UTF-8, stay as they are.
void AppendPlain(std::string_view text, size_t& i, std::string& plain);

}  // namespace assay::plan
