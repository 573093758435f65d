#include "tests/report/markup_reader.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "report/utf8.h"

namespace assay::report {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view markup) : rest_(markup) {}

  Markup Read() {
    while (!rest_.empty() && markup_.error.empty()) Step();
    if (markup_.error.empty() && !open_.empty()) markup_.error = "not closed: " + open_.back();
    return std::move(markup_);
  }

 private:
  void Step() {
    if (Skip("<!DOCTYPE html>") || Skip("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")) return;
    if (Skip("</")) return Close();
    if (Skip("<")) return Open();
    const std::string_view text = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(text.size());
    if (open_.empty() || open_.back() != "style") markup_.text += Decode(text);
  }

  void Open() {
    MarkupElement element{.name = Name(), .attributes = {}};
    while (markup_.error.empty() && Skip(" ")) {
      const std::string name = Name();
      if (!Skip("=\"")) return Stop("attribute without a quoted value: " + name);
      const size_t end = rest_.find('"');
      if (end == std::string_view::npos) return Stop("attribute without end: " + name);
      const std::string_view value = rest_.substr(0, end);
      if (value.find('<') != std::string_view::npos) return Stop("'<' in attribute " + name);
      if (!element.attributes.emplace(name, Decode(value)).second)
        return Stop("attribute twice: " + name);
      rest_.remove_prefix(end + 1);
    }
    static const std::set<std::string> kVoid = {"meta", "br"};
    const bool is_closed = Skip("/>");
    if (!is_closed && !Skip(">")) return Stop("element without end: " + element.name);
    if (!is_closed && !kVoid.contains(element.name)) open_.push_back(element.name);
    markup_.elements.push_back(std::move(element));
  }

  void Close() {
    const std::string name = Name();
    if (!Skip(">")) return Stop("end tag without end: " + name);
    if (open_.empty() || open_.back() != name) return Stop("closed out of order: " + name);
    open_.pop_back();
  }

  std::string Name() {
    size_t length = 0;
    while (length < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[length])) || rest_[length] == '-')) {
      ++length;
    }
    const std::string name(rest_.substr(0, length));
    rest_.remove_prefix(length);
    if (name.empty()) Stop("a name is missing");
    return name;
  }

  std::string Decode(std::string_view text) {
    static const std::map<std::string, std::string, std::less<>> kReferences = {
        {"&amp;", "&"}, {"&lt;", "<"},   {"&gt;", ">"},   {"&quot;", "\""},
        {"&#39;", "'"}, {"&#10;", "\n"}, {"&#13;", "\r"}, {"&#9;", "\t"}};
    std::string decoded;
    for (size_t i = 0; i < text.size();) {
      if (text[i] == '&') {
        const size_t end = text.find(';', i);
        const auto found =
            kReferences.find(text.substr(i, end == std::string_view::npos ? end : end - i + 1));
        if (found == kReferences.end()) {
          Stop("'&' that is no reference");
          return decoded;
        }
        decoded += found->second;
        i = end + 1;
        continue;
      }
      const size_t start = i;
      if (NextCodePoint(text, i) == kReplacementCharacter &&
          text.substr(start, i - start) != "\uFFFD") {
        Stop("not UTF-8");
        return decoded;
      }
      decoded += text.substr(start, i - start);
    }
    return decoded;
  }

  bool Skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  void Stop(std::string reason) {
    if (markup_.error.empty())
      markup_.error = std::move(reason) + " before: " + std::string(rest_.substr(0, 60));
  }

  std::string_view rest_;
  std::vector<std::string> open_;
  Markup markup_;
};

}  // namespace

size_t Markup::Count(std::string_view name) const {
  return static_cast<size_t>(std::ranges::count(elements, name, &MarkupElement::name));
}

Markup ReadMarkup(std::string_view markup) {
  return Reader(markup).Read();
}

}  // namespace assay::report
