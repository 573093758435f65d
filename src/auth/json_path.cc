#include "auth/json_path.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace assay::auth {
namespace {

/// Characters that end a name after a dot or mean something else in JSONPath.
constexpr std::string_view kNotInName = ".[]()'\"*?@$,:!&|<>= \t\r\n\\";

/// Reads the steps; `position()` is where it stands.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ == text_.size(); }
  bool Skip(char wanted) {
    if (AtEnd() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  std::unexpected<Error> Fault(const char* expected) const {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("not a path of members and indices such as $.data['a b'][0]: {} is "
                            "expected at character {}",
                            expected, at_ + 1));
  }

  Result<std::string> Name() {
    const size_t end = std::min(text_.find_first_of(kNotInName, at_), text_.size());
    if (end == at_) return Fault("a name");
    std::string name(text_.substr(at_, end - at_));
    at_ = end;
    return name;
  }
  Result<std::string> Quoted(char quote) {
    std::string name;
    while (true) {
      if (AtEnd()) return Fault("a closing quote");
      if (Skip(quote)) return name;
      if (Skip('\\') &&
          (AtEnd() || (text_[at_] != '\\' && text_[at_] != '\'' && text_[at_] != '"'))) {
        return Fault("\\, ' or \" after a backslash");
      }
      name += text_[at_++];
    }
  }
  Result<int64_t> Index() {
    int64_t index = 0;
    const char* const start = text_.data() + at_;
    const auto [end, error] = std::from_chars(start, text_.data() + text_.size(), index);
    if (error != std::errc()) return Fault("an index or a quoted name");
    at_ += static_cast<size_t>(end - start);
    return index;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<JsonPath> JsonPath::Parse(std::string_view text) {
  Reader reader(text);
  if (!reader.Skip('$')) return reader.Fault("$");
  std::vector<Step> steps;
  while (!reader.AtEnd()) {
    if (reader.Skip('.')) {
      ASSAY_TRY(std::string name, reader.Name());
      steps.emplace_back(std::move(name));
      continue;
    }
    if (!reader.Skip('[')) return reader.Fault(". or [");
    if (reader.Skip('\'')) {
      ASSAY_TRY(std::string name, reader.Quoted('\''));
      steps.emplace_back(std::move(name));
    } else if (reader.Skip('"')) {
      ASSAY_TRY(std::string name, reader.Quoted('"'));
      steps.emplace_back(std::move(name));
    } else {
      ASSAY_TRY(const int64_t index, reader.Index());
      steps.emplace_back(index);
    }
    if (!reader.Skip(']')) return reader.Fault("]");
  }
  return JsonPath(std::move(steps));
}

const Json* JsonPath::Find(const Json& root) const {
  const Json* at = &root;
  for (const Step& step : steps_) {
    if (const std::string* name = std::get_if<std::string>(&step)) {
      if (!at->is_object()) return nullptr;
      const auto found = at->find(*name);
      if (found == at->end()) return nullptr;
      at = &*found;
      continue;
    }
    if (!at->is_array()) return nullptr;
    const auto size = static_cast<int64_t>(at->size());
    int64_t index = std::get<int64_t>(step);
    if (index < 0) index += size;
    if (index < 0 || index >= size) return nullptr;
    at = &(*at)[static_cast<size_t>(index)];
  }
  return at;
}

}  // namespace assay::auth
