// Every kernel gives the same answer for any split and order of its rows, also through its
// bytes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "engine/profile/kernel.h"
#include "engine/profile/text_shape.h"

namespace assay::engine::profile {
namespace {

TextRef MakeTextRef(const std::string& text) {
  TextRef ref{};
  ref.small.length = static_cast<uint32_t>(text.size());
  if (text.size() <= sizeof(ref.small.inlined)) {
    std::copy(text.begin(), text.end(), ref.small.inlined);
  } else {
    std::copy_n(text.begin(), sizeof(ref.large.prefix), ref.large.prefix);
    ref.large.data = text.data();
  }
  return ref;
}

/// A column in memory: values and which of them are null.
template <class T>
struct TestColumn {
  std::vector<T> values;
  std::vector<bool> is_null;
};

/// Feeds rows [first, end) in the given order, in batches of up to 2,048.
template <class T>
void Feed(Kernel& kernel, const TestColumn<T>& column, const std::vector<uint32_t>& order,
          size_t first, size_t end) {
  std::vector<uint64_t> validity((column.values.size() + 63) / 64, ~uint64_t{0});
  for (size_t i = 0; i < column.is_null.size(); ++i) {
    if (column.is_null[i]) validity[i / 64] &= ~(uint64_t{1} << (i % 64));
  }
  for (size_t start = first; start < end; start += 2048) {
    const size_t rows = std::min<size_t>(2048, end - start);
    kernel.Update({.row_count = rows,
                   .values = column.values.data(),
                   .selection = order.data() + start,
                   .validity = validity.data()});
  }
}

template <class T>
FieldProfile ProfileInParts(const KernelType& type, const TestColumn<T>& column,
                            const std::vector<uint32_t>& order, size_t parts) {
  std::unique_ptr<Kernel> total = MakeKernel(type);
  for (size_t part = 0; part < parts; ++part) {
    const std::unique_ptr<Kernel> kernel = MakeKernel(type);
    Feed(*kernel, column, order, order.size() * part / parts,
         order.size() * (part + 1) / parts);
    kernel->FlushDictionary();
    ByteWriter bytes;
    kernel->Serialize(bytes);
    const std::string text = bytes.Take();
    ByteReader reader(text);
    const std::unique_ptr<Kernel> copy = MakeKernel(type);
    copy->Deserialize(reader);
    EXPECT_TRUE(reader.ok() && reader.at_end());
    total->Combine(*copy);
  }
  FieldProfile profile;
  total->Finish({}, profile);
  return profile;
}

void ExpectNear(const std::optional<double>& a, const std::optional<double>& b,
                double relative) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (a) {
    EXPECT_NEAR(*a, *b, relative * (1 + std::abs(*b)));
  }
}

/// Share of non-null values below, and at or below, `value` must enclose `rank` within 1 %.
template <class T>
void ExpectRank(const std::vector<T>& sorted, double value, double rank) {
  const auto low =
      std::lower_bound(sorted.begin(), sorted.end(), value - std::abs(value) * 1e-9 - 1e-9);
  const auto high =
      std::upper_bound(sorted.begin(), sorted.end(), value + std::abs(value) * 1e-9 + 1e-9);
  const auto n = static_cast<double>(sorted.size());
  EXPECT_LE(static_cast<double>(low - sorted.begin()) / n, rank + 0.01);
  EXPECT_GE(static_cast<double>(high - sorted.begin()) / n, rank - 0.01);
}

template <class T>
void ExpectSplitInvariant(const KernelType& type, const TestColumn<T>& column) {
  std::vector<uint32_t> order(column.values.size());
  std::iota(order.begin(), order.end(), 0U);
  const FieldProfile whole = ProfileInParts(type, column, order, 1);
  std::mt19937_64 random(7);
  for (const size_t parts : {2, 7, 100}) {
    std::shuffle(order.begin(), order.end(), random);
    const FieldProfile split = ProfileInParts(type, column, order, parts);
    EXPECT_EQ(split.record_count, whole.record_count);
    EXPECT_EQ(split.null_count, whole.null_count);
    EXPECT_EQ(split.nan_count, whole.nan_count);
    EXPECT_EQ(split.infinite_count, whole.infinite_count);
    EXPECT_EQ(split.empty_count, whole.empty_count);
    EXPECT_EQ(split.approximate_distinct_values, whole.approximate_distinct_values);
    EXPECT_EQ(split.distinct_is_exact, whole.distinct_is_exact);
    EXPECT_EQ(split.min, whole.min);
    EXPECT_EQ(split.max, whole.max);
    EXPECT_EQ(split.min_length, whole.min_length);
    EXPECT_EQ(split.max_length, whole.max_length);
    if (type.format != ValueFormat::kReal) {
      EXPECT_EQ(split.sum, whole.sum);
    }
    ExpectNear(split.unique_distinct_ratio, whole.unique_distinct_ratio, 1e-12);
    ExpectNear(split.entropy, whole.entropy, 1e-9);
    ExpectNear(split.mean, whole.mean, 1e-9);
    ExpectNear(split.std_dev, whole.std_dev, 1e-9);
    ExpectNear(split.skewness, whole.skewness, 1e-6);
    ExpectNear(split.kurtosis, whole.kurtosis, 1e-6);
    EXPECT_EQ(split.histogram_buckets.size(), whole.histogram_buckets.size());
    ASSERT_EQ(split.patterns.size(), whole.patterns.size());
    for (size_t i = 0; i < split.patterns.size(); ++i) {
      EXPECT_EQ(split.patterns[i].pattern, whole.patterns[i].pattern);
      EXPECT_EQ(split.patterns[i].count, whole.patterns[i].count);
    }
    EXPECT_EQ(split.type_votes, whole.type_votes);
    if (whole.distinct_is_exact) {
      EXPECT_EQ(split.median, whole.median);
    }
  }
}

template <class T>
TestColumn<T> RandomIntegers(size_t rows, int64_t distinct, double null_share) {
  std::mt19937_64 random(11);
  TestColumn<T> column;
  for (size_t i = 0; i < rows; ++i) {
    column.values.push_back(static_cast<T>(
        static_cast<int64_t>(random() % static_cast<uint64_t>(distinct)) - distinct / 3));
    column.is_null.push_back(static_cast<double>(random() % 1000) < null_share * 1000);
  }
  return column;
}

TEST(KernelSplitTest, FewIntegers) {
  ExpectSplitInvariant({PhysicalType::kInt32, ValueFormat::kInteger, 0},
                       RandomIntegers<int32_t>(30'000, 90, 0.05));
}
TEST(KernelSplitTest, ManyIntegers) {
  ExpectSplitInvariant({PhysicalType::kInt64, ValueFormat::kInteger, 0},
                       RandomIntegers<int64_t>(200'000, 1'000'000, 0.01));
}
TEST(KernelSplitTest, JustAroundTheSampleSize) {
  ExpectSplitInvariant({PhysicalType::kInt64, ValueFormat::kInteger, 0},
                       RandomIntegers<int64_t>(80'000, 18'000, 0));
}
TEST(KernelSplitTest, Decimals) {
  ExpectSplitInvariant({PhysicalType::kInt128, ValueFormat::kDecimal, 4},
                       RandomIntegers<Int128>(50'000, 40'000, 0.1));
}
TEST(KernelSplitTest, Dates) {
  ExpectSplitInvariant({PhysicalType::kInt32, ValueFormat::kDate, 0},
                       RandomIntegers<int32_t>(20'000, 3'000, 0.1));
}

TEST(KernelSplitTest, RealsWithNanAndInfinity) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(100, 15);
  TestColumn<double> column;
  for (int i = 0; i < 100'000; ++i) {
    column.values.push_back(i % 997 == 0    ? std::nan("")
                            : i % 1501 == 0 ? std::numeric_limits<double>::infinity()
                                            : normal(random));
    column.is_null.push_back(i % 50 == 0);
  }
  ExpectSplitInvariant({PhysicalType::kDouble, ValueFormat::kReal, 0}, column);
}

TEST(KernelSplitTest, Texts) {
  std::mt19937_64 random(5);
  std::vector<std::string> texts;
  for (int i = 0; i < 40'000; ++i) {
    texts.push_back(i % 100 == 0 ? ""
                                 : "Ünïcode-" + std::to_string(random() % 25'000) +
                                       (i % 3 == 0 ? " and a longer tail" : ""));
  }
  TestColumn<TextRef> column;
  for (const std::string& text : texts) {
    column.values.push_back(MakeTextRef(text));
    column.is_null.push_back(column.values.size() % 33 == 0);
  }
  ExpectSplitInvariant({PhysicalType::kText, ValueFormat::kText, 0}, column);
}

TEST(QuantileTest, SketchedQuantilesAreWithinOnePercentOfRank) {
  const auto column = RandomIntegers<int64_t>(1'000'000, 100'000'000, 0);
  std::vector<uint32_t> order(column.values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<int64_t> sorted = column.values;
  std::sort(sorted.begin(), sorted.end());
  for (const size_t parts : {size_t{1}, size_t{7}, size_t{100}}) {
    const FieldProfile profile =
        ProfileInParts({PhysicalType::kInt64, ValueFormat::kInteger, 0}, column, order, parts);
    ExpectRank(sorted, std::stod(*profile.q1), 0.25);
    ExpectRank(sorted, std::stod(*profile.median), 0.5);
    ExpectRank(sorted, std::stod(*profile.q3), 0.75);
  }
}

TEST(QuantileTest, AscendingValuesInTwoHalvesCombine) {
  TestColumn<int64_t> column;
  for (int64_t i = 0; i < 1'000'000; ++i) column.values.push_back(i);
  std::vector<uint32_t> order(column.values.size());
  std::iota(order.begin(), order.end(), 0U);
  for (const size_t parts : {size_t{2}, size_t{3}, size_t{16}}) {
    const FieldProfile profile =
        ProfileInParts({PhysicalType::kInt64, ValueFormat::kInteger, 0}, column, order, parts);
    ExpectRank(column.values, std::stod(*profile.q1), 0.25);
    ExpectRank(column.values, std::stod(*profile.median), 0.5);
    ExpectRank(column.values, std::stod(*profile.q3), 0.75);
  }
}

TEST(DictionaryTest, CountingByDictionaryEqualsCountingByRow) {
  const std::vector<int64_t> dictionary = {5, -3, 1'000, 0};
  const std::vector<uint64_t> validity = {0b0111};  // the last entry is null
  std::vector<uint32_t> selection;
  TestColumn<int64_t> plain;
  for (uint32_t i = 0; i < 10'000; ++i) {
    selection.push_back(i * i % 4);
    plain.values.push_back(dictionary[selection.back()]);
    plain.is_null.push_back(selection.back() == 3);
  }
  const KernelType type{PhysicalType::kInt64, ValueFormat::kInteger, 0};
  const auto kernel = MakeKernel(type);
  for (size_t start = 0; start < selection.size(); start += 2000) {
    kernel->Update({.row_count = 2000,
                    .values = dictionary.data(),
                    .selection = selection.data() + start,
                    .validity = validity.data(),
                    .dictionary_size = 4,
                    .dictionary_id = 1});
  }
  FieldProfile counted;
  kernel->Finish({}, counted);
  std::vector<uint32_t> order(plain.values.size());
  std::iota(order.begin(), order.end(), 0U);
  const FieldProfile by_row = ProfileInParts(type, plain, order, 1);
  EXPECT_EQ(counted.null_count, by_row.null_count);
  EXPECT_EQ(counted.sum, by_row.sum);
  EXPECT_EQ(counted.median, by_row.median);
  EXPECT_NEAR(*counted.std_dev, *by_row.std_dev, 1e-9);
  ASSERT_EQ(counted.histogram_buckets.size(), by_row.histogram_buckets.size());
  for (size_t i = 0; i < counted.histogram_buckets.size(); ++i) {
    EXPECT_EQ(counted.histogram_buckets[i].value, by_row.histogram_buckets[i].value);
    EXPECT_EQ(counted.histogram_buckets[i].count, by_row.histogram_buckets[i].count);
  }
}

TEST(DistinctTest, EstimateIsWithinItsBoundForMillionsOfValues) {
  const KernelType type{PhysicalType::kInt64, ValueFormat::kInteger, 0};
  const auto kernel = MakeKernel(type);
  std::vector<int64_t> values(2048);
  for (int64_t batch = 0; batch < 1000; ++batch) {
    std::iota(values.begin(), values.end(), batch * 2048);
    kernel->Update({.row_count = values.size(), .values = values.data()});
  }
  FieldProfile profile;
  kernel->Finish({}, profile);
  EXPECT_FALSE(profile.distinct_is_exact);
  EXPECT_NEAR(static_cast<double>(profile.approximate_distinct_values), 2'048'000.0,
              2'048'000.0 * 0.025);
  EXPECT_EQ(profile.unique_distinct_ratio, 1.0);
  EXPECT_NEAR(*profile.entropy, std::log2(2'048'000.0), 0.01);
}

TEST(EmptyTest, NoRowsGiveNoValueStatistics) {
  for (const KernelType& type : {KernelType{PhysicalType::kDouble, ValueFormat::kReal, 0},
                                 KernelType{PhysicalType::kText, ValueFormat::kText, 0}}) {
    FieldProfile profile;
    MakeKernel(type)->Finish({}, profile);
    EXPECT_EQ(profile.record_count, 0);
    EXPECT_EQ(profile.completeness, 1);
    EXPECT_EQ(profile.min, std::nullopt);
    EXPECT_EQ(profile.entropy, std::nullopt);
  }
}

TEST(TextShapeTest, PatternsNameRunsOfOneClass) {
  EXPECT_EQ(CharacterPatternOf("AB-1234 x"), "A{2}-9{4} a");
  EXPECT_EQ(CharacterPatternOf("{é}\\"), "\\{u\\}\\\\");
  EXPECT_EQ(CharacterPatternOf(""), "");
  const std::string cut = CharacterPatternOf(std::string(200, '.'));
  EXPECT_EQ(cut, std::string(64, '.') + "…");
}

TEST(TextShapeTest, TypesFollowTheText) {
  EXPECT_EQ(TypesOf(" -12 "), kParsesAsIntegral | kParsesAsFractional);
  EXPECT_EQ(TypesOf("1e5"), kParsesAsFractional);
  EXPECT_EQ(TypesOf("007"), 0) << "a leading zero is part of a code";
  EXPECT_EQ(TypesOf("0.5"), kParsesAsFractional);
  EXPECT_EQ(TypesOf("Yes"), kParsesAsBoolean);
  EXPECT_EQ(TypesOf("2024-02-29"), kParsesAsDate | kParsesAsTimestamp);
  EXPECT_EQ(TypesOf("2023-02-29"), 0);
  EXPECT_EQ(TypesOf("2024-02-29T08:30:00.5+02:00"), kParsesAsTimestamp);
  EXPECT_EQ(TypesOf("12 monkeys"), 0);
}

TEST(TextShapeTest, LengthsAreCodePoints) {
  EXPECT_EQ(CodePoints("aé漢😀"), 4);
  EXPECT_EQ(CodePoints(std::string(100, 'x') + "éé"), 102);
}

}  // namespace
}  // namespace assay::engine::profile
