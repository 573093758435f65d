// What makes two names one.

#pragma once

namespace assay::plan::names {

/// Names whose words (plan/names/words.h) are the same always are.
struct Similarity {
  /// From 0.5 to 1: names pair whose spelling is at least so similar, which is 1 - d / n for
  /// words that are d edits apart (plan/names/edit_distance.h), n characters long the longer
  /// ones. Other numbers in them say that they are two: "Store 12" and "Store 13". 1: no such
  /// pairs.
  double min_spelling = 0.7;
  /// Whether names pair that sound alike, word by word (plan/names/phonetic_code.h).
  bool pairs_homophones = false;
  /// Whether names pair if all words of one stand side by side in the other: "ACME" and "The
  /// ACME Group". Of three characters at least and ten words at most.
  bool pairs_substrings = false;
};

}  // namespace assay::plan::names
