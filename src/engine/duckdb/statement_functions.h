// The functions that statements of users may call.

#pragma once

#include <string_view>

namespace assay::engine {

/// Whether `name`, in lower case, is an operator or a function of the list: one that gives the
/// same for the same arguments and touches nothing else. Not on it are functions that run
/// others by name (list_aggregate), read settings, variables or the environment, draw random
/// numbers, ask for the time, wait, or that this program adds to the engine for itself.
bool MayCall(std::string_view name);

}  // namespace assay::engine
