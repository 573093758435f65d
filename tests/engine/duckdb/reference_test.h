// A local table, and a reference that checks of it compare with.

#pragma once

#include <string>
#include <vector>

#include "engine/scan.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {

class ReferenceTest : public LocalTableTest {
 protected:
  /// The reference is named `name` in plans.
  ReferenceTest(std::string name, const SessionOptions& options) : LocalTableTest(options) {
    reference_.name = std::move(name);
    reference_.format = FileFormat::kDelimited;
  }

  /// Writes a file and makes it one of the reference's.
  void AddToReference(const std::string& name, const std::string& text) {
    std::swap(dataset_, reference_);
    Add(name, text);
    std::swap(dataset_, reference_);
  }

  DatasetSchema ReferenceSchema() {
    auto schema = ReadSchema(*session_, reference_, {});
    EXPECT_TRUE(schema) << schema.error().message;
    return *std::move(schema);
  }

  ScanResult Run(const std::vector<plan::Check>& checks, const DatasetSchema& reference_schema,
                 ScanOptions options = {}) {
    options.references = {{reference_.name, {&reference_, &reference_schema}}};
    auto result = Scan(*session_, dataset_, Schema(), checks, options, {});
    EXPECT_TRUE(result) << result.error().message;
    return *std::move(result);
  }
  ScanResult Run(const std::vector<plan::Check>& checks, const ScanOptions& options = {}) {
    return Run(checks, ReferenceSchema(), options);
  }

  Dataset reference_;
};

}  // namespace assay::engine
