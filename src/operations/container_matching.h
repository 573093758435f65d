// Which of the containers that a listing shows are which that the store knows.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "connectors/containers.h"
#include "store/containers.h"

namespace assay::operations {

/// One to one: each found container is at most one known one, and the reverse.
///
/// A container to which a user gave a pattern is what that pattern names. Every other one is
/// what has its group key; one without a key, as an earlier version stored it, what has its
/// name. Of several that would do, the first made wins, and none that was deleted before those
/// that were not. A deleted one that users gave a pattern to is like one without.
class ContainerMatching {
 public:
  ContainerMatching() = default;
  ContainerMatching(const std::vector<store::Container>& known,
                    const connectors::Grouped& listing);

  /// Position in the listing of a known container; none when it is not there any more.
  std::optional<size_t> Found(const store::Container& known) const;
  /// Position among the known ones of the container at `found` in the listing; none when it is
  /// new.
  std::optional<size_t> Known(size_t found) const { return known_of_found_[found]; }

 private:
  std::map<int64_t, size_t> found_of_known_;  // by id
  std::vector<std::optional<size_t>> known_of_found_;
};

}  // namespace assay::operations
