// Reading parts of a YAML tree.

#pragma once

#include <string>
#include <string_view>

#include "import/parameters.h"
#include "rules/yaml_document.h"

namespace assay::imports {

/// The value of a key of a mapping; nullptr when there is none, or `node` is no mapping.
const rules::YamlNode* ChildOf(const rules::YamlNode& node, std::string_view key);

/// The text of a scalar child; empty when there is none.
std::string TextOf(const rules::YamlNode& node, std::string_view key);

/// The keys of a mapping as parameters; none of anything else.
Parameters ParametersOf(const rules::YamlNode& node);

}  // namespace assay::imports
