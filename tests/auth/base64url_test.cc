#include "auth/base64url.h"

#include <gtest/gtest.h>

namespace assay::auth {
namespace {

TEST(Base64UrlTest, EncodesWithoutPadding) {
  EXPECT_EQ(EncodeBase64Url(""), "");
  EXPECT_EQ(EncodeBase64Url("f"), "Zg");
  EXPECT_EQ(EncodeBase64Url("fo"), "Zm8");
  EXPECT_EQ(EncodeBase64Url("foo"), "Zm9v");
  EXPECT_EQ(EncodeBase64Url("\xfb\xff\xfe"), "-__-");
}

TEST(Base64UrlTest, DecodesNothingElse) {
  EXPECT_EQ(DecodeBase64Url("-__-"), "\xfb\xff\xfe");
  EXPECT_EQ(DecodeBase64Url(""), "");
  EXPECT_EQ(DecodeBase64Url("Zg"), "f");
  for (const char* text : {"Zg==", "+/+/", "Z", "Zm9v\n", "Zm 9v"}) {
    EXPECT_EQ(DecodeBase64Url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::auth
