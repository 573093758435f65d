// PostgresConnector::Probe: one step after the other.

#include <fmt/format.h>

#include <chrono>
#include <functional>

#include "connectors/postgres_connector.h"
#include "engine/postgres/client.h"
#include "engine/postgres/column_reading.h"

namespace assay::connectors {
namespace {

/// The steps so far; after one that did not go well the others are skipped. Messages of the
/// client say what to do by themselves.
class Steps {
 public:
  explicit Steps(std::stop_token stop) : stop_(std::move(stop)) {}

  void Try(const char* action, const std::function<Result<std::string>()>& attempt) {
    ProbeStep& step = steps_.emplace_back();
    step.action = action;
    step.detail = failed_.empty() ? "stopped" : fmt::format("after {} failed", failed_);
    if (!failed_.empty() || stop_.stop_requested()) return;
    const auto start = std::chrono::steady_clock::now();
    const Result<std::string> outcome = attempt();
    step.latency_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::steady_clock::now() - start)
                          .count();
    step.detail = outcome ? *outcome : outcome.error().message;
    if (outcome) {
      step.outcome = ProbeStep::Outcome::kAllowed;
      return;
    }
    if (outcome.error().kind != ErrorKind::kCancelled)
      step.outcome = ProbeStep::Outcome::kRefused;
    failed_ = action;
  }

  std::vector<ProbeStep> Take() { return std::move(steps_); }

 private:
  std::stop_token stop_;
  std::string failed_;
  std::vector<ProbeStep> steps_;
};

/// Reads at most one row of the first table that may be read.
Result<std::string> TrySelect(engine::PostgresClient& client,
                              const std::vector<ListedTable>& tables, std::stop_token stop) {
  const ListedTable* readable = nullptr;
  const ListedTable* refused = nullptr;
  size_t refused_count = 0;
  for (const ListedTable& table : tables) {
    if (table.unreadable_because.empty()) {
      if (readable == nullptr) readable = &table;
    } else {
      if (refused == nullptr) refused = &table;
      ++refused_count;
    }
  }
  if (readable == nullptr && refused == nullptr) return "the schema has no tables";
  if (readable == nullptr) {
    return Fail(ErrorKind::kDenied,
                fmt::format("none of the {} tables may be read; {}: {}", tables.size(),
                            refused->name.table, refused->unreadable_because));
  }
  const auto rows = client.Query(fmt::format("SELECT 1 FROM {}.{} LIMIT 1",
                                             engine::QuotePostgresName(readable->name.schema),
                                             engine::QuotePostgresName(readable->name.table)),
                                 {}, std::move(stop));
  if (!rows) return FailWithin(readable->name.table, rows.error());
  if (refused == nullptr) return "";
  return fmt::format("{} of {} tables may not be read and will be left out; {}: {}",
                     refused_count, tables.size(), refused->name.table,
                     refused->unreadable_because);
}

}  // namespace

std::vector<ProbeStep> PostgresConnector::Probe(Access access, std::stop_token stop) {
  Steps steps(stop);
  if (access == Access::kWrite) {
    steps.Try("write", []() -> Result<std::string> {
      return Fail(ErrorKind::kUnsupported,
                  "PostgreSQL holds no enrichment: use a datastore of type s3 or local");
    });
    return steps.Take();
  }
  std::unique_ptr<engine::PostgresClient> client;
  steps.Try("connect", [&]() -> Result<std::string> {
    ASSAY_TRY(client, engine::PostgresClient::Connect(target_, stop));
    return "";
  });
  if (schema_.empty()) return steps.Take();
  std::vector<ListedTable> tables;
  steps.Try("list", [&]() -> Result<std::string> {
    ASSAY_TRY(tables, tables_.List(stop));
    return "";
  });
  steps.Try("select", [&] { return TrySelect(*client, tables, stop); });
  return steps.Take();
}

}  // namespace assay::connectors
