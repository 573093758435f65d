#include "net/local_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "net/http_server.h"

namespace assay::net {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(LocalAddressTest, IsThatOfTheConnection) {
  const auto server = HttpServer::Start({.address = "127.0.0.1", .port = 0},
                                        [](const HttpRequest&) { return HttpResponse{}; });
  ASSERT_TRUE(server);
  const uint16_t port = (*server)->port();
  EXPECT_EQ(LocalAddressTowards({"127.0.0.1", port}, milliseconds(5000), {}).value(),
            "127.0.0.1");
  EXPECT_EQ(LocalAddressTowards({"localhost", port}, milliseconds(5000), {}).value(),
            "127.0.0.1");
  (*server)->Stop();
  const auto refused = LocalAddressTowards({"127.0.0.1", port}, milliseconds(5000), {});
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("refused"));
}

TEST(LocalAddressTest, UnknownNamesAreUnavailable) {
  EXPECT_EQ(
      LocalAddressTowards({"no-such-host.invalid", 443}, milliseconds(5000), {}).error().kind,
      ErrorKind::kUnavailable);
  EXPECT_EQ(LocalAddressTowards({"", 443}, milliseconds(100), {}).error().kind,
            ErrorKind::kUnavailable);
}

// Whether packets to a documentation address (RFC 5737) vanish or are refused is up to the
// network; either way the call ends.
TEST(LocalAddressTest, EndsInTimeAndWhenStopped) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(LocalAddressTowards({"192.0.2.1", 443}, milliseconds(300), {}));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(LocalAddressTowards({"192.0.2.1", 443}, milliseconds(60000), stop.get_token()));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
}

}  // namespace
}  // namespace assay::net
