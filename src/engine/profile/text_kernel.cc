#include "engine/profile/text_kernel.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "engine/profile/dictionary_counts.h"
#include "engine/profile/frequency_statistics.h"
#include "engine/profile/text_shape.h"
#include "engine/profile/value_format.h"
#include "engine/utf8.h"

namespace assay::engine::profile {
namespace {

// Long texts are kept in part: enough to print, and for a pattern and a type.
constexpr size_t kKeptBytes = 256;
constexpr size_t kMaximumPatterns = 100;
constexpr size_t kMaximumDictionary = 32768;

struct KeptText {
  std::string text;
  bool is_cut = false;
};

class TextKernel final : public Kernel {
 public:
  explicit TextKernel(const KernelType& type)
      : is_binary_(type.format == ValueFormat::kBinary) {}

  void Update(const ColumnView& column) override {
    record_count_ += static_cast<int64_t>(column.row_count);
    if (column.dictionary_size > 0 && column.dictionary_size <= kMaximumDictionary) {
      if (!counts_.Continues(column)) FlushDictionary();
      counts_.Count(column);
      return;
    }
    const TextRef* values = column.As<TextRef>();
    for (size_t row = 0; row < column.row_count; ++row) {
      const size_t index = column.Index(row);
      if (column.IsValidIndex(index)) {
        AddRepeated(values[index].view(), 1);
      } else {
        ++null_count_;
      }
    }
  }

  void FlushDictionary() override {
    const TextRef* values = counts_.dictionary().As<TextRef>();
    counts_.Visit([&](size_t index, int64_t count, bool is_valid) {
      if (is_valid) {
        AddRepeated(values[index].view(), count);
      } else {
        null_count_ += count;
      }
    });
  }

  void Combine(const Kernel& base) override {
    const auto& other = static_cast<const TextKernel&>(base);
    record_count_ += other.record_count_;
    null_count_ += other.null_count_;
    empty_count_ += other.empty_count_;
    blank_count_ += other.blank_count_;
    invalid_utf8_count_ += other.invalid_utf8_count_;
    total_length_ += other.total_length_;
    min_length_ = std::min(min_length_, other.min_length_);
    max_length_ = std::max(max_length_, other.max_length_);
    if (other.has_values_) {
      if (!has_values_ || other.min_ < min_) min_ = other.min_;
      if (!has_values_ || other.max_ > max_) max_ = other.max_;
      has_values_ = true;
    }
    sample_.Combine(other.sample_);
  }

  void Finish(const ProfileOptions& options, FieldProfile& profile) override {
    FlushDictionary();
    sample_.Settle();
    profile.record_count = record_count_;
    profile.null_count = null_count_;
    profile.empty_count = empty_count_;
    profile.blank_count = blank_count_;
    profile.invalid_utf8_count = invalid_utf8_count_;
    const int64_t values = record_count_ - null_count_;
    profile.completeness =
        record_count_ == 0 ? 1
                           : static_cast<double>(values) / static_cast<double>(record_count_);
    FinishFrequencies(sample_, profile);
    if (values == 0) return;
    profile.min_length = min_length_;
    profile.max_length = max_length_;
    profile.mean_length = static_cast<double>(total_length_) / static_cast<double>(values);
    if (is_binary_) return;
    profile.min = ReplaceEscapedBytes(CutText(min_, kKeptBytes));
    profile.max = ReplaceEscapedBytes(CutText(max_, kKeptBytes));
    const auto format = [](const KeptText& kept) {
      return HistogramBucket{.value = ReplaceEscapedBytes(kept.text), .is_cut = kept.is_cut};
    };
    FinishHistogram(sample_, options, format, profile);
    if (options.holdout_share > 0) {
      FinishValueSample(sample_, format, profile);
      FinishValueSketch(sample_, profile);
    }
    FinishShapes(profile);
  }

  void Serialize(ByteWriter& out) const override {
    for (const int64_t number :
         {record_count_, null_count_, empty_count_, blank_count_, invalid_utf8_count_,
          total_length_, min_length_, max_length_}) {
      out.Put(number);
    }
    out.Put(has_values_);
    out.PutText(min_);
    out.PutText(max_);
    sample_.Serialize(out, [](ByteWriter& to, const KeptText& kept) {
      to.PutText(kept.text);
      to.Put(kept.is_cut);
    });
  }

  void Deserialize(ByteReader& in) override {
    for (int64_t* number : {&record_count_, &null_count_, &empty_count_, &blank_count_,
                            &invalid_utf8_count_, &total_length_, &min_length_, &max_length_}) {
      *number = in.Get<int64_t>();
    }
    has_values_ = in.Get<bool>();
    min_ = in.GetText();
    max_ = in.GetText();
    sample_.Deserialize(in, [](ByteReader& from) {
      KeptText kept{.text = std::string(from.GetText())};
      kept.is_cut = from.Get<bool>();
      return kept;
    });
  }

 private:
  void AddRepeated(std::string_view text, int64_t count) {
    const int64_t length = is_binary_ ? static_cast<int64_t>(text.size()) : CodePoints(text);
    total_length_ += length * count;
    min_length_ = std::min(min_length_, length);
    max_length_ = std::max(max_length_, length);
    if (text.empty()) {
      empty_count_ += count;
    } else if (static_cast<unsigned char>(text.front()) <= ' ' && IsBlank(text)) {
      blank_count_ += count;
    }
    if (!is_binary_ && length < std::ssize(text) && HasEscapedBytes(text))
      invalid_utf8_count_ += count;
    if (!has_values_ || text < min_) min_ = text;
    if (!has_values_ || text > max_) max_ = text;
    has_values_ = true;
    const uint64_t hash = HashText(text);
    if (sample_.Wants(hash)) {
      sample_.Add(hash, count, [&] {
        return text.size() <= kKeptBytes ? KeptText{.text = std::string(text)}
                                         : KeptText{CutText(text, kKeptBytes), true};
      });
    }
  }

  void FinishShapes(FieldProfile& profile) const {
    struct Shape {
      int64_t count = 0;
      std::string_view example;
    };
    std::unordered_map<std::string, Shape> shapes;
    std::array<int64_t, 5> votes{};
    int64_t rows = 0;
    sample_.ForEach([&](const auto& entry, const KeptText& kept) {
      rows += entry.count;
      Shape& shape = shapes[CharacterPatternOf(kept.text)];
      // The smallest example does not depend on the order in which values came.
      if (shape.count == 0 || kept.text < shape.example) shape.example = kept.text;
      shape.count += entry.count;
      const uint8_t types = kept.is_cut ? uint8_t{0} : TypesOf(kept.text);
      if ((types & kParsesAsFractional) != 0) AddTextNumber(kept.text, profile.text_numbers);
      for (size_t bit = 0; bit < votes.size(); ++bit)
        votes[bit] += ((types >> bit) & 1) != 0 ? entry.count : 0;
    });
    const double scale =
        static_cast<double>(record_count_ - null_count_) / static_cast<double>(rows);
    for (auto& [pattern, shape] : shapes) {
      profile.patterns.push_back({.pattern = pattern,
                                  .count = shape.count,
                                  .example = ReplaceEscapedBytes(shape.example)});
    }
    std::sort(profile.patterns.begin(), profile.patterns.end(),
              [](const CharacterPattern& a, const CharacterPattern& b) {
                return a.count != b.count ? a.count > b.count : a.pattern < b.pattern;
              });
    if (profile.patterns.size() > kMaximumPatterns) profile.patterns.resize(kMaximumPatterns);
    int64_t covered = 0;
    for (CharacterPattern& pattern : profile.patterns) {
      covered += pattern.count;
      pattern.count = std::llround(static_cast<double>(pattern.count) * scale);
    }
    profile.pattern_coverage = static_cast<double>(covered) / static_cast<double>(rows);
    constexpr std::array kTypes = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                                   plan::FieldType::kBoolean, plan::FieldType::kDate,
                                   plan::FieldType::kTimestamp};
    for (size_t i = 0; i < kTypes.size(); ++i) {
      profile.type_votes[kTypes[i]] = static_cast<double>(votes[i]) / static_cast<double>(rows);
    }
  }

  bool is_binary_;
  bool has_values_ = false;
  int64_t record_count_ = 0, null_count_ = 0, empty_count_ = 0, blank_count_ = 0,
          invalid_utf8_count_ = 0;
  int64_t total_length_ = 0, min_length_ = INT64_MAX, max_length_ = 0;
  std::string min_, max_;
  DistinctSample<KeptText> sample_;
  DictionaryCounts counts_;
};

}  // namespace

std::unique_ptr<Kernel> MakeTextKernel(const KernelType& type) {
  return std::make_unique<TextKernel>(type);
}

}  // namespace assay::engine::profile
