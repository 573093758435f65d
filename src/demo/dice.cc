#include "demo/dice.h"

#include <string>

#include "base/hash.h"

namespace assay::demo {

Dice::Dice(uint64_t seed, std::string_view table) : seed_(StableHash64(table, seed)) {}

uint64_t Dice::Roll(int64_t row, std::string_view what) const {
  return StableHash64(what, StableHash64(std::to_string(row), seed_));
}

int64_t Dice::Between(int64_t row, std::string_view what, int64_t low, int64_t high) const {
  return low + static_cast<int64_t>(Roll(row, what) % static_cast<uint64_t>(high - low + 1));
}

double Dice::Share(int64_t row, std::string_view what) const {
  return static_cast<double>(Roll(row, what) >> 11) * 0x1p-53;
}

}  // namespace assay::demo
