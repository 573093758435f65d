#include "net/url_parts.h"

#include <gmock/gmock.h>

namespace assay::net {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(UrlPartsTest, TakesAUrlApart) {
  const UrlParts parts = ParseUrl("HTTPS://Vault.Example.com:8200/v1/a%20b?x=1#top").value();
  EXPECT_EQ(parts.scheme, "https");
  EXPECT_EQ(parts.host, "vault.example.com");
  EXPECT_EQ(parts.port, 8200);
  EXPECT_EQ(parts.path, "/v1/a%20b");
  EXPECT_EQ(parts.query, "x=1");
  EXPECT_EQ(parts.Origin(), "https://vault.example.com:8200");
  EXPECT_EQ(parts.Printable(), "https://vault.example.com:8200/v1/a%20b");
  EXPECT_EQ(parts.Text(), "https://vault.example.com:8200/v1/a%20b?x=1");
}

TEST(UrlPartsTest, LeavesOutTheSchemesOwnPort) {
  EXPECT_EQ(ParseUrl("https://h:443").value().Text(), "https://h/");
  EXPECT_EQ(ParseUrl("http://h").value().port, 80);
  EXPECT_EQ(ParseUrl("http://[::1]:9000/a").value().Origin(), "http://[::1]:9000");
}

TEST(UrlPartsTest, RefusesWhatIsNoUrlAndNeverRepeatsIt) {
  for (const char* text :
       {"", "vault", "ftp://h/", "file:///etc/passwd", "http://", "http://h:x/", "http://a b/",
        "https://user:secret@h/", "https://secret@h/"}) {
    const auto parts = ParseUrl(text);
    ASSERT_FALSE(parts) << text;
    EXPECT_EQ(parts.error().kind, ErrorKind::kInvalidInput) << text;
    EXPECT_THAT(parts.error().message, Not(HasSubstr("secret"))) << text;
  }
}

TEST(UrlPartsTest, ResolvesLocations) {
  const UrlParts base = ParseUrl("https://h:1/a/b").value();
  EXPECT_EQ(ResolveUrl(base, "/c?d").value().Text(), "https://h:1/c?d");
  EXPECT_EQ(ResolveUrl(base, "c").value().Text(), "https://h:1/a/c");
  EXPECT_EQ(ResolveUrl(base, "http://other/").value().Origin(), "http://other");
  EXPECT_FALSE(ResolveUrl(base, "file:///etc/passwd"));
}

}  // namespace
}  // namespace assay::net
