#include "plan/address/labels.h"

#include <algorithm>
#include <array>

#include "plan/address/places.h"
#include "plan/address/tokens.h"

namespace assay::plan::address {
namespace {

constexpr size_t kMaxBytes = 500;
constexpr size_t kMaxCityWords = 5;

/// A word of a name: letters and marks between them, no digits.
bool IsName(const Token& token) {
  const bool has_marks = token.key.find_first_of("@/:_#*+=<>[]{}\\~%$!?") != std::string::npos;
  return !HasDigit(token.text) && !has_marks && token.key.size() > 1 && !IsUnitWord(token.key);
}

/// Words from `begin` to before `end`.
struct Span {
  size_t begin = 0;
  size_t end = 0;

  bool empty() const { return begin >= end; }
  size_t size() const { return end - begin; }
};

class Labeller {
 public:
  explicit Labeller(std::string_view address)
      : tokens_(Tokenize(address)), labels_(tokens_.size()) {}

  std::vector<LabelledPart> Run() {
    if (tokens_.empty()) return {};
    FindCountry();
    FindPostcode();
    FindState();
    FindRoad();
    FindCity();
    return Collect();
  }

 private:
  size_t PartCount() const { return tokens_.back().part + 1; }

  Span Part(size_t part) const {
    Span span{tokens_.size(), tokens_.size()};
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].part != part) continue;
      span.begin = std::min(span.begin, i);
      span.end = i + 1;
    }
    return span;
  }

  std::string Key(Span span) const {
    std::string key;
    for (size_t i = span.begin; i < span.end; ++i) {
      key += (key.empty() ? "" : " ") + tokens_[i].key;
    }
    return key;
  }

  std::string Text(Span span) const {
    std::string text;
    for (size_t i = span.begin; i < span.end; ++i) {
      text += (text.empty() ? "" : " ") + std::string(tokens_[i].text);
    }
    return text;
  }

  void Give(Span span, Label label) {
    for (size_t i = span.begin; i < span.end; ++i) labels_[i] = label;
  }

  bool IsFree(Span span) const {
    for (size_t i = span.begin; i < span.end; ++i) {
      if (labels_[i]) return false;
    }
    return true;
  }

  bool Has(Label label) const {
    return std::ranges::find(labels_, std::optional(label)) != labels_.end();
  }

  Span Of(Label label) const {
    Span span;
    for (size_t i = 0; i < labels_.size(); ++i) {
      if (labels_[i] != label) continue;
      if (span.empty()) span.begin = i;
      span.end = i + 1;
    }
    return span;
  }

  /// The free words of the part of `index` that end right before it, or begin there.
  Span FreeBefore(size_t index) const {
    Span span{index, index};
    while (span.begin > 0 && tokens_[span.begin - 1].part == tokens_[index].part &&
           !labels_[span.begin - 1]) {
      --span.begin;
    }
    return span;
  }
  Span FreeFrom(size_t index, size_t part) const {
    Span span{index, index};
    while (span.end < tokens_.size() && tokens_[span.end].part == part && !labels_[span.end]) {
      ++span.end;
    }
    return span;
  }

  void FindCountry();
  bool IsCountryCode(Span part) const;
  void FindPostcode();
  bool MayBePostcode(Span span) const;
  void FindState();
  bool IsState(Span span) const;
  void FindRoad();
  bool IsRoad(Span span) const;
  bool HasRoadWord(Span span) const;
  void FindCity();
  bool TakeCity(Span span);
  bool TakeCityBehindRoad();
  std::vector<LabelledPart> Collect() const;

  std::vector<Token> tokens_;
  std::vector<std::optional<Label>> labels_;  // of each word
  std::string country_;                       // alpha-2 where it is known
};

/// A code that is also that of a state is one of a country only behind a post code, as outside
/// of America: "10115 Berlin, DE", but "Dover, DE".
bool Labeller::IsCountryCode(Span part) const {
  if (part.size() != 1 || part.begin == 0) return false;
  const std::string_view code = tokens_[part.begin].text;
  if (code.size() < 2 || code.size() > 3 || !IsCapitals(code) || !CountryOfCode(code)) {
    return false;
  }
  if (!CountryOfStateCode(code)) return true;
  const Span before = Part(tokens_[part.begin].part - 1);
  for (size_t i = before.begin; i + 1 < before.end; ++i) {
    const bool state_before = i > before.begin && CountryOfStateCode(tokens_[i - 1].text);
    if (tokens_[i].key.size() >= 4 && IsPostcode(Capitals(tokens_[i].text), "") &&
        !state_before)
      return true;
  }
  return false;
}

void Labeller::FindCountry() {
  const Span part = Part(PartCount() - 1);
  if (IsCountryCode(part)) {
    country_ = *CountryOfCode(tokens_[part.begin].text);
    return Give(part, Label::kCountry);
  }
  for (size_t count = std::min<size_t>(part.size(), 8); count > 0; --count) {
    const Span tail{part.end - count, part.end};
    const auto country = CountryOfName(Key(tail));
    const bool is_state = CountryOfStateName(Key(tail)).has_value();
    if (is_state && !country) return;  // New Jersey is not Jersey
    if (!country) continue;
    // Georgia is the country only where it stands alone.
    if (is_state && (count < part.size() || part.begin == 0)) continue;
    country_ = *country;
    return Give(tail, Label::kCountry);
  }
}

bool Labeller::MayBePostcode(Span span) const {
  if (!IsFree(span) || tokens_[span.begin].part != tokens_[span.end - 1].part) return false;
  if (!IsPostcode(Capitals(Text(span)), country_)) return false;
  const Span part = Part(tokens_[span.begin].part);
  const bool is_number = span.size() == 1 && IsNumber(tokens_[span.begin].text);
  if (span.begin > part.begin) {
    const std::string& before = tokens_[span.begin - 1].key;
    // The number of a house behind its road.
    const bool is_house = span.end == part.end && country_.empty() && is_number &&
                          tokens_[span.begin].text.size() < 5 &&
                          HasRoadWord({part.begin, span.begin}) &&
                          !CountryOfStateCode(tokens_[span.begin - 1].text);
    return !IsUnitWord(before) && !is_house;
  }
  // And in front of it.
  const bool opens = span.begin == 0 && country_.empty() && PartCount() > 1;
  return !(is_number && (opens || HasRoadWord({span.begin + 1, part.end})));
}

void Labeller::FindPostcode() {
  for (size_t end = tokens_.size(); end > 0; --end) {
    for (const size_t count : {size_t{2}, size_t{1}}) {
      if (count > end || !MayBePostcode({end - count, end})) continue;
      return Give({end - count, end}, Label::kPostcode);
    }
  }
}

bool Labeller::IsState(Span span) const {
  if (!IsFree(span) || tokens_[span.begin].part != tokens_[span.end - 1].part) return false;
  const auto fits = [&](std::optional<std::string_view> country) {
    return country && (country_.empty() || country_ == *country);
  };
  const std::string_view text = tokens_[span.begin].text;
  if (span.size() == 1 && IsCapitals(text) && fits(CountryOfStateCode(text))) return true;
  if (!fits(CountryOfStateName(Key(span)))) return false;
  // "New York" is a city where no other one stands before it.
  const size_t part = tokens_[span.begin].part;
  if (span.begin > Part(part).begin) return !IsRoad({Part(part).begin, span.begin});
  return part > 0 && !IsRoad(Part(part - 1));
}

void Labeller::FindState() {
  const Span postcode = Of(Label::kPostcode);
  std::vector<size_t> ends;
  if (!postcode.empty()) ends.push_back(postcode.begin);
  size_t end = tokens_.size();
  while (end > 0 && labels_[end - 1]) --end;
  ends.push_back(end);
  for (const size_t candidate : ends) {
    for (size_t count = std::min<size_t>(3, candidate); count > 0; --count) {
      const Span span{candidate - count, candidate};
      if (span.begin == 0 || !IsState(span)) continue;
      return Give(span, Label::kState);
    }
  }
}

bool Labeller::HasRoadWord(Span span) const {
  for (size_t i = span.begin; i < span.end; ++i) {
    const std::string& key = tokens_[i].key;
    const bool has_name_before = i > span.begin && !IsNumber(tokens_[i - 1].key);
    switch (RoadWordOf(key)) {
      case RoadWord::kNone: break;
      case RoadWord::kWithin: return true;
      case RoadWord::kBehind:
        if (has_name_before) return true;
        break;
      case RoadWord::kBefore:
        if (!has_name_before && i + 1 < span.end) return true;
        break;
      case RoadWord::kEither:
        if (has_name_before || i + 1 < span.end) return true;
        break;
    }
  }
  return false;
}

bool Labeller::IsRoad(Span span) const {
  if (span.empty()) return false;
  // "Unit 3/45 Smith St", but not "Floor 3".
  if (IsUnitWord(tokens_[span.begin].key)) {
    return span.size() > 3 && HasRoadWord({span.begin + 2, span.end});
  }
  if (HasRoadWord(span)) return true;
  if (span.size() < 2) return false;
  const bool number_first = IsHouseNumber(tokens_[span.begin].key);
  const bool number_last = IsHouseNumber(tokens_[span.end - 1].key);
  const Span rest{span.begin + (number_first ? 1u : 0u), span.end - (number_last ? 1u : 0u)};
  if (number_first == number_last || rest.empty()) return false;
  for (size_t i = rest.begin; i < rest.end; ++i) {
    if (IsName(tokens_[i])) return true;
  }
  return false;
}

void Labeller::FindRoad() {
  for (size_t part = 0; part < PartCount(); ++part) {
    const Span words = Part(part);
    for (size_t i = words.begin; i < words.end; ++i) {
      const Span run = FreeFrom(i, part);
      if (run.empty()) continue;
      if (IsRoad(run)) return Give(run, Label::kRoad);
      i = run.end;
    }
  }
}

/// Labels the words as city when they can be one; without numbers of districts at their end.
bool Labeller::TakeCity(Span span) {
  while (!span.empty() && HasDigit(tokens_[span.end - 1].text)) --span.end;
  if (span.empty() || span.size() > kMaxCityWords || !IsFree(span)) return false;
  bool has_name = false;
  for (size_t i = span.begin; i < span.end; ++i) {
    const bool is_name = IsName(tokens_[i]);
    if (HasDigit(tokens_[i].text) || (!is_name && tokens_[i].key.size() > 1)) return false;
    has_name = has_name || is_name;
  }
  if (has_name) Give(span, Label::kCity);
  return has_name;
}

/// Splits the road's words behind the first English word for roads that has a name before it.
bool Labeller::TakeCityBehindRoad() {
  const Span road = Of(Label::kRoad);
  for (size_t i = road.begin + 1; i + 1 < road.end; ++i) {
    const RoadWord word = RoadWordOf(tokens_[i].key);
    const bool may_end = word == RoadWord::kBehind || word == RoadWord::kEither;
    if (!may_end || HasDigit(tokens_[i - 1].text)) continue;
    size_t begin = i + 1;
    while (begin < road.end && IsDirection(tokens_[begin].key)) ++begin;
    while (begin < road.end &&
           (IsUnitWord(tokens_[begin].key) || HasDigit(tokens_[begin].text))) {
      ++begin;
    }
    const Span city{begin, road.end};
    for (size_t word = city.begin; word < city.end; ++word) labels_[word].reset();
    if (TakeCity(city)) return true;
    Give(city, Label::kRoad);
    return false;
  }
  return false;
}

void Labeller::FindCity() {
  const Span postcode = Of(Label::kPostcode);
  const Span state = Of(Label::kState);
  if (!postcode.empty()) {
    const size_t part = tokens_[postcode.begin].part;
    if (TakeCity(FreeFrom(postcode.end, part)) || TakeCity(FreeBefore(postcode.begin))) return;
  }
  if (!state.empty() && TakeCity(FreeBefore(state.begin))) return;
  // From the last part that is left to the first; the one before the road names a building.
  const Span road = Of(Label::kRoad);
  const size_t first = road.empty() ? 0 : tokens_[road.begin].part + 1;
  for (size_t part = PartCount(); part-- > first;) {
    if (TakeCity(FreeFrom(Part(part).begin, part))) return;
  }
  if (TakeCityBehindRoad() || road.empty()) return;
  for (size_t part = tokens_[road.begin].part; part-- > 0;) {
    if (TakeCity(FreeFrom(Part(part).begin, part))) return;
  }
}

std::vector<LabelledPart> Labeller::Collect() const {
  std::vector<LabelledPart> parts;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    if (!labels_[i]) continue;
    if (i > 0 && labels_[i - 1] == labels_[i]) {
      parts.back().text += " " + std::string(tokens_[i].text);
    } else {
      parts.push_back({*labels_[i], std::string(tokens_[i].text)});
    }
  }
  return parts;
}

constexpr std::array kNames = {"road", "city", "state", "country", "postcode"};

}  // namespace

const char* LabelName(Label label) {
  return kNames[static_cast<size_t>(label)];
}

std::optional<Label> ParseLabel(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Label>(found - kNames.begin());
}

std::vector<LabelledPart> LabelAddress(std::string_view address) {
  if (address.size() > kMaxBytes) return {};
  return Labeller(address).Run();
}

}  // namespace assay::plan::address
