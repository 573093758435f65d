// Tests of base/fields.h.

#include "base/fields.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

struct Inner {
  int64_t count = 3;

  static const Fields<Inner>& JsonFields() {
    static const Fields<Inner> fields = {Required("count", &Inner::count, "How many.")};
    return fields;
  }
};

struct Outer {
  std::string name;
  bool is_open = true;
  std::optional<double> share;
  std::vector<Inner> parts;
  std::map<std::string, Secret> keys;
  Json anything;
  Timestamp at{};
};

const Fields<Outer>& OuterFields() {
  static const Fields<Outer> fields = {
      Required("name", &Outer::name, "A label."),
      Optional("is_open", &Outer::is_open, "Whether."),
      Optional("share", &Outer::share, "From 0 to 1."),
      Optional("parts", &Outer::parts, "In order."),
      Optional("keys", &Outer::keys, "By name."),
      Optional("anything", &Outer::anything, "As it is."),
      Optional("at", &Outer::at, "When."),
  };
  return fields;
}

std::string FaultIn(const std::string& json) {
  const auto parsed = OuterFields().Parse(ParseJson(json).value());
  return parsed ? "" : parsed.error().message;
}

TEST(FieldsTest, ReadsEveryMember) {
  const auto outer = OuterFields().Parse(
      ParseJson(R"({"name":"a","is_open":false,"share":0.5,"parts":[{"count":7},{"count":8}],
                    "keys":{"k":"s3cret"},"anything":[1,{}],"at":"2026-01-31T08:30:00Z"})")
          .value());
  ASSERT_TRUE(outer) << outer.error().message;
  EXPECT_EQ(outer->name, "a");
  EXPECT_FALSE(outer->is_open);
  EXPECT_EQ(outer->share, 0.5);
  ASSERT_EQ(outer->parts.size(), 2u);
  EXPECT_EQ(outer->parts[1].count, 8);
  EXPECT_EQ(outer->keys.at("k").Reveal(), "s3cret");
  EXPECT_EQ(PrintJson(outer->anything), "[1,{}]");
  EXPECT_EQ(FormatTimestamp(outer->at), "2026-01-31T08:30:00Z");
}

TEST(FieldsTest, AbsentAndNullMembersKeepTheirValues) {
  Outer outer{.name = "before", .share = 0.25};
  ASSERT_TRUE(
      OuterFields().ParseInto(outer, ParseJson(R"({"name":"after","share":null})").value()));
  EXPECT_EQ(outer.name, "after");
  EXPECT_EQ(outer.share, 0.25);
  EXPECT_TRUE(outer.is_open);
}

TEST(FieldsTest, PrintsInTheOrderOfTheDeclarationAndNoSecret) {
  Outer outer{.name = "a", .parts = {Inner{.count = 1}}};
  outer.keys["k"] = Secret("s3cret");
  EXPECT_EQ(
      PrintJson(OuterFields().Print(outer)),
      R"({"name":"a","is_open":true,"share":null,"parts":[{"count":1}],"keys":{"k":"***"},)"
      R"("anything":null,"at":"1970-01-01T00:00:00Z"})");
}

TEST(FieldsTest, FaultsNameTheKey) {
  EXPECT_EQ(FaultIn("[]"), "must be an object");
  EXPECT_EQ(FaultIn("{}"), "name: is required (A label.)");
  EXPECT_EQ(FaultIn(R"({"name":1})"), "name: must be a text");
  EXPECT_EQ(FaultIn(R"({"name":"a","is_open":"yes"})"), "is_open: must be true or false");
  EXPECT_EQ(FaultIn(R"({"name":"a","share":"x"})"), "share: must be a number");
  EXPECT_EQ(FaultIn(R"({"name":"a","parts":[{"count":1},{}]})"),
            "parts: item 2: count: is required (How many.)");
  EXPECT_EQ(FaultIn(R"({"name":"a","parts":[{"count":18446744073709551615}]})"),
            "parts: item 1: count: is too large for a 64-bit integer");
  EXPECT_EQ(FaultIn(R"({"name":"a","nome":"b"})"),
            "unknown key 'nome'; known are: name, is_open, share, parts, keys, anything, at");
  EXPECT_TRUE(OuterFields().Parse(ParseJson(R"({"name":"a","nome":"b"})").value(),
                                  UnknownKeys::kIgnore));
}

TEST(FieldsTest, TheSchemaTellsWhatIsRequired) {
  EXPECT_EQ(PrintJson(Inner::JsonFields().Schema()),
            R"({"type":"object","properties":{"count":{"type":"integer","format":"int64",)"
            R"("description":"How many."}},"required":["count"]})");
}

}  // namespace
}  // namespace assay
