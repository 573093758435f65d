// The shape of tabular data as every module sees it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::plan {

/// The field types users choose from. Storage detail (decimal scale, time zone, list element)
/// is in Field::native_type.
enum class FieldType { kUnknown, kIntegral, kFractional, kBoolean, kString, kDate, kTimestamp };

/// "Integral", "Fractional", ... as printed in the API.
const char* FieldTypeName(FieldType type);
Result<FieldType> ParseFieldType(std::string_view name);

/// Whether the type came with the data (Parquet) or was inferred from its values (CSV).
enum class TypeOrigin { kDeclared, kInferred };

/// How the stored value becomes a value of `type`.
enum class Reading {
  kDirect,   // stored as that type
  kTryCast,  // stored as text that nearly always parses: a value that is not exactly of the
             // type reads as null
};

/// One addressable field of a container: a column, a struct member ("a.b"), or the elements of
/// a list ("a[]"; only profiled, not checked).
struct Field {
  std::string name;               // as users write it
  std::vector<std::string> path;  // column, then members; names inside may hold dots
  FieldType type = FieldType::kUnknown;
  std::string native_type;  // the engine's spelling: "DECIMAL(18,2)", "VARCHAR[]"
  TypeOrigin origin = TypeOrigin::kDeclared;
  Reading reading = Reading::kDirect;
  bool is_partition = false;  // from a folder "name=value", constant within a file

  friend bool operator==(const Field&, const Field&) = default;
};

/// The fields of a container in the order of its first file, partition fields last.
struct Schema {
  std::vector<Field> fields;

  /// Case-sensitive first, then case-insensitive when that names exactly one field; else
  /// nullptr.
  const Field* Find(std::string_view name) const;

  friend bool operator==(const Schema&, const Schema&) = default;
};

}  // namespace assay::plan
