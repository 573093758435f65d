#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class IpTest : public TaggedTest {};

TEST_F(IpTest, FindsBothVersions) {
  EXPECT_THAT(TagsOf("host", {"192.168.0.1", "10.0.0.256", "2001:db8::1", "::1"}),
              ElementsAre(FieldTag{.tag = "ip", .values = 4, .matched = 4, .validated = 3}));
}

TEST_F(IpTest, OtherNumbersAreNone) {
  EXPECT_THAT(TagNames("host", {"1.2.3", "12:30:45", "12345", "host.example.org"}), IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
