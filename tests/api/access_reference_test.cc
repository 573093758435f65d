#include "api/access_reference.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/source_tree.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;

// ASSAY_UPDATE=1 writes the file anew.
TEST(AccessReferenceTest, TheFileInDocsIsUpToDate) {
  const std::filesystem::path path = SourceTree() / "docs" / "access.md";
  if (std::getenv("ASSAY_UPDATE") != nullptr) std::ofstream(path) << AccessReference();
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), AccessReference()) << "run the test with ASSAY_UPDATE=1 to update it";
}

TEST(AccessReferenceTest, ShowsRolePermissionAndConditions) {
  EXPECT_THAT(
      AccessReference(),
      HasSubstr("| `DELETE /api/anomalies/{anomaly_id}` | Member | Author; Editor if one "
                "is deleted for good | Archives an anomaly, or deletes it for good. |"));
  EXPECT_THAT(AccessReference(), HasSubstr("| `GET /api/health` | none |  |"));
}

}  // namespace
}  // namespace assay::api
