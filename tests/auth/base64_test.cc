#include "auth/base64.h"

#include <gtest/gtest.h>

namespace assay::auth {
namespace {

TEST(Base64Test, EncodesAsTheStandardsVectors) {  // RFC 4648 10
  EXPECT_EQ(EncodeBase64("", Base64::kStandard), "");
  EXPECT_EQ(EncodeBase64("f", Base64::kStandard), "Zg==");
  EXPECT_EQ(EncodeBase64("fo", Base64::kStandard), "Zm8=");
  EXPECT_EQ(EncodeBase64("foobar", Base64::kStandard), "Zm9vYmFy");
  EXPECT_EQ(EncodeBase64("\xfb\xff\xfe", Base64::kStandard), "+//+");
}

TEST(Base64Test, EncodesForUrlsWithoutPadding) {
  EXPECT_EQ(EncodeBase64("", Base64::kUrl), "");
  EXPECT_EQ(EncodeBase64("f", Base64::kUrl), "Zg");
  EXPECT_EQ(EncodeBase64("fo", Base64::kUrl), "Zm8");
  EXPECT_EQ(EncodeBase64("foo", Base64::kUrl), "Zm9v");
  EXPECT_EQ(EncodeBase64("\xfb\xff\xfe", Base64::kUrl), "-__-");
}

TEST(Base64Test, DecodesWhatItEncodes) {
  EXPECT_EQ(DecodeBase64("+//+", Base64::kStandard), "\xfb\xff\xfe");
  EXPECT_EQ(DecodeBase64("Zg==", Base64::kStandard), "f");
  EXPECT_EQ(DecodeBase64("", Base64::kStandard), "");
  EXPECT_EQ(DecodeBase64("-__-", Base64::kUrl), "\xfb\xff\xfe");
  EXPECT_EQ(DecodeBase64("Zg", Base64::kUrl), "f");
  EXPECT_EQ(DecodeBase64("", Base64::kUrl), "");
}

TEST(Base64Test, DecodesNothingElse) {
  for (const char* text : {"Zg", "Zg=", "-__-", "Z", "Zm9v\n", "Zm 9v", "Zh==", "Zg==Zg=="}) {
    EXPECT_EQ(DecodeBase64(text, Base64::kStandard), std::nullopt) << text;
  }
  for (const char* text : {"Zg==", "+/+/", "Z", "Zm9v\n", "Zm 9v", "Zh"}) {
    EXPECT_EQ(DecodeBase64(text, Base64::kUrl), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::auth
