// How a word sounds in English.

#pragma once

#include <string>
#include <string_view>

namespace assay::plan::names {

/// The Metaphone code of a word (Philips, "Hanging on the Metaphone", Computer Language 7(12),
/// 1990): its consonants by their sound, in capitals, with X for sh and 0 for th; a vowel only
/// in front. Words with the same code sound alike, as "Smith" and "Smyth" do. Of any length,
/// not cut after four sounds. `word` is in small letters of ASCII; other characters are taken
/// over as they are. Empty when it has no sound: "why".
std::string PhoneticCode(std::string_view word);

}  // namespace assay::plan::names
