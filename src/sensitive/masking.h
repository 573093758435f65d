// Hiding values of fields from everything that leaves the process.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "engine/profile.h"
#include "sensitive/tagging.h"

namespace assay::sensitive {

/// What is shown in place of a value.
enum class Masking {
  kFull,   // ***MASKED***
  kLast4,  // *** and the last four characters, of values of nine or more; else as kFull
  kHash,   // hash: and 16 hexadecimal digits that are the same for the same value under one key
};

inline constexpr const char* kMasked = "***MASKED***";

/// "full", "last4", "hash"; kInvalidInput otherwise.
Result<Masking> ParseMasking(std::string_view name);

/// How the values of each tag are masked; tags that are not in it are shown.
using MaskingPolicy = std::map<std::string, Masking>;

/// From names of tags (or "sensitive", which stands for all that are not named themselves) to
/// names of maskings. kInvalidInput naming what is unknown.
Result<MaskingPolicy> ParsePolicy(const std::map<std::string, std::string>& names);

/// Which fields are masked, and how: the strictest way that their tags ask for.
class Masks {
 public:
  /// Masks nothing.
  Masks() = default;

  /// `key` is for kHash; without one such values are masked in full.
  explicit Masks(Secret key) : key_(std::move(key)) {}

  void Add(const std::string& field, Masking masking);
  /// What another container masks; with its key, if this one had none.
  void Add(const Masks& other);
  void AddTagged(const FieldTags& tags, const MaskingPolicy& policy);

  bool empty() const { return fields_.empty(); }
  bool Contains(const std::string& field) const { return fields_.contains(field); }
  /// Whether the field, something that it is a part of, or a part of it is masked: "a" and
  /// "a.b", "a" and "a[]".
  bool Touches(const std::string& field) const;

  /// The value as it may be shown; the same if its field is not masked. Null stays null; of
  /// lists and objects all that is in them is masked.
  Json Masked(const std::string& field, const Json& value) const;
  /// A record as scans give them, members of structs ("a.b") and elements of lists ("a[]")
  /// included.
  Json Masked(Json record) const;

  /// Masks what holds values: smallest, largest, quartiles and the like of numbers and times
  /// are left out, values of texts are masked where they stand.
  void Mask(engine::FieldProfile& profile) const;
  void Mask(engine::ContainerProfile& profile) const;

 private:
  Json MaskedValue(Masking masking, const Json& value) const;
  std::string MaskedText(Masking masking, const std::string& text) const;

  std::map<std::string, Masking> fields_;
  Secret key_;
};

}  // namespace assay::sensitive
