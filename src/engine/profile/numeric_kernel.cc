#include "engine/profile/numeric_kernel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>

#include "engine/profile/dictionary_counts.h"
#include "engine/profile/exact_sum.h"
#include "engine/profile/frequency_statistics.h"
#include "engine/profile/moments.h"
#include "engine/profile/quantile_sketch.h"
#include "engine/profile/value_format.h"

namespace assay::engine::profile {
namespace {

// Below the slack of DistinctSample, so that its overflow is noticed before it drops a value.
constexpr size_t kBlockRows = 2048;
constexpr int kHistogramBuckets = 60;  // divides evenly into the 10 or 12 bars of small charts

template <class T>
inline constexpr bool kIsReal = std::is_floating_point_v<T>;

template <class T>
uint64_t HashNumber(T value) {
  if constexpr (sizeof(T) == 16) {
    return HashWide(value);
  } else if constexpr (kIsReal<T>) {
    const double canonical = std::isnan(value) ? std::numeric_limits<double>::quiet_NaN()
                                               : static_cast<double>(value) + 0.0;
    return HashWord(std::bit_cast<uint64_t>(canonical));
  } else {
    return HashWord(static_cast<uint64_t>(value));
  }
}

template <class T>
double Scaled(T value, double divisor) {
  return static_cast<double>(value) / divisor;
}

template <class T>
class NumericKernel final : public Kernel {
 public:
  explicit NumericKernel(const KernelType& type)
      : type_(type),
        divisor_(type.format == ValueFormat::kDecimal ? std::pow(10.0, type.decimal_scale)
                                                      : 1.0) {}

  void Update(const ColumnView& column) override {
    record_count_ += static_cast<int64_t>(column.row_count);
    // A dictionary as long as many batches would cost more than it saves.
    if (column.dictionary_size > 0 && column.dictionary_size <= 16 * kBlockRows) {
      if (!counts_.Continues(column)) FlushDictionary();
      counts_.Count(column);
      return;
    }
    std::array<T, kBlockRows> gathered;
    const T* values = column.As<T>();
    for (size_t start = 0; start < column.row_count; start += kBlockRows) {
      const size_t rows = std::min(kBlockRows, column.row_count - start);
      if (!column.selection && !column.validity) {
        AddBlock(values + start, rows);
        continue;
      }
      size_t count = 0;
      for (size_t row = start; row < start + rows; ++row) {
        const size_t index = column.Index(row);
        gathered[count] = values[index];
        count += column.IsValidIndex(index);
      }
      null_count_ += static_cast<int64_t>(rows - count);
      AddBlock(gathered.data(), count);
    }
  }

  void FlushDictionary() override {
    const T* values = counts_.dictionary().template As<T>();
    counts_.Visit([&](size_t index, int64_t count, bool is_valid) {
      if (!is_valid) {
        null_count_ += count;
      } else {
        AddRepeated(values[index], count);
      }
    });
  }

  void Combine(const Kernel& base) override {
    const auto& other = static_cast<const NumericKernel&>(base);
    record_count_ += other.record_count_;
    null_count_ += other.null_count_;
    nan_count_ += other.nan_count_;
    infinite_count_ += other.infinite_count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
    sum_.Combine(other.sum_);
    moments_.Combine(other.moments_);
    if (is_sketching_ || other.is_sketching_ ||
        sample_.size() + other.sample_.size() > Sample::kSampleSize) {
      StartSketching();
      if (other.is_sketching_) {
        sketch_.Combine(other.sketch_);
      } else {
        other.SeedSketch(sketch_);
      }
    }
    sample_.Combine(other.sample_);
  }

  void Finish(const ProfileOptions& options, FieldProfile& profile) override {
    FlushDictionary();
    sample_.Settle();
    profile.record_count = record_count_;
    profile.null_count = null_count_;
    profile.nan_count = nan_count_;
    profile.infinite_count = infinite_count_;
    const int64_t values = record_count_ - null_count_;
    profile.completeness =
        record_count_ == 0 ? 1
                           : static_cast<double>(values) / static_cast<double>(record_count_);
    FinishFrequencies(sample_, profile);
    FinishHistogram(
        sample_, options,
        [&](T value) { return HistogramBucket{.value = FormatValue(value, type_)}; }, profile);
    if (values == nan_count_) return;
    profile.min = FormatValue(min_, type_);
    profile.max = FormatValue(max_, type_);
    if (type_.format == ValueFormat::kBoolean) return;
    if constexpr (std::is_integral_v<T> && sizeof(T) <= sizeof(uint64_t)) {
      if (type_.format == ValueFormat::kInteger && options.holdout_share > 0)
        FinishValueSketch(sample_, profile);
    }
    FinishQuantiles(options, profile);
    if (type_.format != ValueFormat::kDate && type_.format != ValueFormat::kTimestamp)
      FinishMoments(profile);
  }

  void Serialize(ByteWriter& out) const override {
    out.Put(record_count_);
    out.Put(null_count_);
    out.Put(nan_count_);
    out.Put(infinite_count_);
    out.Put(min_);
    out.Put(max_);
    sum_.Serialize(out);
    moments_.Serialize(out);
    sample_.Serialize(out, [](ByteWriter& to, T value) { to.Put(value); });
    out.Put(is_sketching_);
    if (is_sketching_) sketch_.Serialize(out);
  }

  void Deserialize(ByteReader& in) override {
    record_count_ = in.Get<int64_t>();
    null_count_ = in.Get<int64_t>();
    nan_count_ = in.Get<int64_t>();
    infinite_count_ = in.Get<int64_t>();
    min_ = in.Get<T>();
    max_ = in.Get<T>();
    sum_.Deserialize(in);
    moments_.Deserialize(in);
    sample_.Deserialize(in, [](ByteReader& from) { return from.Get<T>(); });
    is_sketching_ = in.Get<bool>();
    if (is_sketching_) sketch_.Deserialize(in);
  }

 private:
  using Sample = DistinctSample<T>;

  void AddBlock(const T* values, size_t count) {
    if (count == 0) return;
    std::array<double, kBlockRows> doubles;
    size_t finite = count;
    if constexpr (kIsReal<T>) {
      finite = 0;
      for (size_t i = 0; i < count; ++i) {
        doubles[finite] = static_cast<double>(values[i]);
        finite += std::isfinite(values[i]);
      }
      if (finite != count) CountSpecial(values, count);
      for (size_t i = 0; i < count;
           ++i) {  // comparisons with NaN are false, so it changes neither
        min_ = values[i] < min_ ? values[i] : min_;
        max_ = values[i] > max_ ? values[i] : max_;
      }
    } else {
      T low = min_, high = max_;
      Int128 sum = 0;
      for (size_t i = 0; i < count; ++i) {
        low = std::min(low, values[i]);
        high = std::max(high, values[i]);
      }
      min_ = low;
      max_ = high;
      if constexpr (sizeof(T) == 16) {
        for (size_t i = 0; i < count; ++i) sum_.Add(values[i]);
      } else if constexpr (sizeof(T) == 8) {
        for (size_t i = 0; i < count; ++i) sum += values[i];
        sum_.AddBatch(sum);
      } else {
        int64_t narrow = 0;
        for (size_t i = 0; i < count; ++i) narrow += static_cast<int64_t>(values[i]);
        sum_.AddBatch(narrow);
      }
      for (size_t i = 0; i < count; ++i) doubles[i] = Scaled(values[i], divisor_);
    }
    if (wants_moments()) {
      moments_.Add(doubles.data(), finite);
      if constexpr (kIsReal<T>) {
        double sum = 0;
        for (size_t i = 0; i < finite; ++i) sum += doubles[i];
        sum_.Add(sum);
      }
    }
    for (size_t i = 0; i < count; ++i) {
      const uint64_t hash = HashNumber(values[i]);
      if (sample_.Wants(hash)) sample_.Add(hash, 1, [&] { return values[i]; });
    }
    if (is_sketching_) {
      sketch_.Add(doubles.data(), finite);
    } else if (sample_.size() > Sample::kSampleSize) {
      StartSketching();
    }
  }

  void AddRepeated(T value, int64_t count) {
    if constexpr (kIsReal<T>) {
      if (!std::isfinite(value)) {
        nan_count_ += std::isnan(value) ? count : 0;
        infinite_count_ += std::isinf(value) ? count : 0;
      }
      min_ = value < min_ ? value : min_;
      max_ = value > max_ ? value : max_;
    } else {
      min_ = std::min(min_, value);
      max_ = std::max(max_, value);
      sum_.Add(static_cast<Int128>(value), count);
    }
    const double number = Scaled(value, divisor_);
    if (std::isfinite(number)) {
      if (wants_moments()) moments_.AddRepeated(number, count);
      if constexpr (kIsReal<T>) sum_.Add(number * static_cast<double>(count));
      if (is_sketching_) sketch_.AddRepeated(number, count);
    }
    const uint64_t hash = HashNumber(value);
    if (sample_.Wants(hash)) sample_.Add(hash, count, [&] { return value; });
    if (!is_sketching_ && sample_.size() > Sample::kSampleSize) StartSketching();
  }

  void CountSpecial(const T* values, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      nan_count_ += std::isnan(values[i]);
      infinite_count_ += std::isinf(values[i]);
    }
  }

  // The sample still holds every value when this is called: from here on the sketch takes over.
  void StartSketching() {
    if (is_sketching_) return;
    SeedSketch(sketch_);
    is_sketching_ = true;
  }
  void SeedSketch(QuantileSketch& sketch) const {
    sample_.ForEach([&](const typename Sample::Entry& entry, T value) {
      const double number = Scaled(value, divisor_);
      if (std::isfinite(number)) sketch.AddRepeated(number, entry.count);
    });
  }

  bool wants_moments() const {
    return type_.format == ValueFormat::kInteger || type_.format == ValueFormat::kDecimal ||
           type_.format == ValueFormat::kReal;
  }

  /// Exact when every distinct value is known, else from the sketch.
  void FinishQuantiles(const ProfileOptions& options, FieldProfile& profile) const {
    if (sample_.is_complete()) {
      std::vector<std::pair<T, int64_t>> values;
      int64_t total = 0;
      sample_.ForEach([&](const typename Sample::Entry& entry, T value) {
        if constexpr (kIsReal<T>) {
          if (!std::isfinite(value)) return;
        }
        values.emplace_back(value, entry.count);
        total += entry.count;
      });
      if (values.empty()) return;
      std::sort(values.begin(), values.end());
      const auto at_quarter = [&](int64_t quarters) {
        int64_t seen = 0;
        for (const auto& [value, count] : values) {
          seen += count;
          if (seen * 4 >= quarters * total) return FormatValue(value, type_);
        }
        return FormatValue(values.back().first, type_);
      };
      profile.q1 = at_quarter(1);
      profile.median = at_quarter(2);
      profile.q3 = at_quarter(3);
      std::vector<std::pair<double, double>> weighted;
      for (const auto& [value, count] : values)
        weighted.emplace_back(Scaled(value, divisor_), static_cast<double>(count));
      FinishKll(weighted, static_cast<double>(total), profile);
      if (options.holdout_share > 0) FinishRanks(weighted, profile);
      return;
    }
    const auto weighted = sketch_.WeightedValues();
    if (weighted.empty()) return;
    profile.q1 = FormatApproximate(WeightedQuantile(weighted, 0.25), type_);
    profile.median = FormatApproximate(WeightedQuantile(weighted, 0.5), type_);
    profile.q3 = FormatApproximate(WeightedQuantile(weighted, 0.75), type_);
    FinishKll(weighted,
              static_cast<double>(record_count_ - null_count_ - nan_count_ - infinite_count_),
              profile);
    if (options.holdout_share > 0)
      FinishRanks(SampleStandsForAll() ? SampledValues() : weighted, profile);
  }

  /// Whether the sampled values make up the share of the rows that they make up of the distinct
  /// values: then none is so frequent that its being sampled or not would matter, and ranks
  /// near the ends are known ten times better than from the sketch, whose error is 1 % of all
  /// rows.
  bool SampleStandsForAll() const {
    double rows = 0;
    sample_.ForEach([&](const typename Sample::Entry& entry, T) {
      rows += static_cast<double>(entry.count);
    });
    const double expected = static_cast<double>(record_count_ - null_count_) *
                            static_cast<double>(sample_.size()) / sample_.DistinctCount();
    return std::abs(rows - expected) <= 0.05 * expected;
  }
  std::vector<std::pair<double, double>> SampledValues() const {
    std::vector<std::pair<double, double>> values;
    sample_.ForEach([&](const typename Sample::Entry& entry, T value) {
      const double number = Scaled(value, divisor_);
      if (std::isfinite(number)) values.emplace_back(number, static_cast<double>(entry.count));
    });
    std::sort(values.begin(), values.end());
    return values;
  }

  /// The ends are exact; a sketch may have dropped them.
  void FinishRanks(const std::vector<std::pair<double, double>>& weighted,
                   FieldProfile& profile) const {
    for (const double rank : kQuantileRanks)
      profile.quantiles.push_back(WeightedQuantile(weighted, rank));
    if (std::isfinite(Scaled(min_, divisor_)))
      profile.quantiles.front() = Scaled(min_, divisor_);
    if (std::isfinite(Scaled(max_, divisor_)))
      profile.quantiles.back() = Scaled(max_, divisor_);
  }

  void FinishKll(const std::vector<std::pair<double, double>>& weighted, double values,
                 FieldProfile& profile) const {
    // The ends are exact; a sketch may have dropped them.
    const double low =
        std::isfinite(Scaled(min_, divisor_)) ? Scaled(min_, divisor_) : weighted.front().first;
    const double high =
        std::isfinite(Scaled(max_, divisor_)) ? Scaled(max_, divisor_) : weighted.back().first;
    KllSketch kll{.k = QuantileSketch::kSketchSize, .c = 2.0 / 3.0, .buckets = {}};
    const int buckets = high > low ? kHistogramBuckets : 1;
    const auto border = [&](int i) {
      return std::lerp(low, high, static_cast<double>(i) / buckets);
    };
    for (int i = 0; i < buckets; ++i)
      kll.buckets.push_back({.low = border(i), .high = border(i + 1), .count = 0});
    double total = 0;
    for (const auto& [value, weight] : weighted) total += weight;
    std::vector<double> weights(static_cast<size_t>(buckets));
    for (const auto& [value, weight] : weighted) {
      // Halved, so that the difference of the widest values does not overflow.
      const double position =
          high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) * buckets : 0;
      weights[static_cast<size_t>(std::clamp(position, 0.0, buckets - 1.0))] += weight;
    }
    // Rounded cumulatively, so that the counts add up to the number of values.
    double cumulative = 0;
    int64_t given = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
      cumulative += weights[i];
      const int64_t up_to_here = std::llround(cumulative / total * values);
      kll.buckets[i].count = up_to_here - given;
      given = up_to_here;
    }
    profile.kll = std::move(kll);
  }

  void FinishMoments(FieldProfile& profile) const {
    if constexpr (kIsReal<T>) {
      if (moments_.count() == 0) return;
      profile.sum = FormatReal(sum_.Value());
    } else {
      const std::optional<Int128> sum = sum_.Value();
      profile.sum = sum ? FormatValue(*sum, {.physical = PhysicalType::kInt128,
                                             .format = type_.format,
                                             .decimal_scale = type_.decimal_scale})
                        : FormatReal(sum_.Approximate() / divisor_);
    }
    profile.mean = moments_.mean();
    if constexpr (kIsReal<T>) {
      // Deviations from a mean overflow before the values do.
      if (!std::isfinite(*profile.mean))
        profile.mean = sum_.Value() / static_cast<double>(moments_.count());
    }
    if (moments_.count() > 1) profile.std_dev = moments_.StandardDeviation();
    if (!moments_.has_spread()) return;
    profile.skewness = moments_.Skewness();
    profile.kurtosis = moments_.Kurtosis();
    // Jarque and Bera 1980: n/6 (S^2 + K^2/4) is chi-squared with 2 degrees of freedom under
    // normality; 5.991 is its 95 % quantile. With few values the test says nothing.
    if (moments_.count() >= 20) {
      const double statistic =
          static_cast<double>(moments_.count()) / 6 *
          (*profile.skewness * *profile.skewness + *profile.kurtosis * *profile.kurtosis / 4);
      profile.is_not_normal = statistic > 5.991;
    }
  }

  KernelType type_;
  double divisor_;
  int64_t record_count_ = 0, null_count_ = 0, nan_count_ = 0, infinite_count_ = 0;
  T min_ = kIsReal<T> ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();
  T max_ = kIsReal<T> ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
  std::conditional_t<kIsReal<T>, RealSum, IntegerSum> sum_;
  Moments moments_;
  Sample sample_;
  bool is_sketching_ = false;
  QuantileSketch sketch_;
  DictionaryCounts counts_;
};

template <class Visit>
auto WithPhysicalType(PhysicalType type, Visit&& visit) {
  switch (type) {
    case PhysicalType::kBool:
    case PhysicalType::kUint8: return visit(uint8_t{});
    case PhysicalType::kInt8: return visit(int8_t{});
    case PhysicalType::kInt16: return visit(int16_t{});
    case PhysicalType::kInt32: return visit(int32_t{});
    case PhysicalType::kUint16: return visit(uint16_t{});
    case PhysicalType::kUint32: return visit(uint32_t{});
    case PhysicalType::kUint64: return visit(uint64_t{});
    case PhysicalType::kInt128: return visit(Int128{});
    case PhysicalType::kFloat: return visit(float{});
    case PhysicalType::kDouble: return visit(double{});
    case PhysicalType::kInt64:
    case PhysicalType::kText: break;
  }
  return visit(int64_t{});
}

}  // namespace

std::unique_ptr<Kernel> MakeNumericKernel(const KernelType& type) {
  return WithPhysicalType(type.physical, [&]<class T>(T) -> std::unique_ptr<Kernel> {
    return std::make_unique<NumericKernel<T>>(type);
  });
}

void ToDoubles(const ColumnView& column, const KernelType& type, double* values,
               double* present) {
  const double divisor =
      type.format == ValueFormat::kDecimal ? std::pow(10.0, type.decimal_scale) : 1.0;
  WithPhysicalType(type.physical, [&]<class T>(T) {
    const T* source = column.As<T>();
    for (size_t row = 0; row < column.row_count; ++row) {
      const size_t index = column.Index(row);
      const double value = Scaled(source[index], divisor);
      const bool usable = column.IsValidIndex(index) && std::isfinite(value);
      values[row] = usable ? value : 0;
      present[row] = usable ? 1 : 0;
    }
  });
}

}  // namespace assay::engine::profile
