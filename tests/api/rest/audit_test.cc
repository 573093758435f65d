// Tests of api/rest/audit.cc.

#include "api/housekeeping.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class AuditRoutesTest : public ApiTest {
 protected:
  /// Changes of three kinds by two users.
  void MakeChanges() {
    const std::string max = TokenOf("max", "Manager");
    Call("POST", "/teams", 201, {{"name", "ops"}});
    Send("POST", "/connections",
         PrintJson({{"name", "=lake"}, {"type", "local"}, {"uri", "/tmp"}}), max);
    Call("PUT", "/teams/2", 200, {{"permission", "Editor"}});
  }
};

TEST_F(AuditRoutesTest, ListsWhoChangedWhatNewestFirst) {
  MakeChanges();
  const Json page = Call("GET", "/audit", 200);
  const Json& newest = page["items"][0];
  EXPECT_EQ(newest["user"], "admin");
  EXPECT_EQ(newest["user_id"], 1);
  EXPECT_EQ(newest["address"], "127.0.0.1");
  EXPECT_EQ(newest["action"], "update");
  EXPECT_EQ(newest["entity_type"], "team");
  EXPECT_EQ(newest["entity_id"], 2);
  EXPECT_EQ(newest["entity_name"], "ops");
  EXPECT_EQ(newest["before"], Json({{"permission", "Viewer"}}));
  EXPECT_EQ(newest["after"], Json({{"permission", "Editor"}}));
  EXPECT_TRUE(ParseTimestamp(newest["created"].get<std::string>()));
}

TEST_F(AuditRoutesTest, Filters) {
  MakeChanges();
  const auto names = [&](const std::string& query) {
    return Pluck(Call("GET", "/audit?" + query, 200), "entity_name");
  };
  EXPECT_THAT(names("user=2"), ElementsAre("=lake"));
  EXPECT_THAT(names("entity_type=team"), ElementsAre("ops", "ops"));
  EXPECT_THAT(names("entity_type=team&action=create"), ElementsAre("ops"));
  EXPECT_THAT(names("entity_type=team&entity_id=7"), IsEmpty());
  EXPECT_THAT(names("end_date=2020-01-01"), IsEmpty());
  EXPECT_EQ(Faults("GET", "/audit?entity_type=planet").size(), 1u);
}

TEST_F(AuditRoutesTest, ReadsAreNotLogged) {
  const int64_t before = Call("GET", "/audit", 200)["total"].get<int64_t>();
  Call("GET", "/teams", 200);
  Call("GET", "/connections", 200);
  EXPECT_EQ(Call("GET", "/audit", 200)["total"], before);
}

TEST_F(AuditRoutesTest, RefusedChangesAreNotLogged) {
  const int64_t before = Call("GET", "/audit", 200)["total"].get<int64_t>();
  Call("POST", "/teams", 409, {{"name", "Public"}});
  Call("DELETE", "/teams/1", 409);
  EXPECT_EQ(Call("GET", "/audit", 200)["total"], before);
}

TEST_F(AuditRoutesTest, ExportsJsonLinesAndCsv) {
  MakeChanges();
  const testing::Reply lines = Send("GET", "/audit/export?entity_type=team", "", token_);
  EXPECT_THAT(lines.head, HasSubstr("Content-Type: application/x-ndjson"));
  const std::string first = lines.body.substr(0, lines.body.find('\n'));
  EXPECT_EQ(ParseJson(first).value()["action"], "create");
  EXPECT_EQ(std::ranges::count(lines.body, '\n'), 2);

  const testing::Reply csv = Send(
      "GET", "/audit/export?format=csv&entity_type=team&entity_type=connection", "", token_);
  EXPECT_THAT(csv.head, HasSubstr("Content-Type: text/csv"));
  EXPECT_THAT(csv.body,
              StartsWith("id,created,user_id,user,address,action,entity_type,entity_id,"
                         "entity_name,before,after\r\n"));
  EXPECT_THAT(csv.body, HasSubstr(R"(update,team,2,ops,"{""permission"":""Viewer""}",)"));
  // A spreadsheet must not take a name for a formula.
  EXPECT_THAT(csv.body, HasSubstr(",'=lake,"));
}

TEST_F(AuditRoutesTest, ExportsInPortions) {
  MakeChanges();
  const testing::Reply first =
      Send("GET", "/audit/export?entity_type=team&limit=1", "", token_);
  const std::string header = "X-Next-After-Id: ";
  const size_t at = first.head.find(header);
  ASSERT_NE(at, std::string::npos) << first.head;
  const std::string after =
      first.head.substr(at + header.size(), first.head.find('\r', at) - at - header.size());
  const testing::Reply second =
      Send("GET", "/audit/export?entity_type=team&limit=1&after_id=" + after, "", token_);
  EXPECT_EQ(ParseJson(second.body).value()["action"], "update");
  EXPECT_THAT(second.head, Not(HasSubstr(header)));
}

TEST_F(AuditRoutesTest, OldEntriesAreDeletedOnlyWhenARetentionIsSet) {
  MakeChanges();
  const Timestamp later = clock_.Now() + std::chrono::days(40);
  EXPECT_EQ(Call("GET", "/audit/settings", 200), Json({{"retention_days", nullptr}}));
  ASSERT_TRUE(CleanUp(installation_->database(), later, {}));
  EXPECT_NE(Call("GET", "/audit?entity_type=team", 200)["total"], 0);
  EXPECT_EQ(Call("PUT", "/audit/settings", 200, {{"retention_days", 30}}),
            Json({{"retention_days", 30}}));
  EXPECT_EQ(Call("GET", "/audit?entity_type=setting", 200)["items"][0]["after"],
            Json({{"audit_retention_days", 30}}));
  ASSERT_TRUE(CleanUp(installation_->database(), clock_.Now(), {}));
  EXPECT_NE(Call("GET", "/audit?entity_type=team", 200)["total"], 0);
  ASSERT_TRUE(CleanUp(installation_->database(), later, {}));
  EXPECT_EQ(Call("GET", "/audit", 200)["total"], 0);
  Call("PUT", "/audit/settings", 200, {{"retention_days", nullptr}});
  EXPECT_EQ(Call("GET", "/audit/settings", 200), Json({{"retention_days", nullptr}}));
  EXPECT_EQ(Faults("PUT", "/audit/settings", {{"retention_days", 0}}).size(), 1u);
}

TEST_F(AuditRoutesTest, WhatTheCommandLineDoesIsLoggedToo) {
  ASSERT_TRUE(installation_->IssueToken("admin", "laptop", 5));
  const Json entry = Call("GET", "/audit?entity_type=token", 200)["items"][0];
  EXPECT_EQ(entry["entity_name"], "laptop");
  EXPECT_EQ(entry["user"], "command line");
  EXPECT_EQ(entry["user_id"], nullptr);
}

}  // namespace
}  // namespace assay::api
