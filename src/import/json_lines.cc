#include "import/json_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::imports {
namespace {

/// One pass over the characters; strings are skipped whole.
class Scanner {
 public:
  explicit Scanner(std::string_view json) : json_(json) {}

  /// Goes to the next character that is outside of strings; false at the end.
  bool Next() {
    if (at_ < json_.size() && started_) ++at_;
    started_ = true;
    while (at_ < json_.size() && json_[at_] == '"') SkipString();
    return at_ < json_.size();
  }

  char Current() {
    if (json_[at_] == '\n') ++line_;
    return json_[at_];
  }
  int line() const { return line_; }
  std::string_view last_string() const { return last_string_; }

 private:
  void SkipString() {
    const size_t start = ++at_;
    while (at_ < json_.size() && json_[at_] != '"') {
      if (json_[at_] == '\n') ++line_;
      at_ += json_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_, json_.size());
    last_string_ = json_.substr(start, at_ - start);
    if (at_ < json_.size()) ++at_;
  }

  std::string_view json_;
  std::string_view last_string_;
  size_t at_ = 0;
  bool started_ = false;
  int line_ = 1;
};

}  // namespace

Status CheckJsonDepth(std::string_view json) {
  Scanner scanner(json);
  int depth = 0;
  while (scanner.Next()) {
    const char c = scanner.Current();
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kMaxJsonDepth) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("line {}: nested deeper than {} levels",
                                                        scanner.line(), kMaxJsonDepth));
    }
  }
  return {};
}

std::vector<int> LinesOfItems(std::string_view json, std::string_view key) {
  std::vector<int> lines;
  Scanner scanner(json);
  int depth = 0;
  std::string_view name;
  bool inside = false;
  while (scanner.Next()) {
    const char c = scanner.Current();
    if (c == ':' && depth == 1) name = scanner.last_string();
    if (c == '{' || c == '[') {
      if (inside && depth == 2 && c == '{') lines.push_back(scanner.line());
      if (depth == 1) inside = c == '[' && name == key;
      ++depth;
    }
    if (c == '}' || c == ']') --depth;
  }
  return lines;
}

}  // namespace assay::imports
