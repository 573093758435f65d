// Which of many names name the same thing.

#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/names/similarity.h"

namespace assay::plan::names {

/// Of a name that is looked for in others.
inline constexpr size_t kMostWords = 10;
/// So many names, with which it has the rarest groups of three letters in common, is one
/// compared with by spelling. Beyond that pairs may be missed; so may names of few letters, or
/// where min_spelling is below 0.75, that have no such group in common.
inline constexpr size_t kMostCandidates = 500;

/// A number for each name; names with the same number are one. Pairs add up: a name that pairs
/// with two others makes them one. A name without words is one by itself. Does not depend on
/// the order of the names. Cost: kMostCandidates distances a name at most; memory about 500
/// bytes a name of 20 characters. kCancelled after a stop request.
Result<std::vector<size_t>> Cluster(std::span<const std::string> names,
                                    const Similarity& similarity, const std::stop_token& stop);

}  // namespace assay::plan::names
