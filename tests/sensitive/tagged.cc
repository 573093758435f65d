#include "tests/sensitive/tagged.h"

namespace assay::sensitive {

FieldTags TaggedTest::Tags() {
  const engine::DatasetSchema schema = Schema();
  const auto profile = engine::Profile(*session_, dataset_, schema, {}, {});
  EXPECT_TRUE(profile) << profile.error().message;
  const auto tags = FindTags(*session_, dataset_, schema, profile->fields, {});
  EXPECT_TRUE(tags) << tags.error().message;
  return *tags;
}

std::vector<FieldTag> TaggedTest::TagsOf(const std::string& field,
                                         const std::vector<std::string>& values) {
  std::string text = field + ",n\n";
  for (size_t i = 0; i < values.size(); ++i) {
    std::string quoted;
    for (const char c : values[i]) quoted += c == '"' ? "\"\"" : std::string(1, c);
    text += "\"" + quoted + "\"," + std::to_string(i) + "\n";
  }
  dataset_.files.clear();
  Add("table.csv", text);
  return Tags()[field];
}

std::vector<std::string> TaggedTest::TagNames(const std::string& field,
                                              const std::vector<std::string>& values) {
  std::vector<std::string> names;
  for (const FieldTag& tag : TagsOf(field, values)) names.push_back(tag.tag);
  return names;
}

}  // namespace assay::sensitive
