// What a profile says in words: the same sentences in every kind of report.

#pragma once

#include <string>
#include <vector>

#include "engine/profile.h"
#include "operations/container_scan.h"
#include "sensitive/tagging.h"

namespace assay::report {

/// "1,200 rows", "8 fields", "3 files", "1.2 MB"; "of 5,000 rows" when rows were limited.
std::vector<std::string> ContainerFacts(const engine::ContainerProfile& profile);

/// What deserves a look in one field: "12 NaN", "3 infinite", "5 empty", "98.0% parse as Date".
std::vector<std::string> FieldOddities(const engine::FieldProfile& profile);

/// What sensitive values a field seems to hold: "looks like email 98.2 %", each.
std::vector<std::string> TagNotes(const std::vector<sensitive::FieldTag>& tags);

struct CorrelatedPair {
  std::string a, b;
  double correlation = 0;
};
/// Each pair once, strongest first.
std::vector<CorrelatedPair> CorrelatedPairs(const engine::ContainerProfile& profile);

/// "open 61.0% · paid 22.0%": the commonest values, or patterns of texts with many values.
/// Empty when neither says anything.
std::string MostCommon(const engine::FieldProfile& profile, size_t count);

/// "between(amount)". A check that names no fields is shown with those it calculates with.
std::string CheckName(const rules::CheckDefinition& check);
std::string CheckName(const operations::CheckResult& result);

/// Properties as "min 0, max 20, inclusive_max false".
std::string PropertiesText(const Json& properties);

}  // namespace assay::report
