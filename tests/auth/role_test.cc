#include "auth/role.h"

#include <gmock/gmock.h>

namespace assay::auth {
namespace {

using testing::StartsWith;

constexpr const char* kRole = "arn:aws:iam::123456789012:role/path/reader";

TEST(RoleTest, RefusesWhatAwsWouldRefuse) {
  EXPECT_TRUE(CheckRole({.arn = kRole}));
  EXPECT_TRUE(CheckRole({.arn = kRole,
                         .external_id = "a:b/c=@,.+_-1",
                         .session_name = "me@here",
                         .duration_seconds = 43200}));
  const auto message = [](AwsRoleOptions role) {
    if (role.arn.empty()) role.arn = kRole;
    const Status status = CheckRole(role);
    EXPECT_EQ(status.error().kind, ErrorKind::kInvalidInput);
    return status.error().message;
  };
  for (const char* arn : {"reader", "arn:aws:iam::123456789012:user/u", "arn:aws:iam::1:role/",
                          "arn:aws:iam::x:role/r", "arn:aws:s3:::role/r"}) {
    EXPECT_THAT(message({.arn = arn}), StartsWith("role_arn: ")) << arn;
  }
  EXPECT_THAT(message({.external_id = "x"}), StartsWith("external_id: "));
  EXPECT_THAT(message({.external_id = "a b"}), StartsWith("external_id: "));
  EXPECT_THAT(message({.session_name = "a/b"}), StartsWith("session_name: "));
  EXPECT_THAT(message({.duration_seconds = 899}), StartsWith("duration_seconds: "));
  EXPECT_THAT(message({.duration_seconds = 43201}), StartsWith("duration_seconds: "));
}

TEST(RoleTest, AsksStsWhereItWasTold) {
  const auto choose = [](AwsRoleOptions role, const AwsEnvironment& environment) {
    if (role.arn.empty()) role.arn = kRole;
    return ChooseSts(role, environment);
  };
  EXPECT_EQ(choose({}, {}), (StsPlace{"us-east-1", "https://sts.us-east-1.amazonaws.com"}));
  EXPECT_EQ(choose({.arn = "arn:aws-cn:iam::1:role/r"}, {}),
            (StsPlace{"cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn"}));
  EXPECT_EQ(choose({.arn = "arn:aws-us-gov:iam::1:role/r"}, {}),
            (StsPlace{"us-gov-west-1", "https://sts.us-gov-west-1.amazonaws.com"}));
  EXPECT_EQ(choose({}, {.region = "eu-west-1"}),
            (StsPlace{"eu-west-1", "https://sts.eu-west-1.amazonaws.com"}));
  EXPECT_EQ(choose({.region = "eu-west-2"}, {.region = "eu-west-1"}),
            (StsPlace{"eu-west-2", "https://sts.eu-west-2.amazonaws.com"}));
  EXPECT_EQ(choose({}, {.sts_endpoint_url = "http://e"}), (StsPlace{"us-east-1", "http://e"}));
  EXPECT_EQ(choose({.sts_endpoint = "http://given"}, {.sts_endpoint_url = "http://e"}),
            (StsPlace{"us-east-1", "http://given"}));
}

}  // namespace
}  // namespace assay::auth
