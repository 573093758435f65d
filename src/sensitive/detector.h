// Kinds of sensitive values, each with what tells it. One in sensitive/detectors/ each; the
// registry is generated.
//
// A detector asks two questions of every value: whether it looks like one, and whether it is a
// valid one (check digits, assigned prefixes). Both are conditions over the fields
// (plan/expression.h), so that any engine can count them.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/expression.h"
#include "plan/schema.h"

namespace assay::sensitive {

/// Shares of the sampled values that are not null, of which one suffices to propose the tag.
struct Threshold {
  std::optional<double> matched;    // nothing: looking like one is not enough
  std::optional<double> validated;  // nothing: validity cannot be told
};

/// What a value is asked about.
struct Value {
  plan::Expression text;       // without white space around it; null for null
  bool field_says_so = false;  // whether the name of its field speaks for the detector
};

/// The declaration of a detector; immutable.
struct Detector {
  std::string name;   // of the tag, stable: "email"
  std::string title;  // what it finds: "e-mail addresses"
  std::string doc;    // by what, and what it misses, for docs/sensitive-data.md
  /// Words of names of fields, in lower case, that speak for it: "e mail".
  std::vector<std::string_view> phrases = {};
  std::vector<plan::FieldType> accepts = {plan::FieldType::kString};
  int64_t min_length = 1;  // characters; shorter values are none
  std::function<plan::Expression(const Value&)> matches;
  /// Of a value that matches; empty: all that match count as neither valid nor not.
  std::function<plan::Expression(const Value&)> validates = {};
  Threshold threshold = {};           // for fields of other names
  Threshold threshold_if_named = {};  // for fields whose name speaks for it
  /// Least share of those that match that must be valid, if validity is asked for: other
  /// numbers of the same form pass a check digit now and then.
  double min_valid_of_matched = 0;
};

/// All in the order of their names. Built once; safe from any thread.
std::span<const Detector> AllDetectors();

/// nullptr when there is none.
const Detector* FindDetector(std::string_view name);

/// The table of docs/sensitive-data.md.
std::string DetectorReference();

}  // namespace assay::sensitive
