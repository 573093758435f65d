#include "engine/postgres/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PostgresErrorTest, TheCodeTellsTheKindAndWhatToDo) {
  const auto kind = [](const char* code) { return PostgresError(code, "said").kind; };
  EXPECT_EQ(kind("28P01"), ErrorKind::kUnauthenticated);
  EXPECT_EQ(kind("28000"), ErrorKind::kUnauthenticated);
  EXPECT_EQ(kind("3D000"), ErrorKind::kNotFound);
  EXPECT_EQ(kind("42P01"), ErrorKind::kNotFound);
  EXPECT_EQ(kind("42501"), ErrorKind::kDenied);
  EXPECT_EQ(kind("53300"), ErrorKind::kRateLimited);
  EXPECT_EQ(kind("55P03"), ErrorKind::kTimeout);
  EXPECT_EQ(kind("57014"), ErrorKind::kTimeout);
  EXPECT_EQ(kind("57P01"), ErrorKind::kUnavailable);
  EXPECT_EQ(kind("22012"), ErrorKind::kInvalidInput);
  EXPECT_EQ(kind(""), ErrorKind::kUnavailable);
  EXPECT_EQ(PostgresError("28P01", "said").message, "said; check username and password");
}

TEST(PostgresTargetTest, TheTextForTheEngineIsEscapedAndHoldsNoPassword) {
  PostgresTarget target;
  target.host = "db";
  target.user = "o'neil \\";
  target.password = Secret("not to be seen");
  target.database = "lake";
  const std::string text = ConnectionText(target);
  EXPECT_THAT(text, HasSubstr("host='db' port='5432' user='o\\'neil \\\\' dbname='lake'"));
  EXPECT_THAT(text, HasSubstr("default_transaction_read_only=on"));
  EXPECT_THAT(text, Not(HasSubstr("not to be seen")));
  EXPECT_THAT(text, Not(HasSubstr("sslmode"))) << "what is empty is left to libpq";
}

TEST(PostgresClientTest, AStopRequestEndsConnecting) {
  std::stop_source stop;
  stop.request_stop();
  PostgresTarget target;
  target.host = "127.0.0.1";
  target.port = 1;
  const auto client = PostgresClient::Connect(target, stop.get_token());
  ASSERT_FALSE(client);
  EXPECT_THAT(client.error().kind,
              testing::AnyOf(ErrorKind::kCancelled, ErrorKind::kUnavailable));
}

}  // namespace
}  // namespace assay::engine
