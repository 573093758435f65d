// Tags of the fields of a small CSV file.

#pragma once

#include <string>
#include <vector>

#include "sensitive/tagging.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::sensitive {

class TaggedTest : public engine::LocalTableTest {
 protected:
  /// Of a file with one field; values are quoted, so that none of them is null.
  std::vector<FieldTag> TagsOf(const std::string& field,
                               const std::vector<std::string>& values);
  /// Their names.
  std::vector<std::string> TagNames(const std::string& field,
                                    const std::vector<std::string>& values);
  /// Of the files that were added, with their profile.
  FieldTags Tags();
};

}  // namespace assay::sensitive
