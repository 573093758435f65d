#include "engine/duckdb/membership.h"

#include <fmt/format.h>

#include <memory>

#include "engine/duckdb/reference_copy.h"

namespace assay::engine {
namespace {

/// The values of all checks, one column each, of rows that any of them asserts.
Status CopyValues(const ScratchTable& table, const Dataset& dataset,
                  const std::vector<size_t>& files,
                  const std::vector<PrintedMembership>& memberships, int64_t max_rows_per_file,
                  const std::stop_token& stop) {
  RowCopy copy{.max_rows_per_file = max_rows_per_file};
  std::string any_value;
  for (const PrintedMembership& membership : memberships) {
    copy.values.push_back(membership.value);
    any_value +=
        fmt::format("{}({}) IS NOT NULL", any_value.empty() ? "" : " OR ", membership.value);
  }
  copy.condition = any_value;
  return CopyRowsAgain(table, dataset, files, copy, "the values to look up", stop);
}

/// The distinct values of references, each copied when it is first asked for.
class ReferenceValues {
 public:
  ReferenceValues(Session& session, const std::map<std::string, ReferencedDataset>& references,
                  const std::stop_token& stop)
      : session_(session), references_(references), stop_(stop) {}

  /// The name of the table.
  Result<std::string> Get(const PrintedMembership& membership) {
    const auto [entry, is_new] =
        tables_.try_emplace({membership.reference, membership.reference_value});
    if (is_new) entry->second = Copy(membership);
    return entry->second;
  }

 private:
  Result<std::string> Copy(const PrintedMembership& membership) {
    const RowCopy copy{.values = {membership.reference_value},
                       .condition = fmt::format("({}) IS NOT NULL", membership.reference_value),
                       .positions = RowCopy::Positions::kLeftOut,
                       .repeats = RowCopy::Repeats::kDropped};
    ASSAY_TRY(databases_.emplace_back(), ScratchDatabase::Open(session_));
    return CopyReference(session_, references_.at(membership.reference), copy,
                         *databases_.back(), stop_);
  }

  Session& session_;
  const std::map<std::string, ReferencedDataset>& references_;
  const std::stop_token& stop_;
  std::vector<std::unique_ptr<ScratchDatabase>> databases_;  // one for each table
  std::map<std::pair<std::string, std::string>, Result<std::string>> tables_;
};

}  // namespace

std::map<size_t, Result<SurplusRows>> FindMembershipFailures(
    Session& session, const Dataset& dataset, const DatasetSchema& schema,
    const std::vector<size_t>& files, const std::vector<PrintedMembership>& memberships,
    const std::map<std::string, ReferencedDataset>& references, int64_t max_rows_per_file,
    const std::stop_token& stop) {
  std::map<size_t, Result<SurplusRows>> failures;
  if (memberships.empty()) return failures;
  const ScratchTable values(session, schema);
  const Status copied =
      CopyValues(values, dataset, files, memberships, max_rows_per_file, stop);
  ReferenceValues reference_values(session, references, stop);
  for (size_t i = 0; i < memberships.size(); ++i) {
    const PrintedMembership& membership = memberships[i];
    const auto find = [&]() -> Result<SurplusRows> {
      ASSAY_RETURN_IF_ERROR(copied);
      ASSAY_TRY(const std::string table, reference_values.Get(membership));
      const bool must_exist = membership.expected == plan::MembershipCheck::Expected::kPresent;
      return SurplusRows::Of(
          session, schema,
          fmt::format("SELECT l.file_index, l.row_number FROM {0} AS l {2} JOIN "
                      "{1} AS r ON l.v{3} = r.v0 WHERE l.v{3} IS NOT NULL",
                      values.name(), table, must_exist ? "ANTI" : "SEMI", i),
          stop);
    };
    failures.emplace(membership.check_index, find());
  }
  return failures;
}

}  // namespace assay::engine
