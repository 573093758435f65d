// Soda: checks in SodaCL, and data contracts (of version 4, and of version 3 with `type:`).

#pragma once

#include <string_view>
#include <vector>

#include "import/convert.h"
#include "rules/yaml_document.h"

namespace assay::imports {

/// Whether the text is YAML with "checks for ..." and the like, or with `dataset` and `columns`
/// or `checks`.
bool IsSoda(std::string_view text);

/// An item for each check, and for what else SodaCL asks to do. kInvalidInput when the text is
/// not YAML (rules/yaml_document.h) or has neither checks nor a dataset.
Result<std::vector<ImportedItem>> ReadSoda(std::string_view text, const Verifier& verifier);

/// Whether a document is a contract.
bool IsSodaContract(const rules::YamlNode& document);

/// The items of one contract.
std::vector<ImportedItem> ReadSodaContract(const rules::YamlNode& contract,
                                           const Verifier& verifier);

}  // namespace assay::imports
