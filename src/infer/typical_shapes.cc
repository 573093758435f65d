#include "infer/typical_shapes.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "infer/character_classes.h"
#include "infer/evidence.h"
#include "infer/near_miss.h"

namespace assay::infer {
namespace {

constexpr size_t kMostCommon = 3;
constexpr double kLeastCommonShare = 0.10;
constexpr double kLeastCovered = 1 - kMaxExplainedShare;
constexpr double kFewShare = 0.03;
constexpr double kBalance = 4;  // times as many shorter texts as longer ones, or the reverse
constexpr double kRareRatio = 8;
constexpr size_t kLongestShape = 64;
constexpr size_t kMostShapes = 2000;

struct Shapes {
  std::vector<std::pair<std::string, double>> by_weight;  // the heaviest first
  double total = 0;
};

std::optional<Shapes> CountShapes(const std::vector<WeightedText>& texts, ShapeDetail detail) {
  std::map<std::string, double> weights;
  Shapes shapes;
  for (const WeightedText& text : texts) {
    std::string shape = ShapeOf(text.text, detail);
    if (text.is_cut || shape.size() > kLongestShape) return std::nullopt;
    weights[std::move(shape)] += text.weight;
    shapes.total += text.weight;
    if (weights.size() > kMostShapes) return std::nullopt;
  }
  shapes.by_weight.assign(weights.begin(), weights.end());
  std::ranges::stable_sort(shapes.by_weight, std::greater(),
                           &std::pair<std::string, double>::second);
  return shapes;
}

/// The other shapes, beside the first `common` ones.
struct Others {
  double weight = 0;
  double slips = 0;                // those one slip from a common shape
  double shorter = 0, longer = 0;  // of these, with another length than that
};

Others LookAtOthers(const Shapes& shapes, size_t common) {
  Others others;
  for (size_t i = common; i < shapes.by_weight.size(); ++i) {
    const auto& [shape, weight] = shapes.by_weight[i];
    others.weight += weight;
    for (size_t k = 0; k < common; ++k) {
      const std::string& right = shapes.by_weight[k].first;
      if (!DifferByOneSlip(shape, right)) continue;
      others.slips += weight;
      if (shape.size() < right.size()) others.shorter += weight;
      if (shape.size() > right.size()) others.longer += weight;
      break;
    }
  }
  return others;
}

/// How many of the shapes are common, if all others are slips.
std::optional<size_t> CountCommon(const Shapes& shapes) {
  const auto& all = shapes.by_weight;
  size_t common = 0;
  double covered = 0;
  while (common < all.size() && all[common].second >= kLeastCommonShare * shapes.total)
    covered += all[common++].second;
  if (common == 0 || common > kMostCommon || common == all.size()) return std::nullopt;
  if (covered < kLeastCovered * shapes.total) return std::nullopt;
  if (all[common].second * kRareRatio > all[common - 1].second) return std::nullopt;
  const Others others = LookAtOthers(shapes, common);
  if (others.slips < kExplainedShare * others.weight ||
      others.weight - others.slips > kMaxErrorShare * shapes.total) {
    return std::nullopt;
  }
  const double most = std::max(others.shorter, others.longer);
  const double least = std::min(others.shorter, others.longer);
  if (most > kFewShare * shapes.total && most > kBalance * least) return std::nullopt;
  return common;
}

}  // namespace

std::string ShapeOf(const std::string& text, ShapeDetail detail) {
  std::string shape;
  for (const char c : text) {
    const CharacterKinds kind = KindOf(c);
    if (kind == kNotAscii) {
      if (BeginsCharacter(c)) shape += 'x';
    } else if (kind == 0) {
      shape += c;
    } else if (detail == ShapeDetail::kWords) {
      shape += 'w';
    } else {
      shape += kind == kDigit ? 'd' : (kind & kLower) != 0 ? 'l' : 'u';
    }
  }
  return shape;
}

std::optional<std::vector<WeightedText>> TypicalTexts(const std::vector<WeightedText>& texts,
                                                      ShapeDetail detail) {
  const std::optional<Shapes> shapes = CountShapes(texts, detail);
  if (!shapes) return std::nullopt;
  const std::optional<size_t> common = CountCommon(*shapes);
  if (!common) return std::nullopt;
  std::vector<WeightedText> typical;
  for (const WeightedText& text : texts) {
    const std::string shape = ShapeOf(text.text, detail);
    const auto end = shapes->by_weight.begin() + static_cast<ptrdiff_t>(*common);
    const bool is_typical = std::any_of(shapes->by_weight.begin(), end,
                                        [&](const auto& each) { return each.first == shape; });
    if (is_typical) typical.push_back(text);
  }
  return typical;
}

}  // namespace assay::infer
