#include "plan/names/edit_distance.h"

#include <algorithm>

namespace assay::plan::names {

size_t EditDistance::operator()(std::u32string_view a, std::u32string_view b, size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  const size_t beyond = limit + 1;
  if (b.size() - a.size() > limit) return beyond;
  // Cells further than `limit` from the diagonal are beyond it.
  for (std::vector<size_t>* row : {&row_, &previous_, &before_previous_})
    row->assign(b.size() + 1, beyond);
  for (size_t j = 0; j <= std::min(limit, b.size()); ++j) row_[j] = j;
  size_t least = 0, previous_least = 0;
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_previous_, previous_);
    std::swap(previous_, row_);
    const size_t first = i > limit ? i - limit : 1;
    const size_t last = std::min(b.size(), i + limit);
    row_[first - 1] = first == 1 ? std::min(i, beyond) : beyond;
    if (last < b.size()) row_[last + 1] = beyond;
    previous_least = least;
    least = row_[first - 1];
    for (size_t j = first; j <= last; ++j) {
      size_t cost = previous_[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost = std::min({cost, previous_[j] + 1, row_[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost = std::min(cost, before_previous_[j - 2] + 1);
      row_[j] = std::min(cost, beyond);
      least = std::min(least, row_[j]);
    }
    // An exchange reaches back two rows.
    if (least > limit && previous_least > limit) return beyond;
  }
  return row_[b.size()];
}

}  // namespace assay::plan::names
