// Field profiles of values written in the test or drawn at random, computed the plain way.

#pragma once

#include <string>
#include <vector>

#include "infer/suggestion.h"

namespace assay::infer::testing {

/// Draws that are the same on every machine.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  uint64_t Next();
  double Uniform();  // in [0, 1)
  int64_t Between(int64_t low, int64_t high);
  double Normal();  // mean 0, standard deviation 1
  bool Chance(double share) { return Uniform() < share; }

 private:
  uint64_t state_;
};

/// "Now" of all proposals: 2026-06-15T12:00:00Z.
Timestamp TestNow();

engine::FieldProfile NumberProfile(const std::string& name, plan::FieldType type,
                                   const std::vector<double>& values, int64_t null_count = 0);
engine::FieldProfile TextProfile(const std::string& name,
                                 const std::vector<std::string>& values,
                                 int64_t null_count = 0);
/// A Timestamp field; values as seconds since 1970.
engine::FieldProfile TimeProfile(const std::string& name, const std::vector<double>& seconds);
/// A Date field; values as days since 1970.
engine::FieldProfile DateProfile(const std::string& name, const std::vector<double>& days);

/// Rows of a table as suggestions of relations see them, all of them sampled.
class SampledTable {
 public:
  /// A Timestamp field; values as seconds since 1970.
  void AddTimes(const std::string& name, const std::vector<double>& seconds);
  /// NaN: no value. Times as seconds since 1970, with statistics of numbers.
  void AddNumbers(const std::string& name, const std::vector<double>& values,
                  plan::FieldType type = plan::FieldType::kFractional);
  /// Empty: no value.
  void AddTexts(const std::string& name, const std::vector<std::string>& values);

  std::vector<Candidate> Candidates(const std::string& suggestion) const;
  /// The same as "rule(fields) {properties}", sorted.
  std::vector<std::string> Proposals(const std::string& suggestion) const;

 private:
  std::vector<engine::FieldProfile> fields_;
  engine::RowSample sample_;
};

/// The suggestion of this name.
const Suggestion& FindSuggestion(const std::string& name);

/// What the suggestion of this name proposes.
std::vector<Candidate> Proposals(const std::string& suggestion,
                                 const std::vector<engine::FieldProfile>& fields);

/// The definition of the one check proposed for the field; an empty one when there is none.
rules::CheckDefinition ProposalFor(const std::string& suggestion,
                                   const engine::FieldProfile& profile);

}  // namespace assay::infer::testing
