#include "auth/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <string>

namespace assay::auth {
namespace {

class Turn {
 public:
  explicit Turn(std::counting_semaphore<2>& semaphore) : semaphore_(semaphore) {
    semaphore_.acquire();
  }
  ~Turn() { semaphore_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<2>& semaphore_;
};

size_t CountCharacters(const std::string& utf8) {
  size_t count = 0;
  for (const char c : utf8) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

}  // namespace

Status Passwords::Check(const Secret& password) const {
  if (CountCharacters(password.Reveal()) < kMinLength) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must have at least {} characters", kMinLength));
  }
  if (password.Reveal().size() > kMaxLength) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must have at most {} bytes", kMaxLength));
  }
  return {};
}

Result<Secret> Passwords::Hash(const Secret& password) const {
  const Turn turn(free_);
  char hash[crypto_pwhash_STRBYTES];
  if (sodium_init() < 0 ||
      crypto_pwhash_str_alg(hash, password.Reveal().data(), password.Reveal().size(),
                            cost_.passes, cost_.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Fail(ErrorKind::kResourceLimit, "no memory to hash a password");
  }
  return Secret(hash);
}

Result<bool> Passwords::Matches(const Secret& hash, const Secret& password) const {
  if (hash.empty()) {
    // A user that does not exist must not be told from one that does by the time it takes.
    ASSAY_RETURN_IF_ERROR(Hash(password));
    return false;
  }
  const Turn turn(free_);
  return crypto_pwhash_str_verify(hash.Reveal().c_str(), password.Reveal().data(),
                                  password.Reveal().size()) == 0;
}

Secret Passwords::Generate() {
  constexpr std::string_view kLetters =
      "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  constexpr size_t kLength = 20;  // 20 * log2(55) = 115 bits
  std::string text;
  for (size_t i = 0; i < kLength; ++i) {
    text += kLetters[randombytes_uniform(static_cast<uint32_t>(kLetters.size()))];
  }
  return Secret(std::move(text));
}

}  // namespace assay::auth
