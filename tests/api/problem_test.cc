#include "api/problem.h"

#include <gtest/gtest.h>

#include "api/http_status.h"

namespace assay::api {
namespace {

TEST(HttpStatusTest, FollowsFromTheKind) {
  const std::vector<std::pair<ErrorKind, int>> expected = {
      {ErrorKind::kInvalidInput, 400}, {ErrorKind::kNotFound, 404},
      {ErrorKind::kConflict, 409},     {ErrorKind::kRateLimited, 429},
      {ErrorKind::kUnavailable, 503},  {ErrorKind::kTimeout, 504},
      {ErrorKind::kCancelled, 503},    {ErrorKind::kUnsupported, 400},
      {ErrorKind::kCorruptData, 500},  {ErrorKind::kResourceLimit, 507},
      {ErrorKind::kInternal, 500},     {ErrorKind::kUnauthenticated, 400},
      {ErrorKind::kDenied, 400}};
  for (const auto& [kind, status] : expected) {
    EXPECT_EQ(HttpStatusOf(kind, Refused::kDataStore), status) << ErrorKindName(kind);
  }
  EXPECT_EQ(HttpStatusOf(ErrorKind::kUnauthenticated, Refused::kCaller), 401);
  EXPECT_EQ(HttpStatusOf(ErrorKind::kDenied, Refused::kCaller), 403);
}

TEST(ProblemTest, PrintsAMessageTwice) {
  const net::HttpResponse response =
      Problem(Error{ErrorKind::kNotFound, "no such thing"}).ToResponse();
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.body, R"({"message":"no such thing","detail":"no such thing"})");
}

TEST(ProblemTest, KeepsInternalsForTheLog) {
  const Problem problem(Error{ErrorKind::kInternal, "row 7 of table tokens"});
  EXPECT_EQ(problem.internal_message, "row 7 of table tokens");
  EXPECT_EQ(problem.ToResponse().body.find("tokens"), std::string::npos);
}

TEST(ProblemTest, ListsFaultsWithTheirPlaces) {
  const Problem problem = Problem::Invalid({{{"body", "teams", 0}, "must be a text"},
                                            {{"body", "name"}, "is required"},
                                            {{"body"}, "is wrong"}});
  EXPECT_EQ(problem.status, 422);
  EXPECT_EQ(
      problem.ToResponse().body,
      R"({"message":"teams[0]: must be a text; name: is required; body: is wrong","detail":[)"
      R"({"loc":["body","teams",0],"msg":"must be a text","type":"value_error"},)"
      R"({"loc":["body","name"],"msg":"is required","type":"value_error"},)"
      R"({"loc":["body"],"msg":"is wrong","type":"value_error"}]})");
}

TEST(ProblemTest, OnlyInvalidInputIsBlamedOnAPlace) {
  EXPECT_EQ(At({"body", "uri"}, Status(Fail(ErrorKind::kInvalidInput, "x"))).error().status,
            422);
  EXPECT_EQ(At({"body", "uri"}, Status(Fail(ErrorKind::kConflict, "x"))).error().status, 409);
  EXPECT_EQ(At({"body", "uri"}, Result<int>(5)).value(), 5);
}

}  // namespace
}  // namespace assay::api
