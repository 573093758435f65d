// Tests of api/rest/enrichment_links.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;

class EnrichmentLinksTest : public ApiTest {
 protected:
  static std::string LinkPath(int64_t source, int64_t enrichment) {
    return fmt::format("/datastores/{}/enrichment/{}", source, enrichment);
  }
};

TEST_F(EnrichmentLinksTest, LinksAndUnlinksAnyNumberOfTimes) {
  const int64_t source = MakeDatastore("Orders 2024");
  const int64_t enrichment = MakeDatastore("results", true);
  const Json linked = Call("PATCH", LinkPath(source, enrichment), 200);
  EXPECT_EQ(linked["enrich_datastore"], Json({{"id", enrichment}, {"name", "results"}}));
  EXPECT_EQ(linked["enrichment_prefix"], "_orders_2024");
  EXPECT_EQ(Call("PATCH", LinkPath(source, enrichment), 200), linked);
  const std::string path = fmt::format("/datastores/{}/enrichment", source);
  Call("DELETE", path, 204);
  Call("DELETE", path, 204);
  EXPECT_EQ(Call("GET", fmt::format("/datastores/{}", source), 200)["enrich_datastore"],
            nullptr);
}

TEST_F(EnrichmentLinksTest, ProposesAPrefixThatNobodyHas) {
  const int64_t enrichment = MakeDatastore("results", true);
  const int64_t first = MakeDatastore("orders"), second = MakeDatastore("Orders!");
  EXPECT_EQ(Call("PATCH", LinkPath(first, enrichment), 200)["enrichment_prefix"], "_orders");
  const Json linked = Call("PATCH", LinkPath(second, enrichment), 200);
  EXPECT_NE(linked["enrichment_prefix"], "_orders");
  EXPECT_THAT(linked["enrichment_prefix"].get<std::string>(),
              HasSubstr(std::to_string(second)));
}

TEST_F(EnrichmentLinksTest, RefusesAPrefixThatIsTakenThere) {
  const int64_t enrichment = MakeDatastore("results", true);
  const int64_t first = MakeDatastore("a"), second = MakeDatastore("b");
  for (const int64_t id : {first, second}) {
    Call("PUT", fmt::format("/datastores/{}", id), 200, {{"enrichment_prefix", "same"}});
  }
  Call("PATCH", LinkPath(first, enrichment), 200);
  EXPECT_THAT(Call("PATCH", LinkPath(second, enrichment), 409)["message"].get<std::string>(),
              HasSubstr("'a'"));
  EXPECT_EQ(Call("GET", fmt::format("/datastores/{}", second), 200)["enrich_datastore"],
            nullptr);
  Call("PUT", fmt::format("/datastores/{}", second), 200, {{"enrichment_prefix", "other"}});
  Call("PATCH", LinkPath(second, enrichment), 200);
  Call("PUT", fmt::format("/datastores/{}", second), 409, {{"enrichment_prefix", "same"}});
}

TEST_F(EnrichmentLinksTest, ANewPrefixQueuesTheMoveAndKeepsTheOldOneTaken) {
  const int64_t enrichment = MakeDatastore("results", true);
  const int64_t first = MakeDatastore("a"), second = MakeDatastore("b");
  const std::string path = fmt::format("/datastores/{}", first);
  Call("PUT", path, 200, {{"enrichment_prefix", "before the link"}});
  Call("PATCH", LinkPath(first, enrichment), 200);
  Call("PUT", path, 200, {{"enrichment_prefix", "old"}, {"description", "d"}});
  Call("PUT", path, 200, {{"description", "e"}});
  const Json moves = Call("GET", "/operations?operation_type=move_enrichment", 200)["items"];
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0]["datastore"]["id"], first);
  EXPECT_EQ(moves[0]["result"], "running");
  Call("PATCH", LinkPath(second, enrichment), 200);
  const Json refused = Call("PUT", fmt::format("/datastores/{}", second), 409,
                            {{"enrichment_prefix", "before the link"}});
  EXPECT_THAT(refused["message"].get<std::string>(), HasSubstr("still moves"));
  Call("PUT", path, 200, {{"enrichment_prefix", "before the link"}});
}

TEST_F(EnrichmentLinksTest, RefusesWhatCannotBeLinked) {
  const int64_t source = MakeDatastore("orders"), other = MakeDatastore("customers");
  const int64_t enrichment = MakeDatastore("results", true),
                second = MakeDatastore("more", true);
  Call("PATCH", LinkPath(enrichment, second), 409);
  Call("PATCH", LinkPath(source, other), 400);
  Call("PATCH", LinkPath(source, 99), 404);
  Call("PATCH", LinkPath(99, enrichment), 404);
  Call("DELETE", "/datastores/99/enrichment", 404);
  Call("PATCH", LinkPath(source, enrichment), 200);
  Call("PATCH", LinkPath(source, second), 409);
}

}  // namespace
}  // namespace assay::api
