#include "engine/duckdb/scratch_database.h"

#include <fmt/format.h>

#include <atomic>

#include "engine/duckdb/query.h"

namespace assay::engine {
namespace {

std::string NewDatabaseName() {
  static std::atomic<int64_t> counter = 0;
  return fmt::format("assay_scratch_database_{}", counter.fetch_add(1));
}

}  // namespace

ScratchDatabase::ScratchDatabase(Session& session, std::string name)
    : session_(session), name_(std::move(name)) {}

Result<std::unique_ptr<ScratchDatabase>> ScratchDatabase::Open(Session& session) {
  std::string name = NewDatabaseName();
  ASSAY_RETURN_IF_ERROR(RunQuery(session, fmt::format("ATTACH ':memory:' AS {}", name), {}));
  return std::unique_ptr<ScratchDatabase>(new ScratchDatabase(session, std::move(name)));
}

ScratchDatabase::~ScratchDatabase() {
  static_cast<void>(RunQuery(session_, "DETACH " + name_, {}));
}

}  // namespace assay::engine
