// Tests of base/clock.h.

#include "base/clock.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

std::string Again(const std::string& text) {
  const auto time = ParseTimestamp(text);
  return time ? FormatTimestamp(*time) : "";
}

TEST(ClockTest, PrintsWhatItReads) {
  for (const char* text :
       {"2026-01-31T08:30:00Z", "2026-01-31T08:30:00.000001Z", "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2024-02-29T00:00:00Z"}) {
    EXPECT_EQ(Again(text), text);
  }
}

TEST(ClockTest, ReadsOffsetsAndTextsWithoutZone) {
  EXPECT_EQ(Again("2026-01-31T08:30:00+02:00"), "2026-01-31T06:30:00Z");
  EXPECT_EQ(Again("2026-01-31 08:30:00"), "2026-01-31T08:30:00Z");
}

TEST(ClockTest, RefusesWhatIsNoTime) {
  for (const char* text : {"", "yesterday", "2026-02-30T00:00:00Z", "2026-01-31T25:00:00Z",
                           "2026-01-31T08:30:00Zx"}) {
    EXPECT_EQ(Again(text), "") << text;
  }
}

}  // namespace
}  // namespace assay
