// Which of a field's values are its categories, and which are misspelt or stray.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/profile.h"

namespace assay::infer {

struct Categories {
  std::vector<std::string> values;  // by falling count; empty: the field is not categorical
  double dropped_share = 0;         // of all values, that are none of them
};

/// The categories of a text field of `total` values; `frequent` are its most frequent ones, by
/// falling count.
///
/// Left out as errors:
///   - variants of a value twice as frequent that differ in case or spaces only,
///   - values of at most 1 % that are near misses (infer/near_miss.h) of one fifteen times as
///     frequent, 25 times for codes of up to three characters,
///   - values of at most 0.5 % made of other kinds of characters, or of a quite different
///     length, than those that are more frequent,
///   - placeholders ("n/a", "?") of at most 5 %,
///   - three and more values that are all 25 times rarer than the others, and single
///     occurrences.
/// A field is not categorical when more than 5 % would be left out (35 % when three quarters of
/// that are variants, misspellings, placeholders and of other kinds of characters), when other
/// values that occur about once make up more than 0.1 % (there will be further new ones: Good
/// and Turing's estimate), or when its values occur less than 20 times on average.
Categories TextCategories(const std::vector<engine::HistogramBucket>& frequent, int64_t total);

}  // namespace assay::infer
