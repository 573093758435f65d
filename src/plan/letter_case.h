// Letter case of names and keywords.

#pragma once

#include <string>
#include <string_view>

namespace assay::plan {

/// With A-Z in lower case; other bytes stay.
inline std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

}  // namespace assay::plan
