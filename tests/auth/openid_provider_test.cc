#include "auth/openid_provider.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include "auth/base64.h"
#include "tests/auth/openid_server.h"

namespace assay::auth {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class SettableClock final : public Clock {
 public:
  Timestamp Now() override { return now; }
  Timestamp now{std::chrono::seconds(1'800'000'000)};
};

class OpenIdProviderTest : public ::testing::Test {
 protected:
  OpenIdProviderTest() {
    options_.issuer = server_.issuer;
    options_.client_id = "assay";
    options_.client_secret = Secret("se:cret");
    options_.redirect_url = "http://127.0.0.1:8080/api/callback";
    server_.now = 1'800'000'000;
  }

  Result<OpenIdIdentity> LogIn(OpenIdProvider& provider, const Json& claims) {
    ASSAY_TRY(const OpenIdRequest request, provider.Begin({}));
    return provider.Finish(request, server_.Authorize(request.url, claims), {});
  }

  testing::OpenIdServer server_;
  SettableClock clock_;
  OpenIdOptions options_;
};

TEST_F(OpenIdProviderTest, TellsWhoLoggedIn) {
  OpenIdProvider provider(options_, clock_);
  const auto identity =
      LogIn(provider, {{"email", "ana@example.com"}, {"email_verified", true}});
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->subject, "u1");
  EXPECT_EQ(identity->email, "ana@example.com");
  EXPECT_TRUE(identity->email_is_verified);
}

TEST_F(OpenIdProviderTest, ProvesWithTheVerifierThatItBeganTheLogin) {
  OpenIdProvider provider(options_, clock_);
  ASSERT_TRUE(LogIn(provider, {}));
  EXPECT_EQ(server_.asked["response_type"], "code");
  EXPECT_EQ(server_.asked["redirect_uri"], options_.redirect_url);
  EXPECT_EQ(server_.asked["scope"], "openid email profile");
  EXPECT_EQ(server_.asked["code_challenge_method"], "S256");
  const std::string verifier = server_.exchanged["code_verifier"];
  EXPECT_EQ(verifier.size(), 43u);
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(verifier.data()),
                     verifier.size());
  EXPECT_EQ(
      server_.asked["code_challenge"],
      EncodeBase64({reinterpret_cast<const char*>(digest), sizeof(digest)}, Base64::kUrl));
  EXPECT_EQ(server_.exchanged["redirect_uri"], options_.redirect_url);
  // "assay:se%3Acret"
  EXPECT_EQ(server_.exchange_authorization, "Basic YXNzYXk6c2UlM0FjcmV0");
}

TEST_F(OpenIdProviderTest, APublicClientSendsNoSecret) {
  options_.client_secret = Secret();
  OpenIdProvider provider(options_, clock_);
  ASSERT_TRUE(LogIn(provider, {}));
  EXPECT_EQ(server_.exchange_authorization, "");
}

TEST_F(OpenIdProviderTest, EveryLoginHasItsOwnSecrets) {
  OpenIdProvider provider(options_, clock_);
  const auto one = provider.Begin({}), two = provider.Begin({});
  EXPECT_NE(one->state, two->state);
  EXPECT_NE(one->nonce, two->nonce);
  EXPECT_NE(one->verifier.Reveal(), two->verifier.Reveal());
}

TEST_F(OpenIdProviderTest, AsksForTheAddressWhenTheTokenHasNone) {
  server_.user_info = {{"sub", "u1"}, {"email", "ana@example.com"}, {"email_verified", true}};
  OpenIdProvider provider(options_, clock_);
  const auto identity = LogIn(provider, {});
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->email, "ana@example.com");
  server_.user_info["sub"] = "u2";
  EXPECT_EQ(LogIn(provider, {}).error().kind, ErrorKind::kUnauthenticated);
}

TEST_F(OpenIdProviderTest, RefusesWrongCodesAndWrongTokens) {
  OpenIdProvider provider(options_, clock_);
  const auto request = provider.Begin({});
  const auto wrong = provider.Finish(*request, "other", {});
  EXPECT_EQ(wrong.error(), (Error{ErrorKind::kUnauthenticated,
                                  "the OpenID provider refused the login: 400 invalid_grant"}));
  EXPECT_EQ(LogIn(provider, {{"nonce", "of another login"}}).error().message,
            "the ID token is not of this login");
  EXPECT_EQ(LogIn(provider, {{"exp", 1'700'000'000}}).error().message,
            "the ID token has expired");
}

TEST_F(OpenIdProviderTest, ReadsKeysAgainWhenTheProviderChangedThem) {
  OpenIdProvider provider(options_, clock_);
  ASSERT_TRUE(LogIn(provider, {}));
  ASSERT_TRUE(LogIn(provider, {}));
  EXPECT_EQ(server_.key_reads, 1);
  testing::SigningKey next = testing::SigningKey::Rsa("k2");
  server_.keys = Json::array({next.Jwk()});
  std::destroy_at(&server_.key);
  std::construct_at(&server_.key, std::move(next));
  EXPECT_FALSE(LogIn(provider, {}));  // not more often than once a minute
  EXPECT_EQ(server_.key_reads, 1);
  clock_.now += std::chrono::seconds(60);
  server_.now += 60;
  EXPECT_TRUE(LogIn(provider, {}));
  EXPECT_EQ(server_.key_reads, 2);
}

TEST_F(OpenIdProviderTest, AProviderOfAnotherNameIsRefused) {
  options_.issuer += "/";
  OpenIdProvider provider(options_, clock_);
  const auto request = provider.Begin({});
  EXPECT_EQ(request.error().kind, ErrorKind::kCorruptData);
  EXPECT_THAT(request.error().message, HasSubstr(server_.issuer));
}

TEST_F(OpenIdProviderTest, OneThatIsNotThereIsUnavailable) {
  options_.issuer = "http://127.0.0.1:1";
  OpenIdProvider provider(options_, clock_);
  const auto request = provider.Begin({});
  EXPECT_EQ(request.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(request.error().message, StartsWith("OpenID provider: "));
}

TEST_F(OpenIdProviderTest, OptionsAreChecked) {
  EXPECT_TRUE(CheckOptions(options_));
  const auto fault = [&](auto change) {
    OpenIdOptions options = options_;
    change(options);
    const Status status = CheckOptions(options);
    return status ? "" : status.error().message;
  };
  EXPECT_EQ(fault([](auto& options) { options.issuer = "http://login.example.com"; }),
            "issuer: must begin with https: http://login.example.com/");
  EXPECT_EQ(fault([](auto& options) { options.client_id = ""; }), "client_id: is required");
  EXPECT_EQ(fault([](auto& options) { options.redirect_url = "https://a.example.com/x"; }),
            "redirect_url: must end with /api/callback");
  EXPECT_EQ(fault([](auto& options) { options.scopes = "email"; }),
            "scopes: must contain openid");
}

}  // namespace
}  // namespace assay::auth
