// The parts of a postal address, by rules.
//
// Method. The address is cut at commas, semicolons, bars and ends of lines, then into words
// (address/tokens.h). What the words are is told in this order:
//   country   the last part, or the last words of it: a name of a list (English, official, and
//             common own names), or a code of ISO 3166-1 in capitals that stands alone
//   postcode  one or two words in the form of the country's post codes (of any country's when
//             none is named), from the end; not the number in front of a road, behind one, or
//             of a unit ("apt 1200")
//   state     of the USA, Canada and Australia: a name or postal code right before the post
//             code, or at the end of what is in front of the country
//   road      the first part with a word for roads of English, German, French, Spanish,
//   Italian,
//             Portuguese, Dutch, Nordic and some other languages where that language puts it,
//             or with a house number in front of or behind a name
//   city      the words between post code and the end of its part; else those before post code
//             or state; else the last part that is left; else, when all is one part, the words
//             behind the road's
//
// Limits. Latin letters only. No list of cities or roads: whatever stands where a city stands
// is one, so "Nowhere" in "1 Main St, Nowhere" is. States and provinces of other countries
// count as city or as nothing. Boxes ("PO Box 12") are no road. A road named without word and
// number is none. In an address without any separator the end of a road can only be told by a
// post code or an English word for roads. At most 500 bytes are looked at; a longer text has no
// parts.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan::address {

enum class Label { kRoad, kCity, kState, kCountry, kPostcode };

/// "road", "city", "state", "country", "postcode".
const char* LabelName(Label label);
std::optional<Label> ParseLabel(std::string_view name);

/// One part that was found, with its words apart by single spaces.
struct LabelledPart {
  Label label;
  std::string text;

  friend bool operator==(const LabelledPart&, const LabelledPart&) = default;
};

/// The parts in the order in which they stand; each label at most once. Any text is accepted;
/// what cannot be told is left out.
std::vector<LabelledPart> LabelAddress(std::string_view address);

}  // namespace assay::plan::address
