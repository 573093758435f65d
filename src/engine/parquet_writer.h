// Writing rows of the product's own (enrichment, sample data) to one local Parquet file.

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace assay::engine {

/// What a column holds, and the Parquet type it becomes.
enum class ParquetColumnKind {
  kBoolean,    // BOOLEAN
  kInteger,    // INT64
  kDouble,     // DOUBLE
  kText,       // UTF-8 BYTE_ARRAY; bytes that are not UTF-8 become U+FFFD
  kDate,       // DATE
  kTimestamp,  // TIMESTAMP in microseconds, not adjusted to UTC
};

struct ParquetColumn {
  std::string name;
  ParquetColumnKind kind = ParquetColumnKind::kText;
};

/// One value; monostate is null. It must be of its column's kind or null.
using ParquetCell = std::variant<std::monostate, bool, int64_t, double, std::string,
                                 std::chrono::sys_days, Timestamp>;

/// Collects rows in memory and writes them as one zstd-compressed file. Rows keep their order,
/// and equal rows give equal bytes. Not thread-safe: one thread at a time.
///
/// Memory grows with the rows, up to kMaxMemoryBytes; whoever may have more starts another file
/// when value_bytes() has become large.
class ParquetWriter {
 public:
  static constexpr int64_t kMaxMemoryBytes = int64_t{1} << 30;

  /// Nothing is written at `path` before Finish. kInvalidInput without columns, or when two
  /// columns have the same name (in any letter case).
  static Result<std::unique_ptr<ParquetWriter>> Open(std::string path,
                                                     std::vector<ParquetColumn> columns);
  ~ParquetWriter();
  ParquetWriter(const ParquetWriter&) = delete;
  ParquetWriter& operator=(const ParquetWriter&) = delete;

  /// kInternal when the number or kinds of cells do not fit the columns, kResourceLimit when
  /// the rows need too much memory. After a failure the writer is to be dropped.
  Status Append(const std::vector<ParquetCell>& row);

  /// Writes the file, also when there are no rows. Call it once, last. kNotFound without its
  /// folder, kDenied, kResourceLimit when the disk is full, else kUnavailable; what stands at
  /// the path after a failure is to be removed.
  Status Finish();

  int64_t row_count() const;
  /// Bytes of the values appended so far, before encoding.
  int64_t value_bytes() const;

 private:
  struct Internals;
  explicit ParquetWriter(std::unique_ptr<Internals> internals);
  std::unique_ptr<Internals> internals_;
};

}  // namespace assay::engine
