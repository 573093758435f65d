// Private keys of a provider, for tests: they sign tokens and show their public half as a JWK.

#pragma once

#include <gtest/gtest.h>
#include <jwt.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <string>

#include "auth/base64.h"
#include "base/json.h"

namespace assay::auth::testing {

class SigningKey {
 public:
  static SigningKey Rsa(const std::string& id, unsigned bits = 2048) {
    return SigningKey(id, JWT_ALG_RS256, EVP_RSA_gen(bits));
  }
  static SigningKey Elliptic(const std::string& id) {
    return SigningKey(id, JWT_ALG_ES256, EVP_EC_gen("P-256"));
  }
  ~SigningKey() { EVP_PKEY_free(key_); }
  SigningKey(SigningKey&& other) noexcept
      : id_(std::move(other.id_)), algorithm_(other.algorithm_), key_(other.key_) {
    other.key_ = nullptr;
  }

  Json Jwk() const {
    if (algorithm_ == JWT_ALG_RS256) {
      return {{"kty", "RSA"},
              {"kid", id_},
              {"use", "sig"},
              {"n", EncodeBase64(Number(OSSL_PKEY_PARAM_RSA_N), Base64::kUrl)},
              {"e", EncodeBase64(Number(OSSL_PKEY_PARAM_RSA_E), Base64::kUrl)}};
    }
    return {{"kty", "EC"},
            {"kid", id_},
            {"crv", "P-256"},
            {"x", EncodeBase64(Number(OSSL_PKEY_PARAM_EC_PUB_X, 32), Base64::kUrl)},
            {"y", EncodeBase64(Number(OSSL_PKEY_PARAM_EC_PUB_Y, 32), Base64::kUrl)}};
  }

  std::string Sign(const Json& claims) const { return SignAs(algorithm_, Pem(), claims, id_); }

  /// As an attacker would: with any algorithm and key.
  static std::string SignAs(jwt_alg_t algorithm, const std::string& key, const Json& claims,
                            const std::string& id) {
    jwt_t* jwt = nullptr;
    EXPECT_EQ(jwt_new(&jwt), 0);
    EXPECT_EQ(jwt_add_grants_json(jwt, claims.dump().c_str()), 0);
    EXPECT_EQ(jwt_add_header(jwt, "kid", id.c_str()), 0);
    EXPECT_EQ(
        jwt_set_alg(jwt, algorithm,
                    key.empty() ? nullptr : reinterpret_cast<const unsigned char*>(key.c_str()),
                    static_cast<int>(key.size())),
        0);
    char* text = jwt_encode_str(jwt);
    std::string token = text == nullptr ? "" : text;
    std::free(text);
    jwt_free(jwt);
    return token;
  }

 private:
  SigningKey(std::string id, jwt_alg_t algorithm, EVP_PKEY* key)
      : id_(std::move(id)), algorithm_(algorithm), key_(key) {}

  std::string Number(const char* name, int size = 0) const {
    BIGNUM* number = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key_, name, &number), 1);
    std::string bytes(static_cast<size_t>(size == 0 ? BN_num_bytes(number) : size), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    BN_free(number);
    return bytes;
  }

  std::string Pem() const {
    BIO* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(memory, key_, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    std::string pem(data, static_cast<size_t>(size));
    BIO_free(memory);
    return pem;
  }

  std::string id_;
  jwt_alg_t algorithm_;
  EVP_PKEY* key_;
};

}  // namespace assay::auth::testing
