// The function table as documentation.

#pragma once

#include <string>

namespace assay::plan {

/// Markdown: a heading and a table for each group of functions. Functions that only rules call
/// are left out.
std::string PrintFunctionReference();

}  // namespace assay::plan
