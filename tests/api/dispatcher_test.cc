#include "api/dispatcher.h"

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;

using DispatcherTest = ApiTest;

TEST_F(DispatcherTest, SaysThatThereIsNothingAtAPath) {
  for (const char* path : {"/", "/nothing", "/connections/1/2/3", "/../etc/passwd"}) {
    EXPECT_EQ(Call("GET", path, 404)["message"], "there is nothing at this path") << path;
  }
}

TEST_F(DispatcherTest, SaysWhichMethodsAPathTakes) {
  const testing::Reply reply = Send("PATCH", "/connections", "{}", token_);
  EXPECT_EQ(reply.status, 405);
  EXPECT_THAT(reply.head, HasSubstr("Allow: "));
  EXPECT_EQ(ParseJson(reply.body).value()["message"],
            "this path does not take PATCH, but POST, GET");
}

TEST_F(DispatcherTest, TakesPathsWithAFinalSlash) {
  EXPECT_EQ(Call("GET", "/connections/", 200)["total"], 0);
}

TEST_F(DispatcherTest, FixedPathsWinOverIds) {
  EXPECT_EQ(Faults("GET", "/containers/listing").count("query.datastore"), 1u);
  EXPECT_TRUE(Call("GET", "/quality-checks/specifications/rules", 200).is_array());
}

TEST_F(DispatcherTest, RefusesBodiesThatAreNotJson) {
  const auto fault = [&](const std::string& body) {
    const testing::Reply reply = Send("POST", "/connections", body, token_);
    EXPECT_EQ(reply.status, 422) << body;
    return ParseJson(reply.body).value()["detail"][0]["msg"].get<std::string>();
  };
  EXPECT_EQ(fault("{\"type\": }"), "is not valid JSON at line 1, column 10");
  EXPECT_EQ(fault(""), "is required");
  EXPECT_EQ(fault("[]"), "must be an object");
  EXPECT_EQ(fault("null"), "must be an object");
  EXPECT_EQ(fault(std::string(100'000, '[')), "is nested deeper than 64");
  EXPECT_THAT(fault("{\"type\": 1e999}"), HasSubstr("not valid JSON"));
  EXPECT_THAT(fault("\xff\xfe"), HasSubstr("not valid JSON"));
}

TEST_F(DispatcherTest, TakesABodyOnlyWhereOneIsDeclared) {
  // Clients name JSON also when they send nothing, and some send bodies that mean nothing.
  EXPECT_EQ(Send("GET", "/connections", "not json", token_).status, 200);
  EXPECT_EQ(Send("DELETE", "/connections/99", "", token_).status, 404);
}

TEST_F(DispatcherTest, RefusesPathsThatCannotBeDecoded) {
  EXPECT_EQ(Send("GET", "/connections/%zz", "", token_).status, 400);
}

}  // namespace
}  // namespace assay::api
