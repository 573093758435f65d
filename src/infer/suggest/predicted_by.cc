// Suggests predictedBy: a number that lies near a line over another number of its row.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "infer/evidence.h"
#include "infer/order_pairs.h"

namespace assay::infer::suggest {
namespace {

constexpr size_t kMostFields = 64;
constexpr size_t kLeastRows = 60;
constexpr size_t kSlopes = 401;
constexpr double kMostFailing = 0.15;
constexpr double kLeastChanceFailing = 0.3;
constexpr double kMostOfSpread = 0.14;     // residuals by the spread of the field: r2 of 0.98
constexpr double kSigmasAside = 6;         // beyond these a value is taken for wrong
constexpr double kMedianSigma = 0.6745;    // of a normal distribution, the median deviation
constexpr double kQuartileSigma = 1.1503;  // and its upper quartile
constexpr double kRelativeError = 1e-9;

double QuantileOf(std::vector<double>& values, double share) {
  const auto at = static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<size_t>(at)];
}

/// The spread of the bulk, as the standard deviation of a normal distribution. Both the median
/// and the upper quartile of the deviations: values may be equal but for rounding.
double SigmaOf(std::vector<double> deviations) {
  for (double& deviation : deviations) deviation = std::abs(deviation);
  return std::max(QuantileOf(deviations, 0.5) / kMedianSigma,
                  QuantileOf(deviations, 0.75) / kQuartileSigma);
}

/// Rows that have both numbers.
struct Points {
  std::vector<double> x, y;
};

Points PointsOf(const std::vector<double>& x, const std::vector<double>& y) {
  Points points;
  for (size_t row = 0; row < x.size(); ++row) {
    if (std::isnan(x[row]) || std::isnan(y[row])) continue;
    points.x.push_back(x[row]);
    points.y.push_back(y[row]);
  }
  return points;
}

std::vector<double> Residuals(const Points& points, double slope, double intercept) {
  std::vector<double> residuals;
  for (size_t i = 0; i < points.x.size(); ++i)
    residuals.push_back(points.y[i] - slope * points.x[i] - intercept);
  return residuals;
}

/// The median slope of lines through two points each (Theil and Sen), of kSlopes of them. Up to
/// 29 % of the points may be wrong.
std::optional<double> MedianSlope(const Points& points) {
  std::vector<double> slopes;
  const size_t count = points.x.size();
  for (size_t i = 0; i < kSlopes; ++i) {
    const size_t a = i * 7919 % count, b = (i * 104'729 + count / 2) % count;
    const double dx = points.x[b] - points.x[a];
    if (dx != 0) slopes.push_back((points.y[b] - points.y[a]) / dx);
  }
  if (slopes.size() < kSlopes / 4) return std::nullopt;
  return QuantileOf(slopes, 0.5);
}

struct Line {
  size_t feature = 0;
  double slope = 0, intercept = 0, tolerance = 0, chance_failing_share = 0;
};

double FailingShare(const std::vector<double>& residuals, double tolerance) {
  const auto failing = std::ranges::count_if(
      residuals, [&](double residual) { return std::abs(residual) > tolerance; });
  return static_cast<double>(failing) / static_cast<double>(residuals.size());
}

std::optional<Line> FitLine(Points points) {
  if (points.x.size() < kLeastRows) return std::nullopt;
  const std::optional<double> slope = MedianSlope(points);
  if (!slope || *slope == 0 || !std::isfinite(*slope)) return std::nullopt;
  std::vector<double> offsets = Residuals(points, *slope, 0);
  const double intercept = QuantileOf(offsets, 0.5);
  std::vector<double> values = points.y;
  const double median = QuantileOf(values, 0.5);
  const double spread = SigmaOf(Residuals(points, 0, median));
  const std::vector<double> residuals = Residuals(points, *slope, intercept);
  const double sigma = SigmaOf(residuals);
  if (!(sigma <= kMostOfSpread * spread) || spread == 0) return std::nullopt;
  const double tolerance = kSigmasAside * sigma + kRelativeError * (std::abs(median) + spread);
  if (FailingShare(residuals, tolerance) > kMostFailing) return std::nullopt;
  std::ranges::rotate(points.y, points.y.begin() + 1);
  const double by_chance = FailingShare(Residuals(points, *slope, intercept), tolerance);
  if (by_chance < kLeastChanceFailing) return std::nullopt;
  return Line{.slope = *slope,
              .intercept = intercept,
              .tolerance = tolerance,
              .chance_failing_share = by_chance};
}

std::vector<size_t> NumberFields(const TrainingRows& rows) {
  std::vector<size_t> fields;
  for (size_t i = 0; i < rows.fields.size() && fields.size() < kMostFields; ++i) {
    const engine::FieldProfile& profile = rows.fields[i];
    if (KindOfValues(profile) == ValueKind::kNumber && IsRelatable(profile) &&
        !IsIdentifierName(profile.field.name)) {
      fields.push_back(i);
    }
  }
  return fields;
}

/// The best line for the field over one of those before it in the table.
std::optional<Line> BestLine(const TrainingRows& rows, const std::vector<size_t>& features,
                             size_t field) {
  std::optional<Line> best;
  for (const size_t feature : features) {
    if (feature >= field) break;
    std::optional<Line> line = FitLine(
        PointsOf(rows.sample.columns[feature].numbers, rows.sample.columns[field].numbers));
    if (!line || (best && best->tolerance <= line->tolerance)) continue;
    line->feature = feature;
    best = line;
  }
  return best;
}

Candidate CandidateOf(const TrainingRows& rows, size_t field, const Line& line) {
  const std::string& name = rows.fields[field].field.name;
  const std::string expression = fmt::format(
      "{:.10g} * {} {} {:.10g}", line.slope, QuotedField(rows.fields[line.feature].field.name),
      line.intercept < 0 ? "-" : "+", std::abs(line.intercept));
  return {.definition = {.rule = "predictedBy",
                         .fields = {name},
                         .properties = Json::object(
                             {{"expression", expression}, {"tolerance", line.tolerance}}),
                         .description = fmt::format("{} follows {}", name,
                                                    rows.fields[line.feature].field.name)},
          .min_holding_share = 1 - MostFailing(line.chance_failing_share),
          .chance_failing_share = line.chance_failing_share};
}

std::vector<Candidate> Relate(const TrainingRows& rows) {
  std::vector<Candidate> candidates;
  const std::vector<size_t> fields = NumberFields(rows);
  for (const size_t field : fields) {
    if (const auto line = BestLine(rows, fields, field))
      candidates.push_back(CandidateOf(rows, field, *line));
  }
  return candidates;
}

}  // namespace

Suggestion predicted_by() {
  return {.name = "predictedBy", .level = 4, .relate = Relate};
}

}  // namespace assay::infer::suggest
