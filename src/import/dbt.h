// dbt's property files: tests of models, sources, seeds and snapshots, with those of dbt_utils
// and dbt_expectations.

#pragma once

#include <string_view>
#include <vector>

#include "import/convert.h"

namespace assay::imports {

/// Whether the text is YAML with models, sources, seeds or snapshots.
bool IsDbt(std::string_view text);

/// An item for each test, and for what else asserts something (constraints, freshness, unit
/// tests). kInvalidInput when the text is not YAML (rules/yaml_document.h) or has no such key.
Result<std::vector<ImportedItem>> ReadDbt(std::string_view text, const Verifier& verifier);

}  // namespace assay::imports
