// Which fields refer to keys of other containers: found by sketches of their values, before
// anything is joined.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/profile.h"
#include "infer/suggestion.h"

namespace assay::infer {

/// What is known of a field that others may refer to.
struct KnownField {
  std::string name;
  plan::FieldType type = plan::FieldType::kString;  // kString or kIntegral
  int64_t distinct_values = 0;
  std::optional<double> min, max;  // kIntegral
  engine::ValueSketch sketch;      // counts may be absent
};

/// A container of the same datastore with those of its fields that may be keys: nearly every
/// value is different.
struct KnownContainer {
  int64_t id = 0;
  std::string name;
  std::vector<KnownField> keys;
};

/// The fields of a profile (of all rows, with a holdout share) that may be keys.
std::vector<KnownField> KeysOf(const std::vector<engine::FieldProfile>& fields);

/// That a field refers to a key of another container, or of its own.
struct ReferenceCandidate {
  std::string field;
  int64_t container_id = 0;
  std::string container_name, key;
  /// Of the rows that must have their value among the keys for it to be kept.
  double min_holding_share = 1;
};

/// At most one for each field: text or integers, of which as many rows as 95 % have a value of
/// the key, or 65 % where three quarters of the others are values that occur once, as errors
/// are.
///
/// Texts are not in a key by chance. Integers may be: what share of the integers between its
/// smallest and greatest the key has is how often others would be. Where that is more than a
/// half the names have to say it: a word of the field's name is one of the container's or the
/// key's ("customer_id" of "customers"). `own` is the container of the fields, among `others`
/// if they may refer to it.
std::vector<ReferenceCandidate> FindReferences(const std::vector<engine::FieldProfile>& fields,
                                               int64_t own_container_id,
                                               const std::vector<KnownContainer>& others);

}  // namespace assay::infer
