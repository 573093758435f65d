// Statistics of every field of a dataset in one pass.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/dataset.h"
#include "engine/file_encodings.h"
#include "engine/session.h"
#include "engine/value_sketch.h"
#include "plan/schema.h"

namespace assay::engine {

struct ProfileOptions {
  int64_t max_rows_per_file = -1;           // -1: all
  double high_correlation_threshold = 0.5;  // pairs with |r| at or above are reported
  int histogram_max_distinct_values = 100;  // fields with more have no histogram
  int max_correlated_fields = 64;  // no correlations when there are more numeric fields
  /// Share of rows set aside from ContainerProfile::training_fields, in [0, 1); 0: no such
  /// split. Which rows is fixed by file and row number (IsHeldOut in scan.h counts on the same
  /// ones).
  double holdout_share = 0;
};

struct HistogramBucket {
  std::string value;  // as text; texts longer than 256 bytes are cut (is_cut)
  int64_t count = 0;
  double ratio = 0;  // of all non-null values
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

/// Ranks of FieldProfile::quantiles, dense at both ends, where wrong values are.
inline constexpr std::array<double, 37> kQuantileRanks = {
    0,    0.0005, 0.001, 0.002, 0.003,  0.005, 0.0075, 0.01,  0.015, 0.02,   0.03, 0.04, 0.05,
    0.07, 0.1,    0.15,  0.2,   0.25,   0.5,   0.75,   0.8,   0.85,  0.9,    0.93, 0.95, 0.96,
    0.97, 0.98,   0.985, 0.99,  0.9925, 0.995, 0.997,  0.998, 0.999, 0.9995, 1};

/// A shape that values share: "AA-9999" where A is a letter, 9 a digit (docs/profile.md).
struct CharacterPattern {
  std::string pattern;
  int64_t count = 0;
  std::string example;
};

/// What the numbers among some texts need to be held exactly; those with an exponent do not
/// count.
struct TextNumbers {
  int integer_digits = 0;   // the most before the point
  int fraction_digits = 0;  // the most after it
  bool fit_double = true;   // whether each is what its double prints as

  friend bool operator==(const TextNumbers&, const TextNumbers&) = default;
};

/// A line through the values of a field over those of another one, by least squares.
struct RegressionModel {
  std::string feature;  // the other field
  double coefficient = 0, intercept = 0;
  double r2 = 0;
  double root_mean_squared_error = 0;
};

/// Statistics of one field. Absent where they have no meaning for its type, or no value exists.
/// Numbers of Date and Timestamp fields (min, max, quartiles) are texts in their own notation.
struct FieldProfile {
  plan::Field field;

  int64_t record_count = 0;
  int64_t null_count = 0;
  int64_t nan_count = 0;       // Fractional only
  int64_t infinite_count = 0;  // Fractional only; counted in min and max, left out of moments
  int64_t empty_count = 0;     // String: empty texts
  int64_t blank_count = 0;     // String: only white space, not empty
  int64_t invalid_utf8_count = 0;  // String
  int64_t unparsable_count = 0;  // read from text: cells that are not of the type, and so null
  TextNumbers text_numbers;      // String
  double completeness = 0;       // non-null share; 1 when there are no records

  int64_t approximate_distinct_values = 0;
  bool distinct_is_exact = true;
  std::optional<double> unique_distinct_ratio;  // values occurring once / distinct values
  std::optional<double> entropy;                // bits

  std::optional<int64_t> min_length,
      max_length;  // String: code points; lists and maps: elements
  std::optional<double> mean_length;

  std::optional<std::string> min, max;  // exact, as text in the field's own type
  std::optional<std::string> sum;       // exact for integers and decimals
  std::optional<double> mean, std_dev, skewness,
      kurtosis;  // sample standard deviation; excess kurtosis
  std::optional<std::string> q1, median, q3;
  std::optional<bool> is_not_normal;  // Jarque-Bera at 5 %
  std::optional<KllSketch> kll;

  std::vector<HistogramBucket> histogram_buckets;  // by falling count, then value
  std::vector<CharacterPattern> patterns;          // String: by falling count
  double pattern_coverage = 0;  // share of non-null values that `patterns` cover
  std::map<plan::FieldType, double>
      type_votes;  // String: share of values that parse as each type
  std::map<std::string, double> correlations;      // other field -> Pearson's r
  std::vector<RegressionModel> regression_models;  // one for each of these, by falling r2

  // What inference learns from; empty unless ProfileOptions::holdout_share is above 0.
  std::vector<double> quantiles;  // numbers and times, at kQuantileRanks: days for
                                  // Date, microseconds for Timestamp, since 1970
  std::vector<HistogramBucket> frequent_values;  // String, at most 16,384 distinct values: the
                                                 // 200 most frequent, as histogram_buckets
  std::optional<ValueSketch> value_sketch;       // String, Integral
  std::vector<HistogramBucket> value_sample;  // String: 600 distinct values chosen by hash, or
                                              // all, with their counts
};

struct FileSummary {
  std::string relative_path;
  int64_t row_count = 0;
  int64_t size_bytes = 0;
};

struct ContainerProfile {
  std::string name;
  plan::Schema schema;
  int64_t record_count = 0;  // rows read
  std::optional<int64_t>
      total_record_count;  // rows there are, when rows were limited and it is known
  std::vector<FieldProfile> fields;
  /// The same statistics over the rows that are not held out; empty without a holdout share.
  std::vector<FieldProfile> training_fields;
  std::vector<FileSummary> files;
  std::vector<FileFailure> failures;
};

/// A top-level column as it is stored, or as text formats are told to read it.
struct StoredColumn {
  std::string name;
  std::string native_type;  // the engine's spelling, "STRUCT(a BIGINT)"

  friend bool operator==(const StoredColumn&, const StoredColumn&) = default;
};

/// How the delimited files of a container are written, as detected.
struct DelimitedDialect {
  std::string delimiter = ",";
  std::string quote = "\"";
  std::string escape = "\"";
  bool has_header = true;
  int64_t skipped_lines = 0;
};

class TableReading;  // engine/table_reading.h
struct DatasetSchema;

/// How each row of a dataset is made of one that is read from it (engine/computed.h).
struct Derivation {
  std::shared_ptr<const DatasetSchema> source;  // of the same dataset: what is read
  std::vector<std::string> columns;             // SQL over it: "x AS y"
  std::string condition;                        // SQL; other rows are left out. Empty: none are
};

/// What is known of a dataset before its rows are read.
struct DatasetSchema {
  plan::Schema schema;
  std::vector<StoredColumn> columns;
  DelimitedDialect dialect;  // delimited formats only
  /// Delimited formats only: the columns' names as they stand in files that have them in
  /// another order than `columns`, by index of the file.
  std::map<size_t, std::vector<std::string>> other_orders;
  std::vector<size_t> readable;  // indexes into Dataset::files, ascending
  std::vector<FileFailure> failures;
  std::vector<FileRemark> remarks;
  // Shared by copies: a pass may find out what a file's first bytes did not tell.
  std::shared_ptr<FileEncodings> encodings = std::make_shared<FileEncodings>();
  /// Of a table: the snapshot in which everything of it is read. Shared by copies; to be gone
  /// before the session is.
  std::shared_ptr<TableReading> table = nullptr;
  /// Of computed rows: `schema` is about them, what is above it about the stored ones.
  std::shared_ptr<const Derivation> derivation = nullptr;
};

/// Reads the schema of every file. The container's is the one that most files share (the first
/// of those that tie); integers and reals of different width widen. Files that cannot be read
/// or disagree are in `failures` and are left out by Profile and Scan. Types of delimited and
/// JSON files are inferred from samples of up to 10 of them. Keys of JSON are looked for in all
/// records, but in the first 20,480 only of a file over 64 MiB, which is remarked. kNotFound
/// when no file can be read. Cost: footers of Parquet files, JSON files as a whole up to that
/// size, the first block of others. Of a table: opens its snapshot (engine/table_reading.h), in
/// which Profile and Scan read then; fails as TableReading::Open.
Result<DatasetSchema> ReadSchema(Session& session, const Dataset& dataset,
                                 const RunContext& context);

/// Profiles the readable files. A file that fails while it is read is reported and contributes
/// nothing. One pass over the data; memory does not grow with rows. A table that fails is a
/// failure.
Result<ContainerProfile> Profile(Session& session, const Dataset& dataset,
                                 const DatasetSchema& schema, const ProfileOptions& options,
                                 const RunContext& context);

}  // namespace assay::engine
