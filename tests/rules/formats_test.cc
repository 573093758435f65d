#include "rules/formats.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/rules/failing_rows.h"
#include "tests/source_tree.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

std::vector<Json> AsJson(const std::vector<std::string>& texts) {
  return std::vector<Json>(texts.begin(), texts.end());
}

std::vector<int64_t> RowsFrom0(size_t count) {
  std::vector<int64_t> rows;
  for (size_t i = 0; i < count; ++i) rows.push_back(static_cast<int64_t>(i));
  return rows;
}

TEST(FormatsTest, TakeTheirSamplesAndRefuseWhatIsNear) {
  for (const Format& format : AllFormats()) {
    SCOPED_TRACE(format.name);
    const Json properties = {{"format", format.name}};
    ASSERT_FALSE(format.valid.empty());
    ASSERT_FALSE(format.invalid.empty());
    EXPECT_THAT(FailingRows("matchesFormat", properties, Texts(AsJson(format.valid))),
                IsEmpty());
    EXPECT_THAT(FailingRows("matchesFormat", properties, Texts(AsJson(format.invalid))),
                ElementsAreArray(RowsFrom0(format.invalid.size())));
    if (format.name == "json") continue;  // may stand in white space
    EXPECT_THAT(FailingRows("matchesFormat", properties,
                            Texts({" " + format.valid.front(), format.valid.front() + "\n"})),
                ElementsAreArray(RowsFrom0(2)));
  }
}

TEST(FormatsTest, NoConditionIsNullButForNull) {
  for (const Format& format : AllFormats()) {
    SCOPED_TRACE(format.name);
    std::vector<std::string> texts = {"", " ", "x", "0", "😀"};
    texts.insert(texts.end(), format.invalid.begin(), format.invalid.end());
    const plan::Expression column = plan::Expression::Column("field");
    EXPECT_THAT(RowsWhere(plan::IsNull(IsOfFormat(format, column)), Texts(AsJson(texts))),
                IsEmpty());
  }
}

TEST(FormatsTest, NamesAreUnique) {
  std::set<std::string> names;
  for (const Format& format : AllFormats()) EXPECT_TRUE(names.insert(format.name).second);
  EXPECT_EQ(FindFormat("iban")->name, "iban");
  EXPECT_EQ(FindFormat("IBAN"), nullptr);
}

// ASSAY_UPDATE=1 writes the file anew.
TEST(FormatsTest, TheFileInDocsIsUpToDate) {
  const std::filesystem::path path = SourceTree() / "docs" / "formats.md";
  if (std::getenv("ASSAY_UPDATE") != nullptr) std::ofstream(path) << FormatReference();
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), FormatReference()) << "run the test with ASSAY_UPDATE=1 to update it";
}

}  // namespace
}  // namespace assay::rules::testing
