// Tests of api/rest/health.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

TEST_F(ApiTest, HealthNeedsNoToken) {
  const testing::Reply reply =
      testing::Send("GET", fmt::format("http://127.0.0.1:{}/api/health", server_->port()));
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
}

}  // namespace
}  // namespace assay::api
