// YAML from outside as a tree that knows its lines.
//
// The subset that people write by hand: mappings with text keys, sequences, scalars, comments,
// anchors, aliases, merge keys and several documents. What an alias or a merge key stands for
// is copied to its place, within a limit; tags are refused.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace assay::rules {

struct YamlNode {
  enum class Kind { kNull, kPlain, kQuoted, kSequence, kMapping };

  Kind kind = Kind::kNull;
  int line = 0;                         // from 1; below an alias, where it was written
  std::string key = {};                 // in its mapping; unique there
  std::string text = {};                // of kPlain and kQuoted, UTF-8
  std::vector<YamlNode> children = {};  // of kSequence and kMapping, in the order of the text

  bool IsScalar() const { return kind == Kind::kPlain || kind == Kind::kQuoted; }
};

struct YamlLimits {
  size_t max_bytes = size_t{8} << 20;
  size_t max_depth = 32;
  size_t max_documents = 10'000;
  size_t max_copied_bytes = size_t{8} << 20;  // of anchored nodes and of aliases, about
};

/// The documents of `text` that hold anything. kInvalidInput "line N: ..." for what is not
/// YAML, not UTF-8, refused (see above), or beyond the limits. Time and memory are linear in
/// the text and what is copied.
Result<std::vector<YamlNode>> ReadYaml(std::string_view text, const YamlLimits& limits = {});

/// The tree as JSON. Plain scalars follow the core schema of YAML 1.2: null, true, false,
/// decimal numbers; anything else is text, as are numbers that a JSON number would not hold
/// exactly (more digits than a double has) and numbers with leading zeros. Dates are text.
Json YamlToJson(const YamlNode& node);

/// `value` on one line, as flow YAML that YamlToJson reads back as the same value, and so do
/// readers of YAML 1.1.
std::string PrintYaml(const Json& value);

}  // namespace assay::rules
