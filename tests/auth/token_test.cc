#include "auth/token.h"

#include <gtest/gtest.h>
#include <jwt.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace assay::auth {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Timestamp kNow = Timestamp(seconds(1'780'000'000));

TokenSigner Signer(char fill = 'k') {
  return TokenSigner(Secret(std::string(32, fill)));
}

TokenClaims Claims() {
  return {.id = "0d1c7d9a", .user_id = 7, .issued_at = kNow, .expires_at = kNow + hours(1)};
}

/// A token made with the library directly, as somebody else would.
std::string Forge(jwt_alg_t algorithm, const std::string& key, const char* claims) {
  jwt_t* jwt = nullptr;
  jwt_new(&jwt);
  jwt_set_alg(jwt, algorithm,
              key.empty() ? nullptr : reinterpret_cast<const unsigned char*>(key.data()),
              static_cast<int>(key.size()));
  jwt_add_grants_json(jwt, claims);
  char* text = jwt_encode_str(jwt);
  std::string token(text);
  std::free(text);
  jwt_free(jwt);
  return token;
}

constexpr char kGoodClaims[] =
    R"({"jti":"0d1c7d9a","sub":"7","iat":1780000000,"exp":1780003600})";

TEST(TokenTest, SaysWhatWasSigned) {
  const std::string token = Signer().Issue(Claims())->Reveal();
  EXPECT_EQ(std::ranges::count(token, '.'), 2);
  EXPECT_EQ(Signer().Verify(token, kNow).value(), Claims());
  EXPECT_EQ(
      Signer().Verify(Forge(JWT_ALG_HS256, std::string(32, 'k'), kGoodClaims), kNow).value(),
      Claims());
}

TEST(TokenTest, WithoutExpiryIsValidForever) {
  TokenClaims claims = Claims();
  claims.expires_at.reset();
  const std::string token = Signer().Issue(claims)->Reveal();
  EXPECT_EQ(Signer().Verify(token, kNow + hours(24 * 3650)).value(), claims);
}

TEST(TokenTest, ExpiresAtItsSecond) {
  const std::string token = Signer().Issue(Claims())->Reveal();
  EXPECT_TRUE(Signer().Verify(token, kNow + hours(1) - seconds(1)));
  const auto late = Signer().Verify(token, kNow + hours(1));
  EXPECT_EQ(late.error(), (Error{ErrorKind::kUnauthenticated, "the access token has expired"}));
}

TEST(TokenTest, RefusesWhatIsNotOurs) {
  const std::string key(32, 'k');
  const std::string good = Signer().Issue(Claims())->Reveal();
  std::string changed = good;
  changed[good.find('.') + 5] = changed[good.find('.') + 5] == 'A' ? 'B' : 'A';
  const std::string cases[] = {
      "",
      "opaque",
      "a.b.c",
      changed,
      good + std::string(1, '\0') + "x",
      Signer('x').Issue(Claims())->Reveal(),
      Forge(JWT_ALG_NONE, "", kGoodClaims),
      Forge(JWT_ALG_HS512, key, kGoodClaims),
      Forge(JWT_ALG_HS256, key, R"({"sub":"7","iat":1780000000})"),
      Forge(JWT_ALG_HS256, key, R"({"jti":"","sub":"7","iat":1780000000})"),
      Forge(JWT_ALG_HS256, key, R"({"jti":"a","iat":1780000000})"),
      Forge(JWT_ALG_HS256, key, R"({"jti":"a","sub":"seven","iat":1780000000})"),
      Forge(JWT_ALG_HS256, key, R"({"jti":"a","sub":"7"})"),
      Forge(JWT_ALG_HS256, key, R"({"jti":"a","sub":"7","iat":1780000000,"exp":"1780003600"})"),
  };
  for (const std::string& token : cases) {
    const auto verified = Signer().Verify(token, kNow);
    ASSERT_FALSE(verified) << token;
    EXPECT_EQ(verified.error(),
              (Error{ErrorKind::kUnauthenticated, "the access token is not valid"}))
        << token;
  }
}

}  // namespace
}  // namespace assay::auth
