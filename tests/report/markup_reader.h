// A strict reader of markup, to prove that what we print is well-formed.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

struct MarkupElement {
  std::string name;
  std::map<std::string, std::string> attributes;  // values decoded
};

struct Markup {
  std::vector<MarkupElement> elements;  // in document order
  std::string text;                     // all text, decoded, without that of <style>
  std::string error;                    // empty: well-formed

  size_t Count(std::string_view name) const;
};

/// Every element must be closed in order (save the void ones of HTML), every attribute quoted
/// and given once, every '<' and '&' of text a reference, all of it valid UTF-8.
Markup ReadMarkup(std::string_view markup);

}  // namespace assay::report
