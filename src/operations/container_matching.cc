#include "operations/container_matching.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "operations/computed_definition.h"

namespace assay::operations {
namespace {

bool FollowsPattern(const store::Container& container) {
  return container.file_name_override && !container.deleted_at;
}

/// Positions of those of `known` that listings show, in the order in which they choose.
std::vector<size_t> OrderOfChoice(const std::vector<store::Container>& known) {
  std::vector<size_t> order;
  for (size_t i = 0; i < known.size(); ++i) {
    if (!IsComputed(known[i].container_type)) order.push_back(i);
  }
  std::ranges::sort(order, [&](size_t a, size_t b) {
    const bool is_deleted_a = known[a].deleted_at.has_value();
    const bool is_deleted_b = known[b].deleted_at.has_value();
    return is_deleted_a != is_deleted_b ? is_deleted_b : known[a].id < known[b].id;
  });
  return order;
}

/// Positions of the listing's containers by one of their texts; the first has it.
class Index {
 public:
  Index(const connectors::Grouped& listing, std::string connectors::FoundContainer::* text) {
    for (size_t i = 0; i < listing.containers.size(); ++i) {
      position_.emplace(listing.containers[i].*text, i);
    }
  }

  std::optional<size_t> Find(std::string_view text) const {
    const auto found = position_.find(text);
    return found == position_.end() || text.empty() ? std::nullopt
                                                    : std::optional(found->second);
  }

 private:
  std::unordered_map<std::string_view, size_t> position_;
};

}  // namespace

ContainerMatching::ContainerMatching(const std::vector<store::Container>& known,
                                     const connectors::Grouped& listing)
    : known_of_found_(listing.containers.size()) {
  using connectors::FoundContainer;
  const Index by_pattern(listing, &FoundContainer::given_pattern);
  const Index by_key(listing, &FoundContainer::key);
  const Index by_name(listing, &FoundContainer::name);
  const std::vector<size_t> order = OrderOfChoice(known);
  const auto take = [&](size_t position, std::optional<size_t> found) {
    if (!found || known_of_found_[*found]) return;
    known_of_found_[*found] = position;
    found_of_known_[known[position].id] = *found;
  };
  for (const size_t i : order) {
    if (FollowsPattern(known[i])) take(i, by_pattern.Find(*known[i].file_name_override));
  }
  for (const size_t i : order) {
    if (!FollowsPattern(known[i])) take(i, by_key.Find(known[i].group_key));
  }
  for (const size_t i : order) {
    if (!FollowsPattern(known[i]) && known[i].group_key.empty())
      take(i, by_name.Find(known[i].name));
  }
}

std::optional<size_t> ContainerMatching::Found(const store::Container& known) const {
  const auto found = found_of_known_.find(known.id);
  return found == found_of_known_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace assay::operations
