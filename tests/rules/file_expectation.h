// The form that a rule on files compiles to.

#pragma once

#include <gtest/gtest.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {

/// What `rule` expects of files; an error, or another form, fails the test.
template <class Expected>
Expected ExpectedOfFiles(const std::string& rule, const Json& properties) {
  const auto compiled = Compile({.rule = rule, .properties = properties},
                                Table(Integers({})).Schema(), TestNow());
  if (!compiled) {
    ADD_FAILURE() << compiled.error().message;
    return {};
  }
  EXPECT_EQ(compiled->wording.groups, "files");
  return std::get<Expected>(std::get<plan::FileCheck>(compiled->plan.form).expected);
}

}  // namespace assay::rules::testing
