// Names for containers: each is the pattern of its files, and no two are the same.

#pragma once

#include <string>
#include <vector>

namespace assay::connectors {

/// What a container may be called. Where `brief` is taken by another, both are called by
/// `full`.
struct NameChoice {
  std::string brief;  // "data.parquet"
  std::string full;   // "year=*/data.parquet"; may be the same
};

/// One name per choice, all different. Names that stay equal in full get " #2", " #3" in the
/// given order, which must not depend on chance. O(n log n).
std::vector<std::string> ChooseNames(std::vector<NameChoice> choices);

}  // namespace assay::connectors
