// Tests of api/rest/quality_check_removal.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class QualityCheckRemovalTest : public ApiTest {
 protected:
  int64_t container_ = MakeContainer(MakeDatastore("lake"), "orders_*.csv");
  int64_t first_ = Make("id"), second_ = Make("name");

  int64_t Make(const std::string& field) {
    return Call("POST", "/quality-checks", 201,
                {{"container_id", container_}, {"rule", "notNull"}, {"fields", {field}}})
        .value("id", int64_t{0});
  }

  static std::string PathOf(int64_t id) { return fmt::format("/quality-checks/{}", id); }
};

TEST_F(QualityCheckRemovalTest, ArchivesByDefaultAndPutBringsItBack) {
  Call("DELETE", PathOf(first_), 204);
  const Json archived = Call("GET", PathOf(first_), 200);
  EXPECT_EQ(archived["status"], "Discarded");
  EXPECT_EQ(archived["last_editor"], "admin");
  EXPECT_TRUE(archived["deleted_at"].is_string());
  EXPECT_THAT(Pluck(Call("GET", "/quality-checks", 200), "id"), ElementsAre(second_));
  EXPECT_THAT(Pluck(Call("GET", "/quality-checks?archived=only", 200), "id"),
              ElementsAre(first_));
  const Json restored = Call("PUT", PathOf(first_), 200, {{"status", "Active"}});
  EXPECT_EQ(restored["status"], "Active");
  EXPECT_EQ(restored["deleted_at"], nullptr);
}

TEST_F(QualityCheckRemovalTest, ArchivesWithTheStatusAskedFor) {
  Call("DELETE", PathOf(first_) + "?archive=true&status=Invalid&delete_anomalies=true", 204);
  EXPECT_EQ(Call("GET", PathOf(first_), 200)["status"], "Invalid");
  EXPECT_THAT(Faults("DELETE", PathOf(second_) + "?status=Active"),
              ElementsAre(Pair("query.status", "must be one of: Discarded, Invalid")));
}

TEST_F(QualityCheckRemovalTest, DeletesForGood) {
  Call("DELETE", PathOf(first_) + "?archive=False", 204);
  Call("GET", PathOf(first_), 404);
  Call("DELETE", PathOf(first_), 404);
}

TEST_F(QualityCheckRemovalTest, RemovesManyOrNone) {
  Call("DELETE", "/quality-checks", 404, {{{"id", first_}, {"archive", true}}, {{"id", 99}}});
  EXPECT_EQ(Call("GET", PathOf(first_), 200)["status"], "Active");
  Call("DELETE", "/quality-checks", 204,
       {{{"id", first_}, {"archive", true}, {"status", "Invalid"}},
        {{"id", second_}, {"archive", false}}});
  EXPECT_EQ(Call("GET", PathOf(first_), 200)["status"], "Invalid");
  Call("GET", PathOf(second_), 404);
}

TEST_F(QualityCheckRemovalTest, RefusesListsThatDoNotFit) {
  EXPECT_THAT(Faults("DELETE", "/quality-checks"), ElementsAre(Pair("body", "is required")));
  EXPECT_THAT(Faults("DELETE", "/quality-checks", {{"id", first_}}),
              ElementsAre(Pair("body", "must be a list")));
  EXPECT_THAT(Faults("DELETE", "/quality-checks", Json::array({Json::object()})),
              ElementsAre(Pair("body.0.id", "is required")));
}

}  // namespace
}  // namespace assay::api
