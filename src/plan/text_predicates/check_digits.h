// Numbers that hold check digits. Each function is false for a text of any other form.

#pragma once

#include <string_view>

namespace assay::plan {

/// ASCII digits, at least one, with the check digit of ISO/IEC 7812-1 annex B (Luhn).
bool PassesLuhn(std::string_view digits);

/// An IBAN (ISO 13616): the length of its country by the SWIFT registry, and 1 modulo 97.
/// Spaces are left out first; letters must be capitals.
bool IsIban(std::string_view text);

/// A Legal Entity Identifier (ISO 17442): 18 capitals or digits and two digits, 1 modulo 97.
bool IsLei(std::string_view text);

/// An ISIN (ISO 6166): two capitals, nine capitals or digits, and Luhn's digit over all, each
/// letter as two digits (A is 10).
bool IsIsin(std::string_view text);

/// An ISBN of 10 (the last may be X) or 13 digits (978 or 979 in front). Dashes and spaces are
/// left out first, but neither stand at an end nor side by side.
bool IsIsbn(std::string_view text);

/// 13 ASCII digits with the check digit of GS1: weights 1 and 3 in turn.
bool IsEan13(std::string_view text);

}  // namespace assay::plan
