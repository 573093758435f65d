#include "plan/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "plan/functions/groups.h"
#include "plan/letter_case.h"

namespace assay::plan {
namespace {

using Index = std::map<std::string, const Function*, std::less<>>;

const Function* Find(const Index& index, std::string_view key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

Index IndexSpellings() {
  Index index;
  for (const FunctionGroup& group : AllFunctions()) {
    for (const Function& function : group.functions) {
      for (const std::string& spelling : function.spellings) index.emplace(spelling, &function);
    }
  }
  return index;
}

Index IndexNames() {
  Index index;
  for (const FunctionGroup& group : AllFunctions()) {
    for (const Function& function : group.functions) index.emplace(function.name, &function);
  }
  return index;
}

/// Levenshtein distance.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::span<const FunctionGroup> AllFunctions() {
  static const std::vector<FunctionGroup> groups = {
      functions::Logic(),      functions::Comparisons(), functions::Conditions(),
      functions::Arithmetic(), functions::Numbers(),     functions::Texts(),
      functions::Patterns(),   functions::Times(),       functions::Aggregates()};
  return groups;
}

const Function* FindFunction(std::string_view name) {
  static const Index index = IndexNames();
  return Find(index, name);
}

const Function* FindSpelling(std::string_view spelling) {
  static const Index index = IndexSpellings();
  return Find(index, LowerAscii(spelling));
}

Status CheckArgumentCount(const Function& function, size_t count) {
  const size_t min = static_cast<size_t>(function.min_arguments);
  const size_t max = static_cast<size_t>(function.max_arguments);
  if (count >= min && count <= max) return {};
  const std::string wanted = min == max ? fmt::format("{}", min)
                             : function.max_arguments == kAnyNumber
                                 ? fmt::format("at least {}", min)
                                 : fmt::format("{} to {}", min, max);
  const std::string& name =
      function.spellings.empty() ? function.name : function.spellings.front();
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("{} takes {} argument{}, found {}", name, wanted,
                          max == 1 || (min == 1 && max == kAnyNumber) ? "" : "s", count));
}

std::string NearestName(std::string_view name, std::span<const std::string> candidates) {
  // Names beyond this length are no typing mistakes, and the distance is quadratic.
  constexpr size_t kMaxLength = 100;
  if (name.size() > kMaxLength) return "";
  const std::string lower = LowerAscii(name);
  std::string nearest;
  size_t fewest = std::max<size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kMaxLength) continue;
    const size_t distance = EditDistance(lower, LowerAscii(candidate));
    if (distance < fewest) {
      fewest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string NearestSpelling(std::string_view spelling) {
  std::vector<std::string> spellings;
  for (const FunctionGroup& group : AllFunctions()) {
    for (const Function& function : group.functions) {
      spellings.insert(spellings.end(), function.spellings.begin(), function.spellings.end());
    }
  }
  return NearestName(spelling, spellings);
}

}  // namespace assay::plan
