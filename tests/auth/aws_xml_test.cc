#include "auth/aws_xml.h"

#include <gtest/gtest.h>

namespace assay::auth {
namespace {

TEST(AwsXmlTest, ReadsTextAndNestedElements) {
  const XmlElement root = ParseXml(
                              "<?xml version=\"1.0\"?>\n<R xmlns=\"u\"><A>x &amp; "
                              "&#252;</A><B><C>1</C></B><D/></R>",
                              {"B"})
                              .value();
  EXPECT_EQ(root.name, "R");
  EXPECT_EQ(root.Text("A"), "x & ü");
  EXPECT_EQ(root.Find("B")->Text("C"), "1");
  EXPECT_EQ(root.Text("D"), "");
  EXPECT_EQ(root.Find("E"), nullptr);
}

TEST(AwsXmlTest, NamespacePrefixesAreLeftOut) {
  EXPECT_EQ(ParseXml("<s3:R><s3:A>1</s3:A></s3:R>", {}).value().Text("A"), "1");
}

TEST(AwsXmlTest, WhatIsNoXmlIsCorruptData) {
  for (const char* text : {"", "plain", "<", ">", "<R>", "<R><A></R>", "<R", "{\"a\": 1}",
                           "<R><A>x</A", "<?xml?>", "<!-- -->", "<R><B><B><B></B></B></R>"}) {
    EXPECT_EQ(ParseXml(text, {"B"}).error().kind, ErrorKind::kCorruptData) << text;
  }
}

TEST(AwsXmlTest, DeepNestingIsCorruptData) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<B>";
  EXPECT_EQ(ParseXml(text, {"B"}).error().kind, ErrorKind::kCorruptData);
}

TEST(AwsXmlTest, EscapesWhatMayNotStandInText) {
  EXPECT_EQ(EscapeXml("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
}

}  // namespace
}  // namespace assay::auth
