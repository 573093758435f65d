#include "plan/time_format.h"

#include <gtest/gtest.h>

namespace assay::plan {
namespace {

TEST(TimeFormatTest, TranslatesLettersAndQuotes) {
  EXPECT_EQ(*StrftimeFormat("yyyy-MM-dd HH:mm:ss.SSS"), "%Y-%m-%d %H:%M:%S.%g");
  EXPECT_EQ(*StrftimeFormat("d MMM yy, h a"), "%-d %b %y, %-I %p");
  EXPECT_EQ(*StrftimeFormat("yyyy'T''x%'"), "%YT'x%%");
  EXPECT_EQ(*StrftimeFormat("''"), "'");
}

TEST(TimeFormatTest, RefusesWhatHasNoCounterpart) {
  EXPECT_EQ(
      StrftimeFormat("yyyy G").error(),
      (Error{ErrorKind::kUnsupported, "'G' in a time pattern is not supported: 'yyyy G'"}));
  EXPECT_EQ(StrftimeFormat("yyyy 'at").error(),
            (Error{ErrorKind::kInvalidInput,
                   "a quote is not closed in the time pattern: 'yyyy 'at'"}));
}

TEST(TimeFormatTest, KnowsUnitsByAllTheirNames) {
  EXPECT_EQ(TruncationUnit("YYYY"), "year");
  EXPECT_EQ(TruncationUnit("mon"), "month");
  EXPECT_EQ(TruncationUnit("eon"), std::nullopt);
}

}  // namespace
}  // namespace assay::plan
