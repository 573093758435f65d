// The words that tell names of companies and people from each other.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::plan::names {

/// The words of a name in lower case without accents (plan/plain_letters.h), in their order.
/// Apostrophes and dots are left out ("Frank's" is "franks", "I.B.M." "ibm"), & and + are
/// "and", other ASCII punctuation and that of U+2000 to U+206F ends a word. Left out as well,
/// unless nothing else is there: "the" in front, and legal forms of companies behind (Inc.,
/// Ltd, GmbH & Co. KG, S.A. de C.V., ...). Empty for a name without letters and digits.
std::vector<std::string> WordsOf(std::string_view name);

}  // namespace assay::plan::names
