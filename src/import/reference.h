// The documentation of what is imported, from the tables of mappings.

#pragma once

#include <string>

namespace assay::imports {

/// docs/import.md, in Markdown: how to import, what holds for all tools, and a table for each.
std::string ImportReference();

}  // namespace assay::imports
