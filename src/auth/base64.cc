#include "auth/base64.h"

#include <sodium.h>

namespace assay::auth {
namespace {

int Variant(Base64 alphabet) {
  return alphabet == Base64::kUrl ? sodium_base64_VARIANT_URLSAFE_NO_PADDING
                                  : sodium_base64_VARIANT_ORIGINAL;
}

}  // namespace

std::string EncodeBase64(std::string_view bytes, Base64 alphabet) {
  const int variant = Variant(alphabet);
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    variant);
  text.pop_back();  // the NUL that the library counts
  return text;
}

std::optional<std::string> DecodeBase64(std::string_view text, Base64 alphabet) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                        text.data(), text.size(), nullptr, &size, &end,
                        Variant(alphabet)) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace assay::auth
