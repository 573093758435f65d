// Numbers that look random but depend on nothing but a seed and what they are for, so that
// every value of the sample data can be computed by itself and is the same on every machine.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::demo {

class Dice {
 public:
  /// `table` keeps the numbers of different tables apart.
  Dice(uint64_t seed, std::string_view table);

  /// Uniform over all 64-bit numbers.
  uint64_t Roll(int64_t row, std::string_view what) const;
  /// Uniform over low to high, both included.
  int64_t Between(int64_t row, std::string_view what, int64_t low, int64_t high) const;
  /// Uniform over [0, 1).
  double Share(int64_t row, std::string_view what) const;

  template <class T>
  const T& Pick(int64_t row, std::string_view what, const std::vector<T>& choices) const {
    return choices[Roll(row, what) % choices.size()];
  }

 private:
  uint64_t seed_;
};

}  // namespace assay::demo
