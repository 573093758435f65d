// Reading a file of a dataset in the version that was listed, or not at all.

#pragma once

#include <optional>

#include "engine/dataset.h"
#include "engine/duckdb/encoding_detection.h"
#include "engine/duckdb/session_internals.h"
#include "engine/profile.h"
#include "engine/table_reading.h"

namespace assay::engine {

/// Makes reads of an object of a store ask for the version that was listed, and forgets earlier
/// failures at it. Nothing for local files.
void PinListedVersion(Session& session, const DataFile& file);

/// For local files: kNotFound or kConflict when the file is not the one that was listed any
/// more. Objects of a store are pinned instead.
Status CheckUnchanged(const DataFile& file);

/// Why the store refused a read of this file; nothing if it did not.
std::optional<Error> TakeStoreError(Session& session, const DataFile& file);

/// `read()`, a Result of reading one file, once more if only its text is at fault. Whatever it
/// gave, the outcome is kConflict or kNotFound if the file is not the version that was listed:
/// a file that changed under the reader may look corrupt, or whole.
template <class Read>
auto ReadListedVersion(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                       size_t file_index, const Read& read) -> decltype(read()) {
  if (schema.table) {  // read in one snapshot, whatever was listed
    auto outcome = read();
    if (!outcome) return std::unexpected(schema.table->Explain(outcome.error()));
    return outcome;
  }
  const DataFile& file = dataset.files[file_index];
  PinListedVersion(session, file);
  ASSAY_RETURN_IF_ERROR(CheckUnchanged(file));
  auto outcome = ReadEscapingFaults(
      session, dataset, *schema.encodings, file_index, [&]() -> decltype(read()) {
        auto attempt = read();
        if (attempt || attempt.error().kind == ErrorKind::kCancelled) return attempt;
        if (auto cause = TakeStoreError(session, file)) return std::unexpected(*cause);
        return attempt;
      });
  ASSAY_RETURN_IF_ERROR(CheckUnchanged(file));
  return outcome;
}

}  // namespace assay::engine
