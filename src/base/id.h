// Random identifiers.

#pragma once

#include <string>

namespace assay {

/// A random (version 4) UUID, lower case with dashes, from the kernel's generator. Thread-safe.
std::string NewUuid();

}  // namespace assay
