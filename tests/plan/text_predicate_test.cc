#include "plan/text_predicate.h"

#include <gtest/gtest.h>

#include <string>

#include "plan/expression.h"
#include "plan/parser.h"

namespace assay::plan {
namespace {

bool Is(std::string_view text, std::string_view question) {
  const auto predicate = FindTextPredicate(question);
  EXPECT_TRUE(predicate) << question;
  return predicate && (*predicate)(text);
}

TEST(TextPredicateTest, JsonIsStrict) {
  EXPECT_TRUE(Is(R"({"a": [1, 2.5e3, true, null, "x"]})", "json"));
  EXPECT_TRUE(Is(" 1 ", "json"));
  EXPECT_FALSE(Is("[1,]", "json"));
  EXPECT_FALSE(Is("NaN", "json"));
  EXPECT_FALSE(Is("// c\n1", "json"));
  EXPECT_FALSE(Is("", "json"));
  EXPECT_FALSE(Is("\"\xff\"", "json"));
  EXPECT_TRUE(Is(std::string(100'000, '[') + std::string(100'000, ']'), "json"));
}

TEST(TextPredicateTest, Ipv6) {
  EXPECT_TRUE(Is("2001:db8::1", "ipv6"));
  EXPECT_TRUE(Is("::ffff:192.0.2.1", "ipv6"));
  EXPECT_FALSE(Is("192.0.2.1", "ipv6"));
  EXPECT_FALSE(Is(std::string_view("::1\0", 4), "ipv6"));
  EXPECT_FALSE(Is(std::string(1000, ':'), "ipv6"));
  EXPECT_FALSE(Is("", "ipv6"));
}

TEST(TextPredicateTest, UnknownQuestionsAreRefused) {
  EXPECT_EQ(FindTextPredicate("iban2").error(),
            (Error{ErrorKind::kInvalidInput, "no such question about texts: 'iban2'"}));
  const Schema schema{{{.name = "s", .type = FieldType::kString, .native_type = "VARCHAR"}}};
  EXPECT_TRUE(TypeOf(TextIs(Expression::Column("s"), "iban"), schema));
  EXPECT_FALSE(TypeOf(TextIs(Expression::Column("s"), "iban2"), schema));
}

}  // namespace
}  // namespace assay::plan
