#include "connectors/container_names.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace assay::connectors {

std::vector<std::string> ChooseNames(std::vector<NameChoice> choices) {
  std::vector<bool> is_taken_twice(choices.size(), false);
  {
    std::unordered_map<std::string_view, size_t> first_with;
    first_with.reserve(choices.size());
    for (size_t i = 0; i < choices.size(); ++i) {
      const auto [found, is_new] = first_with.emplace(choices[i].brief, i);
      if (is_new) continue;
      is_taken_twice[i] = true;
      is_taken_twice[found->second] = true;
    }
  }
  std::vector<std::string> names;
  names.reserve(choices.size());
  std::unordered_set<std::string> used;
  used.reserve(choices.size());
  for (size_t i = 0; i < choices.size(); ++i) {
    std::string wanted = std::move(is_taken_twice[i] ? choices[i].full : choices[i].brief);
    std::string name = wanted;
    for (int number = 2; !used.insert(name).second; ++number)
      name = fmt::format("{} #{}", wanted, number);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace assay::connectors
