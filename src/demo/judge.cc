#include "demo/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace assay::demo {
namespace {

using RowKey = std::pair<std::string, int64_t>;  // file and row number

std::string TableOf(const std::string& file) {
  return file.substr(0, file.find('/'));
}

/// The cells that checks accuse, and the judgement on each accusation.
class Trial {
 public:
  explicit Trial(const std::vector<InjectedCell>& injected) {
    for (const InjectedCell& cell : injected)
      wrong_[{cell.file, cell.row_number}].insert(cell.field);
  }

  void Accuse(const operations::SourceRecord& record, const std::vector<std::string>& fields) {
    const auto wrong = wrong_.find({record.relative_path, record.row_number});
    bool is_right = false;
    for (const std::string& field : fields) {
      if (wrong == wrong_.end() || !wrong->second.contains(field)) continue;
      is_right = true;
      found_.emplace(record.relative_path, record.row_number, field);
    }
    if (is_right) return;
    for (const std::string& field : fields) {
      clean_flagged_.emplace(record.relative_path, record.row_number, field);
    }
  }

  bool HasFound(const InjectedCell& cell) const {
    return found_.contains({cell.file, cell.row_number, cell.field});
  }
  const std::set<std::tuple<std::string, int64_t, std::string>>& clean_flagged() const {
    return clean_flagged_;
  }

 private:
  std::map<RowKey, std::set<std::string>> wrong_;
  std::set<std::tuple<std::string, int64_t, std::string>> found_;
  std::set<std::tuple<std::string, int64_t, std::string>> clean_flagged_;
};

Status Hear(Trial& trial, const operations::ContainerScan& scan) {
  for (const operations::Anomaly& anomaly : scan.anomalies) {
    if (std::cmp_less(anomaly.source_records.size(), anomaly.anomalous_records_count)) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("scan kept {} of {} failing rows, raise its limits: {}",
                              anomaly.source_records.size(), anomaly.anomalous_records_count,
                              scan.container));
    }
    for (const operations::SourceRecord& record : anomaly.source_records) {
      for (const operations::FailedCheck& failed : anomaly.failed_checks) {
        trial.Accuse(record, scan.checks[failed.check_index].fields);
      }
    }
  }
  return {};
}

}  // namespace

double Verdict::recall() const {
  return injected == 0 ? 1 : static_cast<double>(found) / static_cast<double>(injected);
}

double Verdict::clean_flagged_share() const {
  return clean_cells == 0
             ? 0
             : static_cast<double>(clean_flagged) / static_cast<double>(clean_cells);
}

Result<Verdict> Judge(const std::vector<InjectedCell>& injected,
                      const std::vector<operations::ContainerScan>& scans,
                      const std::vector<size_t>& field_counts) {
  Trial trial(injected);
  Verdict verdict;
  for (size_t i = 0; i < scans.size(); ++i) {
    ASSAY_RETURN_IF_ERROR(Hear(trial, scans[i]));
    verdict.clean_cells += scans[i].record_count * static_cast<int64_t>(field_counts[i]);
  }
  verdict.clean_cells -= static_cast<int64_t>(injected.size());

  std::map<std::pair<std::string, FieldKey>, Verdict::OfKind> kinds;
  for (const InjectedCell& cell : injected) {
    const FieldKey field = {TableOf(cell.file), cell.field};
    Verdict::OfKind& kind = kinds[{cell.kind, field}];
    kind.kind = cell.kind;
    kind.field = field;
    const int64_t found = trial.HasFound(cell) ? 1 : 0;
    ++kind.injected;
    kind.found += found;
    ++verdict.injected;
    verdict.found += found;
  }
  for (auto& [key, kind] : kinds) verdict.kinds.push_back(std::move(kind));
  for (const auto& [file, row, field] : trial.clean_flagged()) {
    ++verdict.clean_flagged_by_field[{TableOf(file), field}];
    ++verdict.clean_flagged;
  }
  return verdict;
}

}  // namespace assay::demo
