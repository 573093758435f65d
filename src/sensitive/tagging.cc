#include "sensitive/tagging.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/scan.h"
#include "rules/field_words.h"
#include "sensitive/detector.h"

namespace assay::sensitive {
namespace {

/// A detector's questions about a field.
struct Question {
  const plan::Field* field = nullptr;
  const Detector* detector = nullptr;
  bool field_says_so = false;
  size_t matches = 0;               // into the checks
  std::optional<size_t> validates;  // likewise
};

/// The values as text without white space around them.
plan::Expression TextOf(const plan::Field& field) {
  plan::Expression column = plan::Expression::Column(field.name);
  if (field.type != plan::FieldType::kString) {
    column = plan::Expression::Call(
        "cast", {column, plan::Expression::Constant(plan::Literal::String("string"))});
  }
  return plan::Expression::Call("trim", {std::move(column)});
}

/// The most characters of a value, where it is known.
std::optional<int64_t> LongestValue(const plan::Field& field,
                                    std::span<const engine::FieldProfile> profiles) {
  const auto profile =
      std::ranges::find(profiles, field.name, [](const auto& p) { return p.field.name; });
  if (profile == profiles.end()) return std::nullopt;
  if (field.type == plan::FieldType::kString) return profile->max_length.value_or(0);
  const auto digits = [](const std::optional<std::string>& number) {
    return static_cast<int64_t>(number.value_or("").size());
  };
  return std::max(digits(profile->min), digits(profile->max));
}

class Questions {
 public:
  Questions(const plan::Schema& schema, std::span<const engine::FieldProfile> profiles) {
    for (const plan::Field& field : schema.fields) {
      if (field.name.find("[]") != std::string::npos) continue;
      const std::optional<int64_t> longest = LongestValue(field, profiles);
      for (const Detector& detector : AllDetectors()) {
        const bool is_named = rules::HasPhrase(field.name, detector.phrases);
        const Threshold& threshold =
            is_named ? detector.threshold_if_named : detector.threshold;
        const bool is_possible =
            (threshold.matched || threshold.validated) &&
            std::ranges::find(detector.accepts, field.type) != detector.accepts.end() &&
            longest.value_or(detector.min_length) >= detector.min_length;
        if (is_possible) Ask(field, detector, is_named);
      }
    }
  }

  const std::vector<plan::Check>& checks() const { return checks_; }

  FieldTags Tags(const std::vector<engine::CheckOutcome>& outcomes) const {
    FieldTags tags;
    for (const Question& question : questions_) {
      const auto passing = [&](size_t check) {
        return outcomes[check].total.asserted_rows - outcomes[check].total.failing_rows;
      };
      FieldTag tag{.tag = question.detector->name,
                   .values = outcomes[question.matches].total.asserted_rows,
                   .matched = passing(question.matches),
                   .validated = {}};
      if (question.validates) tag.validated = passing(*question.validates);
      if (IsProposed(question, tag)) tags[question.field->name].push_back(std::move(tag));
    }
    return tags;
  }

 private:
  void Ask(const plan::Field& field, const Detector& detector, bool field_says_so) {
    const Value value{.text = TextOf(field), .field_says_so = field_says_so};
    Question question{.field = &field, .detector = &detector, .field_says_so = field_says_so};
    question.matches = Count(field, detector.matches(value));
    if (detector.validates) {
      question.validates =
          Count(field, plan::And(detector.matches(value), detector.validates(value)));
    }
    questions_.push_back(question);
  }

  /// The rows that pass are those for which it is true.
  size_t Count(const plan::Field& field, plan::Expression condition) {
    checks_.push_back({.form = plan::RowCheck{std::move(condition)},
                       .filter = plan::IsNotNull(plan::Expression::Column(field.name))});
    return checks_.size() - 1;
  }

  static bool IsProposed(const Question& question, const FieldTag& tag) {
    constexpr int64_t kFewestValues = 3;
    const Detector& detector = *question.detector;
    const Threshold& threshold =
        question.field_says_so ? detector.threshold_if_named : detector.threshold;
    const auto is_enough = [&](int64_t count, double share, double least) {
      return count >= std::min(kFewestValues, std::max<int64_t>(1, tag.values)) &&
             share >= least;
    };
    if (threshold.matched && is_enough(tag.matched, tag.matched_share(), *threshold.matched))
      return true;
    const auto validated = tag.validated.value_or(0);
    return threshold.validated &&
           is_enough(validated, tag.validated_share(), *threshold.validated) &&
           static_cast<double>(validated) >=
               detector.min_valid_of_matched * static_cast<double>(tag.matched);
  }

  std::vector<Question> questions_;
  std::vector<plan::Check> checks_;
};

/// Some of the files, spread over all.
std::vector<size_t> SampleFiles(const std::vector<size_t>& files) {
  if (files.size() <= kSampleFiles) return files;
  std::vector<size_t> sample;
  for (size_t i = 0; i < kSampleFiles; ++i)
    sample.push_back(files[i * files.size() / kSampleFiles]);
  return sample;
}

}  // namespace

Result<FieldTags> FindTags(engine::Session& session, const engine::Dataset& dataset,
                           const engine::DatasetSchema& schema,
                           std::span<const engine::FieldProfile> profiles,
                           const engine::RunContext& context) {
  const Questions questions(schema.schema, profiles);
  if (questions.checks().empty() || schema.readable.empty()) return FieldTags();
  engine::DatasetSchema sample = schema;
  sample.readable = SampleFiles(schema.readable);
  const auto files = static_cast<int64_t>(sample.readable.size());
  ASSAY_TRY(const engine::ScanResult result,
            engine::Scan(session, dataset, sample, questions.checks(),
                         {.max_rows_per_file = (kSampleRows + files - 1) / files,
                          .max_failing_rows_per_check = 0,
                          .extent = engine::ScanOptions::Extent::kPart},
                         context));
  return questions.Tags(result.checks);
}

Json FieldTagsToJson(const std::vector<FieldTag>& tags) {
  Json list = Json::array();
  for (const FieldTag& tag : tags) {
    list.push_back(
        Json::object({{"tag", tag.tag},
                      {"sampled_values", tag.values},
                      {"matched", tag.matched_share()},
                      {"validated", tag.validated ? Json(tag.validated_share()) : Json()}}));
  }
  return list;
}

std::string TagText(const FieldTag& tag) {
  std::string text = fmt::format("{} {:.1f} %", tag.tag, 100 * tag.matched_share());
  if (tag.validated) text += fmt::format(" (valid {:.1f} %)", 100 * tag.validated_share());
  return text;
}

}  // namespace assay::sensitive
