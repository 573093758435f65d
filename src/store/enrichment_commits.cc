#include "store/enrichment_commits.h"

#include <fmt/format.h>

#include "store/sql/statement.h"

namespace assay::store {
namespace {

std::vector<EnrichmentCommitRecord> ReadAll(soci::session& session, const std::string& rest,
                                            const sql::Values& values) {
  std::vector<EnrichmentCommitRecord> records;
  EnrichmentCommitRecord row;
  sql::Select select(
      session,
      "SELECT operation_id, enrichment_datastore_id, prefix, commit_files, created, "
      "published FROM enrichment_commits" +
          rest,
      values);
  select.Into(row.operation_id, row.enrichment_datastore_id, row.prefix, row.commit,
              row.created, row.published);
  while (select.Next()) records.push_back(row);
  return records;
}

}  // namespace

Status EnrichmentCommits::Put(const EnrichmentCommitRecord& record) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Run(session, "DELETE FROM enrichment_commits WHERE operation_id = ?",
             {record.operation_id});
    sql::Run(session,
             "INSERT INTO enrichment_commits (operation_id, enrichment_datastore_id, prefix, "
             "commit_files, created, published) VALUES (?, ?, ?, ?, ?, ?)",
             {record.operation_id, record.enrichment_datastore_id, record.prefix, record.commit,
              record.created, record.published});
    return {};
  });
}

Result<EnrichmentCommitRecord> EnrichmentCommits::Get(int64_t operation_id) {
  return access_.Read([&](soci::session& session) -> Result<EnrichmentCommitRecord> {
    auto found = ReadAll(session, " WHERE operation_id = ?", {operation_id});
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound,
                  fmt::format("operation {} has no enrichment commit", operation_id));
    }
    return std::move(found.front());
  });
}

Result<std::vector<EnrichmentCommitRecord>> EnrichmentCommits::Unpublished(Of which) {
  std::string rest = " WHERE published IS NULL";
  if (which == Of::kEndedOperations) {
    rest +=
        " AND operation_id IN (SELECT id FROM operations WHERE state NOT IN ('queued', "
        "'running'))";
  }
  return access_.Read(
      [&](soci::session& session) -> Result<std::vector<EnrichmentCommitRecord>> {
        return ReadAll(session, rest + " ORDER BY created, operation_id", {});
      });
}

Status EnrichmentCommits::MarkPublished(int64_t operation_id, Timestamp now) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "UPDATE enrichment_commits SET published = ? WHERE operation_id = ?",
                 {now, operation_id}) == 0) {
      return Fail(ErrorKind::kNotFound,
                  fmt::format("operation {} has no enrichment commit", operation_id));
    }
    return {};
  });
}

}  // namespace assay::store
