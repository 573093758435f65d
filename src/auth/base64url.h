// Base64 with the alphabet of URLs and without padding (RFC 4648 5).

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::auth {

std::string EncodeBase64Url(std::string_view bytes);
/// nullopt for other characters, padding and impossible lengths.
std::optional<std::string> DecodeBase64Url(std::string_view text);

}  // namespace assay::auth
