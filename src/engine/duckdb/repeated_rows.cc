#include "engine/duckdb/repeated_rows.h"

#include <fmt/format.h>

#include <atomic>
#include <span>

#include "duckdb/main/appender.hpp"
#include "engine/duckdb/file_version.h"
#include "engine/duckdb/query.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

/// A table of the session that is dropped at the end of its scope.
class ScratchTable {
 public:
  ScratchTable(Session& session, const char* purpose) : session_(session) {
    static std::atomic<uint64_t> counter = 0;
    name_ = fmt::format("assay_{}_{}", purpose, counter.fetch_add(1));
  }
  ScratchTable(const ScratchTable&) = delete;
  ~ScratchTable() {
    static_cast<void>(RunQuery(session_, "DROP TABLE IF EXISTS " + name_, {}));
  }
  const std::string& name() const { return name_; }

 private:
  Session& session_;
  std::string name_;
};

/// Puts the repeated hashes into `table`, which may spill; returns whether there are any.
Result<bool> FillHashes(Session& session, const std::string& table,
                        const scan::RepeatedHashes& hashes, const std::stop_token& stop) {
  bool has_any = false;
  try {
    duckdb::Connection connection(*session.internals().database);
    duckdb::Appender appender(connection, table);
    const auto append = [&](std::span<const uint64_t> repeated) -> Status {
      for (const uint64_t hash : repeated) appender.AppendRow(hash);
      has_any = true;
      return {};
    };
    ASSAY_RETURN_IF_ERROR(hashes.Find(append, stop));
    appender.Close();
  } catch (const std::exception& exception) {
    return std::unexpected(ToError(duckdb::ErrorData(exception)));
  }
  return has_any;
}

}  // namespace

Result<SurplusRows> FindSurplusRows(Session& session, const Dataset& dataset,
                                    const DatasetSchema& schema,
                                    const std::vector<size_t>& files, const ScanChecks& checks,
                                    size_t unique_index, const scan::RepeatedHashes& all_hashes,
                                    const ScanOptions& options, std::stop_token stop) {
  SurplusRows surplus{.count_by_file = std::vector<int64_t>(dataset.files.size(), 0)};
  const ScratchTable hashes(session, "repeated_hashes"), candidates(session, "repeated_rows");
  ASSAY_RETURN_IF_ERROR(
      RunQuery(session, fmt::format("CREATE TABLE {} (hash UBIGINT)", hashes.name()), stop));
  ASSAY_TRY(const bool has_repeats, FillHashes(session, hashes.name(), all_hashes, stop));
  if (!has_repeats) return surplus;
  const std::string& keys = checks.unique_keys[unique_index];
  for (const size_t file : files) {
    const auto copy_rows = [&] {
      const std::string rows = fmt::format(
          "SELECT {} AS file_index, {} AS row_number, {} AS keys FROM {} WHERE {} AND hash({}) "
          "IN (SELECT hash FROM {})",
          file, QuoteName(kRowNumberColumn), checks.unique_structs[unique_index],
          FileSql(dataset, schema, file, RowNumbers::kYes, options.max_rows_per_file),
          checks.unique_conditions[unique_index], keys, hashes.name());
      return RunQuery(session,
                      file == files.front()
                          ? fmt::format("CREATE TABLE {} AS {}", candidates.name(), rows)
                          : fmt::format("INSERT INTO {} {}", candidates.name(), rows),
                      stop);
    };
    if (const auto copied = ReadListedVersion(session, dataset, schema, file, copy_rows);
        !copied) {
      return Fail(copied.error().kind,
                  fmt::format("its repeated keys could not be read again from {}: {}",
                              dataset.files[file].relative_path, copied.error().message));
    }
  }
  // Keys compare by the engine's equality; a key is seen first in the smallest file and row.
  const std::string repeats = fmt::format(
      "(SELECT file_index, row_number FROM {} QUALIFY row_number() OVER (PARTITION BY keys "
      "ORDER BY file_index, row_number) > 1)",
      candidates.name());
  ASSAY_TRY(
      const auto counts,
      RunQuery(session,
               fmt::format("SELECT file_index, count(*) FROM {} GROUP BY file_index", repeats),
               stop));
  for (size_t row = 0; row < counts->RowCount(); ++row) {
    surplus.count_by_file[counts->GetValue(0, row).GetValue<uint64_t>()] =
        counts->GetValue(1, row).GetValue<int64_t>();
  }
  ASSAY_TRY(
      const auto first,
      RunQuery(
          session,
          fmt::format(
              "SELECT file_index, row_number FROM {} ORDER BY file_index, row_number LIMIT {}",
              repeats, options.max_failing_rows_per_check),
          stop));
  for (size_t row = 0; row < first->RowCount(); ++row) {
    surplus.first.push_back(
        {.file_index = first->GetValue(0, row).GetValue<uint64_t>(),
         .row_number = first->GetValue(1, row).GetValue<int64_t>(),
         .failed_checks = {static_cast<uint32_t>(checks.unique_checks[unique_index])}});
  }
  return surplus;
}

}  // namespace assay::engine
