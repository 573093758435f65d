#include "sensitive/detector.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/source_tree.h"

namespace assay::sensitive {
namespace {

TEST(DetectorTest, IsFoundByItsTag) {
  for (const Detector& detector : AllDetectors()) {
    EXPECT_EQ(FindDetector(detector.name), &detector);
    EXPECT_FALSE(detector.doc.empty());
    const bool can_be_proposed =
        detector.threshold_if_named.matched || detector.threshold_if_named.validated;
    EXPECT_TRUE(can_be_proposed) << detector.name;
  }
  EXPECT_EQ(FindDetector("Email"), nullptr);
}

// ASSAY_UPDATE=1 writes the table anew.
TEST(DetectorTest, TheTableInDocsIsUpToDate) {
  const std::filesystem::path path = SourceTree() / "docs" / "sensitive-data.md";
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  std::string document = text.str();
  if (std::getenv("ASSAY_UPDATE") != nullptr) {
    const size_t start = document.find("| tag | finds |");
    ASSERT_NE(start, std::string::npos);
    const size_t end = document.find("\n\n", start) + 1;
    document.replace(start, end - start, DetectorReference());
    std::ofstream(path) << document;
  }
  EXPECT_THAT(document, ::testing::HasSubstr(DetectorReference()))
      << "run the test with ASSAY_UPDATE=1 to update it";
}

}  // namespace
}  // namespace assay::sensitive
