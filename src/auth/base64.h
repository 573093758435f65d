// Base64 (RFC 4648): one text for each sequence of bytes, and nothing else is taken.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::auth {

enum class Base64 {
  kStandard,  // + and /, padded with =
  kUrl,       // - and _, not padded
};

std::string EncodeBase64(std::string_view bytes, Base64 alphabet);

/// nullopt for other characters (blanks too), wrong padding, impossible lengths, and bits that
/// belong to no byte but are set.
std::optional<std::string> DecodeBase64(std::string_view text, Base64 alphabet);

}  // namespace assay::auth
