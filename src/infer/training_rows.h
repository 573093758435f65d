// What relations between fields are learned from.

#pragma once

#include <string>
#include <vector>

#include "engine/profile.h"
#include "engine/row_sample.h"

namespace assay::infer {

/// Kinds of values that can be compared with each other.
enum class ValueKind { kNumber, kTime, kText, kOther };

/// Statistics of the training rows, and some of these rows.
struct TrainingRows {
  const std::vector<engine::FieldProfile>& fields;
  engine::RowSample sample;  // columns parallel to fields
  int64_t record_count = 0;  // of the container, held-out rows included; 0 when only some of
                             // its rows were read
};

/// Whether a relation may name the field: a column of its own, or a member of one; not elements
/// of lists, not parts of folder names.
bool IsRelatable(const engine::FieldProfile& profile);

ValueKind KindOfValues(const engine::FieldProfile& profile);

/// The field in an expression of Spark SQL: in backticks where it needs them.
std::string QuotedField(const std::string& name);

}  // namespace assay::infer
