// Statistics of every field of a dataset in one pass.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/dataset.h"
#include "engine/session.h"
#include "plan/schema.h"

namespace assay::engine {

struct ProfileOptions {
  int64_t max_rows_per_file = -1;             // -1: all
  double high_correlation_threshold = 0.5;    // pairs with |r| at or above are reported
  int histogram_max_distinct_values = 100;    // fields with more have no histogram
  int max_correlated_fields = 64;             // no correlations when there are more numeric fields
  /// Share of rows set aside from ContainerProfile::training_fields, in [0, 1); 0: no such split.
  /// Which rows is fixed by file and row number (IsHeldOut in scan.h counts on the same ones).
  double holdout_share = 0;
};

struct HistogramBucket {
  std::string value;  // as text; texts longer than 256 bytes are cut (is_cut)
  int64_t count = 0;
  double ratio = 0;   // of all non-null values
  bool is_cut = false;
};

/// Quantile sketch: parameters and equal-width buckets between min and max.
struct KllSketch {
  struct Bucket {
    double low = 0, high = 0;
    int64_t count = 0;
  };
  int k = 0;
  double c = 0;
  std::vector<Bucket> buckets;
};

/// A shape that values share: "AA-9999" where A is a letter, 9 a digit (docs/profile.md).
struct CharacterPattern {
  std::string pattern;
  int64_t count = 0;
  std::string example;
};

/// Statistics of one field. Absent where they have no meaning for its type, or no value exists.
/// Numbers of Date and Timestamp fields (min, max, quartiles) are texts in their own notation.
struct FieldProfile {
  plan::Field field;

  int64_t record_count = 0;
  int64_t null_count = 0;
  int64_t nan_count = 0;           // Fractional only
  int64_t infinite_count = 0;      // Fractional only; counted in min and max, left out of moments
  int64_t empty_count = 0;         // String: empty texts
  int64_t blank_count = 0;         // String: only white space, not empty
  int64_t invalid_utf8_count = 0;  // String
  double completeness = 0;         // non-null share; 1 when there are no records

  int64_t approximate_distinct_values = 0;
  bool distinct_is_exact = true;
  std::optional<double> unique_distinct_ratio;  // values occurring once / distinct values
  std::optional<double> entropy;                // bits

  std::optional<int64_t> min_length, max_length;  // String: code points; lists and maps: elements
  std::optional<double> mean_length;

  std::optional<std::string> min, max;  // exact, as text in the field's own type
  std::optional<std::string> sum;       // exact for integers and decimals
  std::optional<double> mean, std_dev, skewness, kurtosis;  // sample standard deviation; excess kurtosis
  std::optional<std::string> q1, median, q3;
  std::optional<bool> is_not_normal;  // Jarque-Bera at 5 %
  std::optional<KllSketch> kll;

  std::vector<HistogramBucket> histogram_buckets;  // by falling count, then value
  std::vector<CharacterPattern> patterns;          // String: by falling count
  double pattern_coverage = 0;                     // share of non-null values that `patterns` cover
  std::map<plan::FieldType, double> type_votes;    // String: share of values that parse as each type
  std::map<std::string, double> correlations;      // other field -> Pearson's r
};

struct FileSummary {
  std::string relative_path;
  int64_t row_count = 0;
  int64_t size_bytes = 0;
};

struct ContainerProfile {
  std::string name;
  plan::Schema schema;
  int64_t record_count = 0;        // rows read
  std::optional<int64_t> total_record_count;  // rows there are, when rows were limited and it is known
  std::vector<FieldProfile> fields;
  /// The same statistics over the rows that are not held out; empty without a holdout share.
  std::vector<FieldProfile> training_fields;
  std::vector<FileSummary> files;
  std::vector<FileFailure> failures;
};

/// The schema of `dataset`: of its first readable file, checked against every other. Files that
/// cannot be read or disagree are reported in `failures` and are to be left out by the caller.
/// kNotFound when no file can be read.
struct DatasetSchema {
  plan::Schema schema;
  std::vector<size_t> readable;  // indexes into Dataset::files
  std::vector<FileFailure> failures;
  ReadOptions options;           // as given, with what was detected filled in
};
Result<DatasetSchema> ReadSchema(Session& session, const Dataset& dataset, const RunContext& context);

/// Profiles the readable files. A file that fails while it is read is reported and contributes
/// nothing. One pass over the data; memory does not grow with rows.
Result<ContainerProfile> Profile(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                                 const ProfileOptions& options, const RunContext& context);

}  // namespace assay::engine
