// Numbers that states give to people, with their check digits. Each function is false for a
// text of any other form; whether a number was given out is not looked at.

#pragma once

#include <string_view>

namespace assay::plan {

/// Spain, DNI or NIE: 8 digits, or X, Y or Z and 7 digits, and the letter of their remainder by
/// 23.
bool IsSpanishId(std::string_view text);

/// Poland, PESEL: 11 digits, not all the same; weights 1, 3, 7 and 9 in turn.
bool IsPesel(std::string_view text);

/// Netherlands, BSN: 9 digits, not all 0; weights 9 to 2 and -1 give a multiple of 11.
bool IsBsn(std::string_view text);

/// Brazil, CPF: 11 digits, not all the same, dots and dashes left out; two check digits modulo
/// 11.
bool IsCpf(std::string_view text);

/// France, NIR: 13 digits (2A is 19 and 2B 18) and the two that make them a multiple of 97.
bool IsNir(std::string_view text);

/// Germany, tax identification number: 11 digits with the check digit of ISO/IEC 7064 MOD
/// 11,10; of the first ten exactly one digit occurs more than once, two or three times.
bool IsGermanTaxId(std::string_view text);

/// China, resident identity number: 17 digits and one of ISO/IEC 7064 MOD 11-2 (X is 10).
bool IsChineseId(std::string_view text);

/// Italy, codice fiscale: 15 capitals and digits and the letter of their sum modulo 26 (decree
/// of 23 December 1976).
bool IsCodiceFiscale(std::string_view text);

}  // namespace assay::plan
