// Texts that look like a generator of keys made them.

#pragma once

#include <string_view>

namespace assay::plan {

/// 20 to 512 characters of the base64 alphabets (letters, digits, + / = - _) with capitals,
/// small letters and digits among them, and an entropy of 4.5 bits a character or more: the
/// threshold that truffleHog uses for keys in source code. Words and hexadecimal texts (4 bits
/// at most) have less; so have about half of the random texts below 30 characters.
bool IsRandomText(std::string_view text);

}  // namespace assay::plan
