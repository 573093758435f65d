#include "auth/id_token.h"

#include <gmock/gmock.h>

#include "tests/auth/signing_key.h"

namespace assay::auth {
namespace {

using ::testing::IsEmpty;
using testing::SigningKey;

constexpr int64_t kNow = 1'800'000'000;

class IdTokenTest : public ::testing::Test {
 protected:
  const SigningKey rsa_ = SigningKey::Rsa("one");
  const SigningKey elliptic_ = SigningKey::Elliptic("two");
  const std::vector<VerificationKey> keys_ =
      ReadKeySet({{"keys", Json::array({rsa_.Jwk(), elliptic_.Jwk()})}}).value();
  const Json claims_ = {{"iss", "https://login.example.com"},
                        {"aud", "assay"},
                        {"sub", "u1"},
                        {"nonce", "n1"},
                        {"iat", kNow - 5},
                        {"exp", kNow + 300}};

  /// "" when the token is accepted, else why not.
  std::string Refusal(const std::string& token) const {
    const auto verified = VerifyIdToken(token, keys_,
                                        {.issuer = "https://login.example.com",
                                         .client_id = "assay",
                                         .nonce = "n1",
                                         .now = Timestamp(std::chrono::seconds(kNow))});
    if (verified) return "";
    EXPECT_EQ(verified.error().kind, ErrorKind::kUnauthenticated);
    return verified.error().message;
  }
  std::string RefusalWith(const char* name, const Json& value) const {
    Json claims = claims_;
    claims[name] = value;
    if (value.is_null()) claims.erase(name);
    return Refusal(rsa_.Sign(claims));
  }
};

TEST_F(IdTokenTest, AcceptsWhatAKeyOfTheSetSigned) {
  EXPECT_EQ(Refusal(rsa_.Sign(claims_)), "");
  EXPECT_EQ(Refusal(elliptic_.Sign(claims_)), "");
  EXPECT_EQ(KeyIdOf(rsa_.Sign(claims_)).value(), "one");
}

TEST_F(IdTokenTest, RefusesOtherKeysAndAlteredTokens) {
  const std::string other = "no key of the provider verifies the ID token";
  EXPECT_EQ(Refusal(SigningKey::Rsa("one").Sign(claims_)), other);
  EXPECT_EQ(Refusal(SigningKey::Elliptic("three").Sign(claims_)), other);
  std::string token = rsa_.Sign(claims_);
  token[token.find('.') + 5] ^= 1;
  EXPECT_EQ(Refusal(token), other);
  EXPECT_EQ(Refusal("a.b.c"), "the ID token is not a JWT");
  EXPECT_EQ(Refusal(""), "the ID token is not a JWT");
}

TEST_F(IdTokenTest, RefusesAlgorithmsThatASignerOfItsOwnCouldChoose) {
  const std::string algorithm = "the ID token must be signed with RS256 or ES256";
  EXPECT_EQ(Refusal(SigningKey::SignAs(JWT_ALG_NONE, "", claims_, "one")), algorithm);
  // The public key taken for the secret of an HMAC.
  EXPECT_EQ(Refusal(SigningKey::SignAs(JWT_ALG_HS256, keys_[0].pem, claims_, "one")),
            algorithm);
}

TEST_F(IdTokenTest, ChecksIssuerAudienceNonceAndSubject) {
  EXPECT_EQ(RefusalWith("iss", "https://other"), "the ID token is of another issuer");
  EXPECT_EQ(RefusalWith("aud", "other"), "the ID token is for another client");
  EXPECT_EQ(RefusalWith("aud", {"assay"}), "");
  EXPECT_EQ(RefusalWith("aud", {"assay", "other"}), "the ID token is for another client");
  EXPECT_EQ(RefusalWith("aud", 7), "the ID token is for another client");
  EXPECT_EQ(RefusalWith("nonce", "n2"), "the ID token is not of this login");
  EXPECT_EQ(RefusalWith("nonce", nullptr), "the ID token is not of this login");
  EXPECT_EQ(RefusalWith("sub", nullptr), "the ID token names nobody");
  Json for_two = claims_;
  for_two["aud"] = {"assay", "other"};
  for_two["azp"] = "assay";
  EXPECT_EQ(Refusal(rsa_.Sign(for_two)), "");
}

TEST_F(IdTokenTest, ChecksTheTimesWithAMinuteForClocks) {
  EXPECT_EQ(RefusalWith("exp", kNow - 59), "");
  EXPECT_EQ(RefusalWith("exp", kNow - 60), "the ID token has expired");
  EXPECT_EQ(RefusalWith("exp", nullptr), "the ID token does not say when it is valid");
  EXPECT_EQ(RefusalWith("exp", "soon"), "the ID token does not say when it is valid");
  EXPECT_EQ(RefusalWith("iat", kNow + 60), "");
  EXPECT_EQ(RefusalWith("iat", kNow + 61), "the ID token is of the future; check the clocks");
}

TEST_F(IdTokenTest, LeavesOutKeysThatAreNotForSignaturesOrTooShort) {
  Json for_encryption = rsa_.Jwk();
  for_encryption["use"] = "enc";
  Json other_curve = elliptic_.Jwk();
  other_curve["crv"] = "P-384";
  Json other_algorithm = rsa_.Jwk();
  other_algorithm["alg"] = "PS256";
  Json broken = rsa_.Jwk();
  broken["n"] = "!";
  const Json list = Json::array({for_encryption,
                                 other_curve,
                                 other_algorithm,
                                 broken,
                                 7,
                                 {{"kty", "oct"}, {"k", "AAAA"}},
                                 SigningKey::Rsa("short", 1024).Jwk()});
  EXPECT_THAT(ReadKeySet({{"keys", list}}).value(), IsEmpty());
  EXPECT_EQ(ReadKeySet({{"keys", 1}}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ReadKeySet(Json::array()).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::auth
