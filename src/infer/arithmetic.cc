#include "infer/arithmetic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace assay::infer {
namespace {

constexpr size_t kMostFields = 64;
constexpr size_t kLeastRows = 30;
constexpr double kMostFailing = 0.15;
constexpr double kLeastChanceFailing = 0.5;
constexpr size_t kFirstRows = 12;  // enough to see that most threes have no relation
constexpr size_t kMostFirstFailing = 5;
constexpr int kMostPlaces = 6;
constexpr double kRoundedShare = 0.95;   // of values that have no further decimal places
constexpr double kRelativeError = 1e-9;  // of sums of doubles
constexpr std::array<size_t, 3> kShifts = {1, 7, 31};  // rows; other values, the same columns

/// The unit of the last decimal place that the values have; 0 when they have more than six.
double UnitOf(const std::vector<double>& numbers) {
  double unit = 1;
  for (int places = 0; places <= kMostPlaces; ++places, unit /= 10) {
    size_t rounded = 0, count = 0;
    for (const double number : numbers) {
      if (std::isnan(number)) continue;
      ++count;
      const double scaled = number / unit;
      rounded +=
          std::abs(scaled - std::round(scaled)) <= 1e-6 + std::abs(scaled) * kRelativeError;
    }
    if (static_cast<double>(rounded) >= kRoundedShare * static_cast<double>(count)) return unit;
  }
  return 0;
}

double LargestOf(const std::vector<double>& numbers) {
  double largest = 0;
  for (const double number : numbers)
    if (!std::isnan(number)) largest = std::max(largest, std::abs(number));
  return largest;
}

struct NumberField {
  size_t index = 0;
  const std::vector<double>* numbers = nullptr;
  double unit = 0;
};

double Apply(Operation operation, double a, double b) {
  return operation == Operation::kSum ? a + b : a * b;
}

struct Tally {
  size_t rows = 0, failing = 0;
  double failing_share() const {
    return rows == 0 ? 1 : static_cast<double>(failing) / static_cast<double>(rows);
  }
};

/// One possible relation over the sampled rows.
class Equation {
 public:
  Equation(Operation operation, const NumberField& a, const NumberField& b,
           const NumberField& result)
      : operation_(operation), a_(*a.numbers), b_(*b.numbers), result_(*result.numbers) {
    // Rounded values may be one unit off. Without a last place only the error of doubles is
    // left.
    tolerance_ = result.unit;
    if (a.unit == 1 && b.unit == 1 && result.unit == 1) tolerance_ = 0;
    if (result.unit == 0) tolerance_ = kRelativeError * LargestOf(result_);
  }

  double tolerance() const { return tolerance_; }

  /// Whether it is not seen to fail in the first rows.
  bool IsPossible() const {
    size_t rows = 0, failing = 0;
    for (size_t row = 0; row < result_.size() && rows < kFirstRows; ++row) {
      const std::optional<bool> fails = Fails(row, row, row);
      if (!fails) continue;
      ++rows;
      failing += *fails;
      if (failing > kMostFirstFailing) return false;
    }
    return true;
  }

  /// With each column shifted by so many rows.
  Tally Count(size_t shift_a, size_t shift_b, size_t shift_result) const {
    Tally tally;
    const size_t count = result_.size();
    for (size_t row = 0; row < count; ++row) {
      const auto fails =
          Fails((row + shift_a) % count, (row + shift_b) % count, (row + shift_result) % count);
      if (!fails) continue;
      ++tally.rows;
      tally.failing += *fails;
    }
    return tally;
  }

  /// The least that fails when the values of one column are of other rows.
  double ChanceFailing() const {
    double least = 1;
    for (const size_t shift : kShifts) {
      least =
          std::min({least, Count(shift, 0, 0).failing_share(),
                    Count(0, shift, 0).failing_share(), Count(0, 0, shift).failing_share()});
    }
    return least;
  }

 private:
  /// nullopt when one of the values is missing.
  std::optional<bool> Fails(size_t row_a, size_t row_b, size_t row_result) const {
    const double a = a_[row_a], b = b_[row_b], result = result_[row_result];
    if (std::isnan(a) || std::isnan(b) || std::isnan(result)) return std::nullopt;
    const double expected = Apply(operation_, a, b);
    const double rounding = kRelativeError * (std::abs(a) + std::abs(b) + std::abs(result));
    return std::abs(expected - result) > tolerance_ + rounding;
  }

  Operation operation_;
  const std::vector<double>&a_, &b_, &result_;
  double tolerance_ = 0;
};

std::vector<NumberField> NumberFields(const TrainingRows& rows) {
  std::vector<NumberField> fields;
  for (size_t i = 0; i < rows.fields.size() && fields.size() < kMostFields; ++i) {
    if (KindOfValues(rows.fields[i]) != ValueKind::kNumber || !IsRelatable(rows.fields[i]))
      continue;
    const std::vector<double>& numbers = rows.sample.columns[i].numbers;
    const auto present =
        std::ranges::count_if(numbers, [](double number) { return !std::isnan(number); });
    if (static_cast<size_t>(present) < kLeastRows) continue;
    fields.push_back({.index = i, .numbers = &numbers, .unit = UnitOf(numbers)});
  }
  return fields;
}

}  // namespace

std::vector<ArithmeticRelation> FindArithmetic(const TrainingRows& rows) {
  const std::vector<NumberField> fields = NumberFields(rows);
  std::vector<ArithmeticRelation> relations;
  for (const NumberField& result : fields) {
    std::optional<ArithmeticRelation> best;
    double best_failing = kMostFailing;
    for (size_t i = 0; i < fields.size(); ++i) {
      for (size_t j = i + 1; j < fields.size(); ++j) {
        if (fields[i].index == result.index || fields[j].index == result.index) continue;
        for (const Operation operation : {Operation::kSum, Operation::kProduct}) {
          const Equation equation(operation, fields[i], fields[j], result);
          if (!equation.IsPossible()) continue;
          const Tally tally = equation.Count(0, 0, 0);
          if (tally.rows < kLeastRows || tally.failing_share() > best_failing) continue;
          if (best && tally.failing_share() == best_failing) continue;
          const double by_chance = equation.ChanceFailing();
          if (by_chance < kLeastChanceFailing) continue;
          best_failing = tally.failing_share();
          best = ArithmeticRelation{.operation = operation,
                                    .a = fields[i].index,
                                    .b = fields[j].index,
                                    .result = result.index,
                                    .tolerance = equation.tolerance(),
                                    .chance_failing_share = by_chance};
        }
      }
    }
    if (best) relations.push_back(*best);
  }
  return relations;
}

}  // namespace assay::infer
