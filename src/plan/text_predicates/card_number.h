// Numbers of payment cards.
//
// 13 to 19 digits, the first from 2 to 6 as those of payment networks, that pass the Luhn
// check: in one run, or in groups of 4 to 6 digits (the last of 1 to 7) apart by one space each
// or by one dash each. Whether a network has issued such numbers is not looked at.

#pragma once

#include <string_view>

namespace assay::plan {

/// Whether the whole text is a card number.
bool IsCardNumber(std::string_view text);

/// Whether one stands somewhere in the text, with no digit right before or behind it. Linear.
bool ContainsCardNumber(std::string_view text);

}  // namespace assay::plan
