// Regular expressions as engines other than RE2 read them.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::plan {

/// A pattern that RE2, RE2/J, Java and Joni (of Trino) match alike: classes, anchors and "."
/// are written out, and everything that is not a letter or digit is escaped where that matters.
struct PortablePattern {
  std::string text;
  bool may_match_empty = false;  // where engines differ in what they replace
};

/// `pattern` must be one that RE2 accepts. kUnsupported for what engines treat differently:
/// flags such as (?i), \b, \p, \Q, negated classes inside of classes, and what may match the
/// empty text under *, + or ?.
Result<PortablePattern> MakePortable(std::string_view pattern);

}  // namespace assay::plan
