#include "cli/check_selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::cli {
namespace {

rules::FileCheck Check(std::string container, std::string field) {
  return {.definition = {.rule = "notNull", .fields = {std::move(field)}, .description = ""},
          .container = std::move(container),
          .line = 3};
}

TEST(CheckSelectionTest, ChecksGoToTheContainerTheyName) {
  const auto selection = SelectChecks(
      {Check("a.csv", "x"), Check("b.csv", "y"), Check("a.csv", "z")}, {"a.csv", "b.csv"});
  ASSERT_TRUE(selection.has_value());
  ASSERT_EQ(selection->by_container.at("a.csv").size(), 2u);
  EXPECT_EQ(selection->by_container.at("a.csv")[0].id, 1);
  EXPECT_EQ(selection->by_container.at("a.csv")[1].id, 3);
  EXPECT_EQ(selection->by_container.at("b.csv")[0].definition.fields,
            std::vector<std::string>{"y"});
  EXPECT_TRUE(selection->unread.empty());
}

TEST(CheckSelectionTest, AnUnnamedContainerIsTheOnlyOne) {
  const auto selection = SelectChecks({Check("", "x")}, {"a.csv"});
  ASSERT_TRUE(selection.has_value());
  EXPECT_EQ(selection->by_container.at("a.csv").size(), 1u);
}

TEST(CheckSelectionTest, AnUnnamedContainerAmongSeveralIsAnErrorWithItsLine) {
  const auto selection = SelectChecks({Check("", "x")}, {"a.csv", "b.csv"});
  ASSERT_FALSE(selection.has_value());
  EXPECT_EQ(selection.error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(selection.error().message,
            "line 3: the check needs 'container', because there are 2 here");
}

TEST(CheckSelectionTest, ContainersThatAreNotHereAreReported) {
  const auto selection =
      SelectChecks({Check("ordrs.csv", "x"), Check("ordrs.csv", "y")}, {"orders.csv"});
  ASSERT_TRUE(selection.has_value());
  ASSERT_EQ(selection->unread.size(), 1u);
  EXPECT_EQ(selection->unread[0].name, "ordrs.csv");
  EXPECT_EQ(selection->unread[0].error.kind, ErrorKind::kNotFound);
  EXPECT_THAT(selection->unread[0].error.message,
              ::testing::StartsWith("2 checks for a container that is not here"));
  EXPECT_THAT(selection->unread[0].error.message, ::testing::HasSubstr("orders.csv"));
}

TEST(CheckSelectionTest, OnlyActiveChecksRun) {
  rules::FileCheck draft = Check("a.csv", "x");
  draft.status = "Draft";
  const auto selection = SelectChecks({draft}, {"a.csv"});
  ASSERT_TRUE(selection.has_value());
  EXPECT_TRUE(selection->by_container.empty());
  EXPECT_EQ(selection->inactive, 1);
}

}  // namespace
}  // namespace assay::cli
