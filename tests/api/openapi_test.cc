#include "api/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/source_tree.h"

namespace assay::api {
namespace {

using ::testing::IsEmpty;

std::filesystem::path CheckedInDocument() {
  return SourceTree() / "api" / "openapi.json";
}

/// Every "$ref" in a document.
void CollectReferences(const Json& json, std::set<std::string>& names) {
  if (json.is_structured()) {
    for (const auto& [key, value] : json.items()) {
      if (key == "$ref") {
        names.insert(value.get<std::string>());
      } else {
        CollectReferences(value, names);
      }
    }
  }
}

TEST(OpenApiTest, TheCheckedInDocumentIsTheOneThatTheRoutesPrint) {
  const std::string printed = OpenApiDocument();
  if (std::getenv("ASSAY_UPDATE") != nullptr) {
    std::filesystem::create_directories(CheckedInDocument().parent_path());
    std::ofstream(CheckedInDocument()) << printed;
  }
  std::ifstream file(CheckedInDocument());
  std::stringstream checked_in;
  checked_in << file.rdbuf();
  EXPECT_EQ(checked_in.str(), printed) << "run api_test with ASSAY_UPDATE=1 to write it anew";
}

TEST(OpenApiTest, EveryReferenceLeadsToASchema) {
  const Json document = ParseJson(OpenApiDocument()).value();
  std::set<std::string> names;
  CollectReferences(document, names);
  EXPECT_FALSE(names.empty());
  for (const std::string& name : names) {
    const std::string prefix = "#/components/schemas/";
    ASSERT_TRUE(name.starts_with(prefix)) << name;
    EXPECT_TRUE(document["components"]["schemas"].contains(name.substr(prefix.size()))) << name;
  }
}

TEST(OpenApiTest, NoPathAndMethodIsDeclaredTwice) {
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<std::string> twice;
  for (const RouteGroup& group : AllRouteGroups()) {
    for (const Route& route : group.routes) {
      if (!seen.emplace(route.path, route.method).second) twice.push_back(route.path);
    }
  }
  EXPECT_THAT(twice, IsEmpty());
}

TEST(OpenApiTest, OneNameIsOneSchema) {
  std::map<std::string, Json> schemas;
  for (const RouteGroup& group : AllRouteGroups()) {
    for (const Route& route : group.routes) {
      std::vector<Shape> shapes;
      if (route.body) shapes.push_back(route.body->shape);
      for (const AnswerDocumentation& answer : route.answers) {
        if (answer.shape) shapes.push_back(*answer.shape);
      }
      for (const Shape& shape : shapes) {
        EXPECT_EQ(schemas.emplace(shape.name, shape.schema).first->second, shape.schema)
            << shape.name;
      }
    }
  }
}

TEST(OpenApiTest, SaysWhatARouteTakesAndAnswers) {
  const Json document = ParseJson(OpenApiDocument()).value();
  EXPECT_EQ(document["openapi"], "3.0.3");
  EXPECT_EQ(document["security"], Json::array({{{"bearer", Json::array()}}}));
  const Json& health = document["paths"]["/api/health"]["get"];
  EXPECT_EQ(health["security"], Json::array());
  EXPECT_EQ(health["responses"], Json({{"204", {{"description", "It runs."}}}}));
  const Json& link =
      document["paths"]["/api/datastores/{datastore_id}/enrichment/{enrichment_id}"]["patch"];
  EXPECT_EQ(link["parameters"][1],
            Json({{"name", "enrichment_id"},
                  {"in", "path"},
                  {"required", true},
                  {"schema", {{"type", "integer"}, {"format", "int64"}}}}));
  const Json& list = document["paths"]["/api/connections"]["get"];
  EXPECT_EQ(list["responses"]["200"]["content"]["application/json"]["schema"],
            Json({{"$ref", "#/components/schemas/ConnectionPage"}}));
  const Json& removal = document["paths"]["/api/quality-checks"]["delete"];
  EXPECT_EQ(removal["requestBody"]["content"]["application/json"]["schema"]["type"], "array");
  EXPECT_TRUE(document["paths"]["/api/connections"]["post"]["responses"].contains("403"));
}

}  // namespace
}  // namespace assay::api
