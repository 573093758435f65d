#include "connectors/role_diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::connectors {
namespace {

using ::testing::HasSubstr;

const RoleAttempt kWithoutId{.role_arn = "arn:aws:iam::123456789012:role/reader",
                             .external_id = ""};
const RoleAttempt kWithId{.role_arn = kWithoutId.role_arn, .external_id = "tenant-42"};

struct RoleCase {
  const char* code;
  int status;
  const char* message;
  Blame blame;
  const char* remedy;
};

class RoleDiagnosisTest : public ::testing::TestWithParam<RoleCase> {};

TEST_P(RoleDiagnosisTest, HasItsBlameAndRemedy) {
  const RoleCase& c = GetParam();
  const Diagnosis diagnosis = DiagnoseRole(
      {.status = c.status, .code = c.code, .message = c.message, .clock_ahead = {}},
      ErrorKind::kDenied, kWithoutId);
  EXPECT_STREQ(BlameName(diagnosis.blame), BlameName(c.blame));
  EXPECT_THAT(diagnosis.remedy, HasSubstr(c.remedy));
  EXPECT_EQ(HoldsForAllRequests(diagnosis.blame),
            c.blame != Blame::kExplicitDeny && c.blame != Blame::kStore);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, RoleDiagnosisTest,
    ::testing::Values(
        RoleCase{"InvalidClientTokenId", 403, "", Blame::kKey, "access key id"},
        RoleCase{"SignatureDoesNotMatch", 403, "", Blame::kSignature, "secret access key"},
        RoleCase{"SignatureDoesNotMatch", 403, "Signature expired: 1 is now earlier than 2",
                 Blame::kClock, "clock"},
        RoleCase{"ExpiredToken", 400, "", Blame::kSessionToken, "new temporary keys"},
        RoleCase{"RegionDisabledException", 403, "", Blame::kRegion, "activate STS"},
        RoleCase{"AccessDenied", 403,
                 "User: arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole on "
                 "resource: arn:aws:iam::1:role/r because no identity-based policy allows the "
                 "sts:AssumeRole action",
                 Blame::kAssumeRole, "grant the caller sts:AssumeRole"},
        RoleCase{"AccessDenied", 403, "with an explicit deny in an identity-based policy",
                 Blame::kExplicitDeny, "Deny"},
        RoleCase{"AccessDenied", 403, "User: u is not authorized to perform: sts:AssumeRole",
                 Blame::kExternalIdMissing, "whether it demands an external id"},
        RoleCase{"ValidationError", 400, "", Blame::kRole, "role's ARN"},
        RoleCase{"InternalFailure", 500, "", Blame::kStore, "later"}));

TEST(RoleAnswerTest, AGivenExternalIdMayBeWrong) {
  const Diagnosis diagnosis =
      DiagnoseRole({.status = 403, .code = "AccessDenied", .message = "", .clock_ahead = {}},
                   ErrorKind::kDenied, kWithId);
  EXPECT_EQ(diagnosis.blame, Blame::kExternalIdWrong);
  EXPECT_EQ(diagnosis.statement, Json::parse(R"(
      {"Effect": "Allow", "Action": ["sts:AssumeRole"],
       "Resource": ["arn:aws:iam::123456789012:role/reader"]})"));
}

TEST(RoleAnswerTest, WithoutAnAnswerTheKindTells) {
  EXPECT_EQ(DiagnoseRole({}, ErrorKind::kTimeout, kWithId).blame, Blame::kTimeout);
  EXPECT_EQ(DiagnoseRole({}, ErrorKind::kUnavailable, kWithId).blame, Blame::kNetwork);
  EXPECT_EQ(DiagnoseRole({}, ErrorKind::kUnauthenticated, kWithId).blame, Blame::kCredentials);
}

}  // namespace
}  // namespace assay::connectors
