// Named formats of texts: what rule matchesFormat asserts, and what tells sensitive fields.
//
// A format has a shape (a regular expression, quick) and may have more that only true values
// satisfy: check digits, codes that exist. docs/formats.md is printed from the table
// (tests/rules/formats_test.cc).

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/expression.h"

namespace assay::rules {

/// A format; immutable.
struct Format {
  std::string name;     // stable identifier: "iban"
  std::string title;    // what a value is one of, as in "is not a valid IBAN"
  std::string doc;      // exactly what is accepted, for docs/formats.md
  std::string pattern;  // RE2, of the whole value without ^ and $: its shape
  /// What else holds for a text of that shape; empty: nothing. Never null for one.
  std::function<plan::Expression(plan::Expression text)> validate = {};
  std::vector<std::string> valid = {};    // samples, which the tests hold to be so
  std::vector<std::string> invalid = {};  // and of what is near
};

/// All formats in the order of the documentation. Built once; safe from any thread.
std::span<const Format> AllFormats();

/// nullptr when there is none.
const Format* FindFormat(std::string_view name);

// Conditions over a text; null for null.

/// Whether the whole text has the shape of the format.
plan::Expression HasShape(const Format& format, plan::Expression text);
/// Whether the whole text is a value of the format: its shape, and valid.
plan::Expression IsOfFormat(const Format& format, plan::Expression text);
/// Whether something of that shape stands somewhere in the text.
plan::Expression ContainsShape(const Format& format, plan::Expression text);

/// docs/formats.md.
std::string FormatReference();

}  // namespace assay::rules
