#include "auth/encryption.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

#include "auth/base64.h"

namespace assay::auth {
namespace {

constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;
constexpr std::string_view kVersion = "v1:";
// OpenSSL counts in int.
constexpr size_t kMostBytes = size_t{1} << 30;

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
int Length(std::string_view text) {
  return static_cast<int>(text.size());
}

std::unexpected<Error> Broken(const char* what) {
  return Fail(ErrorKind::kInternal, fmt::format("encryption failed: {}", what));
}

Result<std::string> RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(Bytes(bytes), static_cast<int>(count)) != 1) return Broken("no random bytes");
  return bytes;
}

}  // namespace

Result<MasterKey> MasterKey::Generate() {
  ASSAY_TRY(std::string bytes, RandomBytes(kSizeBytes));
  return MasterKey(Secret(std::move(bytes)));
}

Result<MasterKey> MasterKey::Parse(const Secret& text) {
  const std::string_view all = text.Reveal();
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t first = all.find_first_not_of(kSpace);
  const std::string_view digits =
      first == std::string_view::npos
          ? std::string_view()
          : all.substr(first, all.find_last_not_of(kSpace) - first + 1);
  const auto invalid = [] {
    return Fail(ErrorKind::kInvalidInput,
                "a master key is 64 hexadecimal digits; `openssl rand -hex 32` makes one");
  };
  if (digits.size() != 2 * kSizeBytes) return invalid();
  std::string bytes(kSizeBytes, '\0');
  for (size_t i = 0; i < kSizeBytes; ++i) {
    const int high = OPENSSL_hexchar2int(static_cast<unsigned char>(digits[2 * i]));
    const int low = OPENSSL_hexchar2int(static_cast<unsigned char>(digits[2 * i + 1]));
    if (high < 0 || low < 0) return invalid();
    bytes[i] = static_cast<char>(high * 16 + low);
  }
  return MasterKey(Secret(std::move(bytes)));
}

Secret MasterKey::ToText() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * kSizeBytes);
  for (const char c : bytes_.Reveal()) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0x0F];
  }
  return Secret(std::move(text));
}

Result<std::string> Encryption::Seal(const Secret& plain, std::string_view associated) const {
  const std::string& input = plain.Reveal();
  if (input.size() > kMostBytes || associated.size() > kMostBytes) {
    return Fail(ErrorKind::kInvalidInput, "the text is too long to encrypt");
  }
  ASSAY_TRY(const std::string nonce, RandomBytes(kNonceBytes));
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string output(input.size(), '\0');
  std::string tag(kTagBytes, '\0');
  int length = 0;
  if (!context ||
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr,
                         Bytes(key_.bytes().Reveal()), Bytes(nonce)) != 1 ||
      EVP_EncryptUpdate(context.get(), nullptr, &length, Bytes(associated),
                        Length(associated)) != 1 ||
      EVP_EncryptUpdate(context.get(), Bytes(output), &length, Bytes(input), Length(input)) !=
          1 ||
      EVP_EncryptFinal_ex(context.get(), Bytes(output) + length, &length) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, Bytes(tag)) != 1) {
    return Broken("AES-256-GCM");
  }
  return std::string(kVersion) + EncodeBase64(nonce + output + tag, Base64::kStandard);
}

Result<Secret> Encryption::Open(std::string_view sealed, std::string_view associated) const {
  const auto corrupt = [] {
    return Fail(ErrorKind::kCorruptData, "this is not a text that was encrypted here");
  };
  if (!sealed.starts_with(kVersion) || sealed.size() > kMostBytes) return corrupt();
  const auto bytes = DecodeBase64(sealed.substr(kVersion.size()), Base64::kStandard);
  if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return corrupt();
  const std::string_view all = *bytes;
  const std::string_view nonce = all.substr(0, kNonceBytes);
  const std::string_view input = all.substr(kNonceBytes, all.size() - kNonceBytes - kTagBytes);
  std::string tag(all.substr(all.size() - kTagBytes));
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string output(input.size(), '\0');
  int length = 0;
  if (!context ||
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr,
                         Bytes(key_.bytes().Reveal()), Bytes(nonce)) != 1 ||
      EVP_DecryptUpdate(context.get(), nullptr, &length, Bytes(associated),
                        Length(associated)) != 1 ||
      EVP_DecryptUpdate(context.get(), Bytes(output), &length, Bytes(input), Length(input)) !=
          1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, Bytes(tag)) != 1) {
    return Broken("AES-256-GCM");
  }
  if (EVP_DecryptFinal_ex(context.get(), Bytes(output) + length, &length) != 1) {
    OPENSSL_cleanse(output.data(), output.size());
    return Fail(
        ErrorKind::kDenied,
        "a secret does not decrypt: the master key is another one, or the text was changed");
  }
  return Secret(std::move(output));
}

}  // namespace assay::auth
