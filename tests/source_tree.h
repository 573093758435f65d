#pragma once

#include <filesystem>

namespace assay {

/// The root of the checkout that the running test was built from, whatever folder it runs in. Not
/// from __FILE__: compilers and caches may shorten that path.
std::filesystem::path SourceTree();

}  // namespace assay
