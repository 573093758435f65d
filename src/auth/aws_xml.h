// Reading the XML that S3 and other AWS services answer with.

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::auth {

/// An element and what is in it: either text or children.
struct XmlElement {
  std::string name;  // without a namespace prefix
  std::string text;  // unescaped; empty for an element of `with_children`
  std::vector<XmlElement> children;

  /// The text of the first child of that name; empty if there is none.
  std::string Text(std::string_view child) const;
  const XmlElement* Find(std::string_view child) const;
};

/// Elements named in `with_children` are descended into, all others are taken as text. The root
/// is always descended into. kCorruptData if it is not XML or nested deeper than their
/// answers are.
Result<XmlElement> ParseXml(std::string_view document,
                            const std::set<std::string_view>& with_children);

/// `text` as it may stand between tags.
std::string EscapeXml(std::string_view text);

}  // namespace assay::auth
