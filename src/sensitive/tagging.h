// Which fields of a dataset hold sensitive values.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/profile.h"

namespace assay::sensitive {

/// A tag that is proposed for a field, and what speaks for it.
struct FieldTag {
  std::string tag;                   // name of a detector
  int64_t values = 0;                // that were looked at: not null
  int64_t matched = 0;               // that look like it
  std::optional<int64_t> validated;  // that are valid; nothing when that cannot be told

  double matched_share() const { return Share(matched); }
  double validated_share() const { return Share(validated.value_or(0)); }

  friend bool operator==(const FieldTag&, const FieldTag&) = default;

 private:
  double Share(int64_t count) const {
    return values == 0 ? 0 : static_cast<double>(count) / static_cast<double>(values);
  }
};

/// By the name of the field; fields without tags are left out.
using FieldTags = std::map<std::string, std::vector<FieldTag>>;

/// Rows that are looked at, about; from kSampleFiles files at most.
inline constexpr int64_t kSampleRows = 2000;
inline constexpr size_t kSampleFiles = 10;

/// Asks all detectors about the first rows of some files, spread over the dataset. `profiles`
/// saves questions that the lengths of values answer; it may be empty. Elements of lists are
/// not looked at. A file that cannot be read is passed over. kCancelled after a stop request.
/// Cost: a read of about kSampleRows rows.
Result<FieldTags> FindTags(engine::Session& session, const engine::Dataset& dataset,
                           const engine::DatasetSchema& schema,
                           std::span<const engine::FieldProfile> profiles,
                           const engine::RunContext& context);

/// [{tag, sampled_values, matched (a share), validated (a share, or null)}].
Json FieldTagsToJson(const std::vector<FieldTag>& tags);

/// "email 98.2 %", "card 97.0 % (valid 96.1 %)".
std::string TagText(const FieldTag& tag);

}  // namespace assay::sensitive
