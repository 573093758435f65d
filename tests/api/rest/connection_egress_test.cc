// Tests of api/rest/connection_egress.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;

class ConnectionEgressTest : public ApiTest {
 protected:
  std::string PathOf(const Json& connection) {
    const Json made = Call("POST", "/connections", 201, connection);
    return fmt::format("/connections/{}/egress", made["id"].get<int64_t>());
  }
  static Json Bucket(const std::string& endpoint) {
    return {{"name", "lake"},
            {"type", "s3"},
            {"uri", "s3://bucket"},
            {"access_key", "AKIA1"},
            {"secret_key", kTopSecret},
            {"parameters", {{"endpoint", endpoint}, {"region", "eu-west-1"}}}};
  }
};

TEST_F(ConnectionEgressTest, IsTheAddressOfThisMachineTowardsTheBucket) {
  const std::string path = PathOf(Bucket(fmt::format("http://127.0.0.1:{}", server_->port())));
  EXPECT_EQ(Call("GET", path, 200),
            Json({{"egress_addresses", {"127.0.0.1"}}, {"source", "local_address"}}));
}

TEST_F(ConnectionEgressTest, IsWhatTheConfigurationSays) {
  const std::string path = PathOf(Bucket("http://127.0.0.1:9"));
  egress_addresses_ = {"198.51.100.7", "198.51.100.8"};
  StartServer();
  EXPECT_EQ(
      Call("GET", path, 200),
      Json({{"egress_addresses", {"198.51.100.7", "198.51.100.8"}}, {"source", "setting"}}));
}

TEST_F(ConnectionEgressTest, SaysWhyNoConnectionIsMade) {
  const Json refused = Call("GET", PathOf(Bucket("http://127.0.0.1:9")), 400);
  EXPECT_THAT(refused["message"].get<std::string>(), HasSubstr("127.0.0.1 port 9"));
}

TEST_F(ConnectionEgressTest, AFolderIsReachedOverNoNetwork) {
  const std::string path =
      PathOf({{"name", "folder"}, {"type", "local"}, {"uri", MakeFolder("data")}});
  EXPECT_EQ(Call("GET", path, 200),
            Json({{"egress_addresses", Json::array()}, {"source", "none"}}));
}

}  // namespace
}  // namespace assay::api
