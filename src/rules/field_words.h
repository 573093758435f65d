// What the name of a field says.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::rules {

/// The words of "customerId", "order_no", "ZIP code" in lower case: runs of ASCII letters, also
/// apart where a capital follows a small letter.
std::vector<std::string> WordsOfField(std::string_view name);

/// Whether all words of a phrase, apart by single spaces, stand side by side in the name:
/// "first name" in "customerFirstName". A phrase of several words is also found written as one.
bool HasPhrase(std::string_view name, std::span<const std::string_view> phrases);

}  // namespace assay::rules
