// Some rows of a dataset in memory, to look for relations between its fields.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/profile.h"

namespace assay::engine {

struct RowSampleOptions {
  /// Those that ProfileOptions::holdout_share set aside, or the others.
  enum class Rows { kTraining, kHeldOut };

  Rows rows = Rows::kTraining;
  double holdout_share = 0;  // in [0, 1); 0: all rows are training rows
  int64_t max_rows = 10'000;
  int64_t row_count = 0;  // of the dataset, as far as known: more are spread further
};

/// Values of sampled rows, column by column.
struct RowSample {
  struct Column {
    /// Of numbers, dates and times (seconds since 1970); NaN where there is none, or no finite
    /// one. Empty for fields of other types.
    std::vector<double> numbers;
    /// Equal for equal values of the column, and different for different ones unless 64-bit
    /// hashes collide; 0 where there is no value.
    std::vector<uint64_t> identities;
  };
  int64_t row_count = 0;
  std::vector<Column> columns;  // parallel to the fields asked for
};

/// At most `max_rows` rows with the values of `fields` (names in the schema; one that cannot be
/// printed has no values). Taken from the front of up to 16 files that are spread over the
/// dataset: at most 16 times `max_rows` rows are read, and of more than are wanted every n-th
/// by a hash of its number is kept, the same ones each time. A file that cannot be read gives
/// no rows. kCancelled when stopped. Memory: 16 bytes a value.
Result<RowSample> SampleRows(Session& session, const Dataset& dataset,
                             const DatasetSchema& schema,
                             const std::vector<std::string>& fields,
                             const RowSampleOptions& options, const RunContext& context);

}  // namespace assay::engine
