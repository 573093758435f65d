#include "engine/profile/quantile_sketch.h"

#include <algorithm>
#include <bit>
#include <map>
#include <sstream>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <kll_sketch.hpp>
#pragma GCC diagnostic pop

namespace assay::engine::profile {
namespace {

using Sketch = datasketches::kll_sketch<double>;

constexpr int64_t kUnthinnedValues = 65536;
constexpr int kMaximumLevel = 62;

}  // namespace

struct QuantileSketch::Levels {
  std::map<int, Sketch> by_level;  // level j holds values of weight 2^j

  Sketch& At(int level) { return by_level.try_emplace(level, kSketchSize).first->second; }
};

QuantileSketch::QuantileSketch()
    : levels_(std::make_unique<Levels>()), random_state_(0x9E3779B97F4A7C15u) {}
QuantileSketch::~QuantileSketch() = default;
QuantileSketch::QuantileSketch(QuantileSketch&&) noexcept = default;
QuantileSketch& QuantileSketch::operator=(QuantileSketch&&) noexcept = default;

void QuantileSketch::FinishBlock() {
  // SplitMix64 (Steele et al. 2014): a choice only has to be independent of the values.
  random_state_ += 0x9E3779B97F4A7C15u;
  uint64_t mixed = random_state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  mixed ^= mixed >> 31;
  block_seen_ = 0;
  block_choice_ = static_cast<int64_t>(mixed & ((uint64_t{1} << stream_level_) - 1));
}

void QuantileSketch::Add(const double* values, size_t count) {
  if (count == 0) return;
  while (stream_level_ < kMaximumLevel &&
         (stream_count_ >> (stream_level_ + 1)) >= kUnthinnedValues) {
    // The unfinished block is given its own weight exactly, so that no value is lost.
    if (block_seen_ > 0) AddRepeated(block_value_, block_seen_);
    ++stream_level_;
    FinishBlock();
  }
  stream_count_ += static_cast<int64_t>(count);
  Sketch& sketch = levels_->At(stream_level_);
  if (stream_level_ == 0) {
    for (size_t i = 0; i < count; ++i) sketch.update(values[i]);
    return;
  }
  const int64_t block_size = int64_t{1} << stream_level_;
  int64_t block_start = -block_seen_;  // position of the current block in `values`
  const auto end = static_cast<int64_t>(count);
  while (true) {
    const int64_t choice = block_start + block_choice_;
    if (choice >= 0 && choice < end) block_value_ = values[choice];
    if (block_start + block_size > end) break;
    sketch.update(block_value_);
    block_start += block_size;
    FinishBlock();
  }
  const bool choice_is_past = block_start + block_choice_ < end;
  block_seen_ = end - block_start;
  if (block_seen_ > 0 && !choice_is_past) block_value_ = values[count - 1];
}

void QuantileSketch::AddRepeated(double value, int64_t count) {
  for (auto bits = static_cast<uint64_t>(count); bits != 0; bits &= bits - 1) {
    levels_->At(std::countr_zero(bits)).update(value);
  }
}

void QuantileSketch::Combine(const QuantileSketch& other) {
  for (const auto& [level, sketch] : other.levels_->by_level) levels_->At(level).merge(sketch);
  if (other.block_seen_ > 0) AddRepeated(other.block_value_, other.block_seen_);
}

std::vector<std::pair<double, double>> QuantileSketch::WeightedValues() const {
  std::vector<std::pair<double, double>> values;
  for (const auto& [level, sketch] : levels_->by_level) {
    const auto scale = static_cast<double>(uint64_t{1} << level);
    // Not the sketch's own iterator: in 4.1.0 it gives weight 1 to all when level zero is
    // empty.
    const auto view = sketch.get_sorted_view();
    for (auto it = view.begin(); it != view.end(); ++it) {
      values.emplace_back((*it).first, scale * static_cast<double>(it.get_weight()));
    }
  }
  if (block_seen_ > 0) values.emplace_back(block_value_, static_cast<double>(block_seen_));
  std::sort(values.begin(), values.end());
  return values;
}

void QuantileSketch::Serialize(ByteWriter& out) const {
  out.Put(static_cast<uint32_t>(levels_->by_level.size()));
  for (const auto& [level, sketch] : levels_->by_level) {
    out.Put(static_cast<int32_t>(level));
    const auto bytes = sketch.serialize();
    out.PutText({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  // What is left of the stream becomes an ordinary value: the reader may continue with another
  // one.
  out.Put(block_seen_);
  out.Put(block_value_);
}

void QuantileSketch::Deserialize(ByteReader& in) {
  const auto levels = in.Get<uint32_t>();
  for (uint32_t i = 0; i < levels && in.ok(); ++i) {
    const auto level = in.Get<int32_t>();
    const std::string_view bytes = in.GetText();
    if (!in.ok() || level < 0 || level > kMaximumLevel) return;
    levels_->At(level).merge(Sketch::deserialize(bytes.data(), bytes.size()));
  }
  const auto seen = in.Get<int64_t>();
  const auto value = in.Get<double>();
  if (in.ok() && seen > 0) AddRepeated(value, seen);
}

double WeightedQuantile(const std::vector<std::pair<double, double>>& values, double rank) {
  double total = 0;
  for (const auto& [value, weight] : values) total += weight;
  const double wanted = rank * total;
  double seen = 0;
  for (const auto& [value, weight] : values) {
    seen += weight;
    if (seen >= wanted) return value;
  }
  return values.back().first;
}

}  // namespace assay::engine::profile
