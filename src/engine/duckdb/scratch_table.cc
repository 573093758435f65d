#include "engine/duckdb/scratch_table.h"

#include <fmt/format.h>

#include <atomic>

#include "engine/duckdb/query.h"

namespace assay::engine {
namespace {

std::string NewTableName() {
  static std::atomic<uint64_t> counter = 0;
  return fmt::format("assay_scratch_{}", counter.fetch_add(1));
}

}  // namespace

ScratchTable::ScratchTable(Session& session, const DatasetSchema& schema)
    : session_(session), schema_(schema), name_(NewTableName()) {}

ScratchTable::~ScratchTable() {
  static_cast<void>(RunQuery(session_, schema_, "DROP TABLE IF EXISTS " + name_, {}));
}

}  // namespace assay::engine
