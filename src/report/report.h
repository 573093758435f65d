// What one run found, over all places and containers it was pointed at: the input of every
// report.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "engine/profile.h"
#include "infer/suggestion.h"
#include "operations/container_scan.h"
#include "sensitive/tagging.h"

namespace assay::report {

/// A place or container of which nothing could be read, and why.
struct Unread {
  std::string name;  // a URI, or a container in it
  Error error;
};

struct ProfileReport {
  Timestamp time{};  // when the run started
  std::vector<engine::ContainerProfile> containers;
  std::vector<Unread> unread;
  std::vector<sensitive::FieldTags> tags = {};  // of each container; fewer: the rest has none

  /// Of a field of a container, by its index; empty when it has none.
  std::vector<sensitive::FieldTag> TagsOf(size_t container, const std::string& field) const {
    if (container >= tags.size()) return {};
    const auto found = tags[container].find(field);
    return found == tags[container].end() ? std::vector<sensitive::FieldTag>() : found->second;
  }
};

struct ScanReport {
  Timestamp time{};
  std::vector<operations::ContainerScan> containers;
  std::vector<Unread> unread;
  std::string enrichment_uri;  // where results were written; empty: nowhere
};

struct SuggestionReport {
  struct Container {
    std::string name;
    int64_t record_count = 0;
    std::vector<infer::InferredCheck> checks;
  };
  std::vector<Container> containers;
  std::vector<Unread> unread;
};

}  // namespace assay::report
