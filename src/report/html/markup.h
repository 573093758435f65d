// Text into HTML and XML.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::report {

/// The text as element content or inside a quoted attribute, for HTML and for XML 1.0: markup
/// characters become references, broken UTF-8 and characters that XML forbids or that reorder
/// their surroundings become U+FFFD. Nothing in the data can open an element or leave an
/// attribute.
std::string EscapeMarkup(std::string_view text);

/// As EscapeMarkup, of at most `code_points`; what is longer ends in "…".
std::string EscapeCut(std::string_view text, size_t code_points);

/// FormatShare as markup: small shares start with '<'.
std::string ShareMarkup(double share);

}  // namespace assay::report
