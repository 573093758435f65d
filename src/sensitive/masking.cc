#include "sensitive/masking.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "auth/keyed_hash.h"
#include "sensitive/detector.h"

namespace assay::sensitive {
namespace {

constexpr const char* kAllTags = "sensitive";

/// The last `count` characters; nullopt when there are fewer than twice as many and one.
std::optional<std::string> LastCharacters(const std::string& text, size_t count) {
  size_t characters = 0, start = text.size();
  for (size_t i = text.size(); i-- > 0;) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (++characters == count) start = i;
  }
  if (characters <= 2 * count) return std::nullopt;
  return text.substr(start);
}

/// Where the field stands in a record: by its name, or below the structs that it begins with.
/// What is in a list or map is not told apart: that as a whole.
Json* FindValue(Json& record, const std::string& field) {
  if (!record.is_object()) return nullptr;
  if (const auto found = record.find(field); found != record.end()) return &*found;
  for (size_t dot = field.find('.'); dot != std::string::npos; dot = field.find('.', dot + 1)) {
    const auto parent = record.find(field.substr(0, dot));
    if (parent == record.end()) continue;
    Json* const member = FindValue(*parent, field.substr(dot + 1));
    return member == nullptr ? &*parent : member;
  }
  return nullptr;
}

}  // namespace

Result<Masking> ParseMasking(std::string_view name) {
  if (name == "full") return Masking::kFull;
  if (name == "last4") return Masking::kLast4;
  if (name == "hash") return Masking::kHash;
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("values are masked by full, last4 or hash, not '{}'", name));
}

Result<MaskingPolicy> ParsePolicy(const std::map<std::string, std::string>& names) {
  MaskingPolicy policy;
  for (const auto& [tag, masking] : names) {
    ASSAY_TRY(const Masking parsed, ParseMasking(masking));
    if (tag == kAllTags) {
      for (const Detector& detector : AllDetectors()) {
        if (!names.contains(detector.name)) policy.insert_or_assign(detector.name, parsed);
      }
    } else if (FindDetector(tag) != nullptr) {
      policy.insert_or_assign(tag, parsed);
    } else {
      std::vector<std::string> known;
      for (const Detector& detector : AllDetectors()) known.push_back(detector.name);
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("there is no tag '{}': use {} for all, or {}", tag, kAllTags,
                              fmt::join(known, ", ")));
    }
  }
  return policy;
}

void Masks::Add(const std::string& field, Masking masking) {
  const auto [entry, is_new] = fields_.emplace(field, masking);
  // From the strictest to the least: nothing, what only equals itself, a part.
  const auto rank = [](Masking of) {
    return of == Masking::kFull ? 0 : of == Masking::kHash ? 1 : 2;
  };
  if (!is_new && rank(masking) < rank(entry->second)) entry->second = masking;
}

void Masks::Add(const Masks& other) {
  if (key_.empty()) key_ = other.key_;
  for (const auto& [field, masking] : other.fields_) Add(field, masking);
}

bool Masks::Touches(const std::string& field) const {
  const auto is_part = [](const std::string& part, const std::string& whole) {
    return part.starts_with(whole) && (part.size() == whole.size() ||
                                       part[whole.size()] == '.' || part[whole.size()] == '[');
  };
  return std::ranges::any_of(fields_, [&](const auto& masked) {
    return is_part(field, masked.first) || is_part(masked.first, field);
  });
}

void Masks::AddTagged(const FieldTags& tags, const MaskingPolicy& policy) {
  for (const auto& [field, of_field] : tags) {
    for (const FieldTag& tag : of_field) {
      if (const auto masking = policy.find(tag.tag); masking != policy.end())
        Add(field, masking->second);
    }
  }
}

Json Masks::Masked(const std::string& field, const Json& value) const {
  const auto masking = fields_.find(field);
  return masking == fields_.end() ? value : MaskedValue(masking->second, value);
}

Json Masks::Masked(Json record) const {
  for (const auto& [field, masking] : fields_) {
    if (Json* value = FindValue(record, field.substr(0, field.find("[]"))))
      *value = MaskedValue(masking, *value);
  }
  return record;
}

Json Masks::MaskedValue(Masking masking, const Json& value) const {
  if (value.is_null()) return value;
  if (value.is_object() || value.is_array()) {
    Json masked = value;
    for (auto& item : masked) item = MaskedValue(masking, item);
    return masked;
  }
  return MaskedText(masking, value.is_string() ? value.get<std::string>() : PrintJson(value));
}

std::string Masks::MaskedText(Masking masking, const std::string& text) const {
  switch (masking) {
    case Masking::kFull: break;
    case Masking::kLast4:
      if (const auto last = LastCharacters(text, 4)) return "***" + *last;
      break;
    case Masking::kHash:
      if (!key_.empty()) return "hash:" + auth::KeyedHash(key_, text).substr(0, 16);
      break;
  }
  return kMasked;
}

void Masks::Mask(engine::FieldProfile& profile) const {
  const auto found = fields_.find(profile.field.name);
  if (found == fields_.end()) return;
  const auto mask = [&](std::string& text) { text = MaskedText(found->second, text); };
  for (auto* buckets :
       {&profile.histogram_buckets, &profile.frequent_values, &profile.value_sample}) {
    for (engine::HistogramBucket& bucket : *buckets) {
      mask(bucket.value);
      bucket.is_cut = false;
    }
  }
  for (engine::CharacterPattern& pattern : profile.patterns) mask(pattern.example);
  if (profile.field.type == plan::FieldType::kString) {
    for (auto* value : {&profile.min, &profile.max}) {
      if (*value) mask(**value);
    }
    return;
  }
  for (auto* value :
       {&profile.min, &profile.max, &profile.sum, &profile.q1, &profile.median, &profile.q3}) {
    value->reset();
  }
  profile.mean.reset();
  profile.kll.reset();
  profile.quantiles.clear();
}

void Masks::Mask(engine::ContainerProfile& profile) const {
  for (engine::FieldProfile& field : profile.fields) Mask(field);
  for (engine::FieldProfile& field : profile.training_fields) Mask(field);
}

}  // namespace assay::sensitive
