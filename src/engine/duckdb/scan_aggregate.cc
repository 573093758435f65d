#include "engine/duckdb/scan_aggregate.h"

#include <algorithm>

#include "engine/duckdb/aggregate_binding.h"
#include "engine/duckdb/row_runs.h"

namespace assay::engine {
namespace {

using duckdb::UnifiedVectorFormat;

/// The part of a scan that one thread of a query does.
class LocalScan {
 public:
  explicit LocalScan(ScanCollector& collector)
      : collector_(collector),
        counts_(collector.check_count),
        positions_(collector.check_count, collector.max_failing_rows_per_check) {
    for (size_t i = 0; i < collector.unique_checks.size(); ++i) {
      hashes_.emplace_back(collector.spill_directory, collector.spill_memory_bytes);
    }
  }

  void Update(duckdb::Vector inputs[], size_t rows) {
    row_count_ += static_cast<int64_t>(rows);
    FindCountedRows(inputs[0], rows);
    size_t argument = 1;
    touched_.clear();
    failed_.resize(rows);
    for (const ScanCollector::RowCheckArguments& check : collector_.row_checks) {
      CheckCounts& counts = counts_[check.check_index];
      AddFailures(inputs[argument++], rows, static_cast<uint32_t>(check.check_index), counts);
      counts.asserted_rows += check.has_filter ? CountTrue(inputs[argument++], rows)
                                               : static_cast<int64_t>(counted_rows(rows));
    }
    for (size_t i = 0; i < hashes_.size(); ++i) {
      AddHashes(inputs[argument++], rows, hashes_[i], counts_[collector_.unique_checks[i]]);
    }
    CapturePositions(inputs[0], rows);
  }

  void Combine(LocalScan& other) {
    row_count_ += other.row_count_;
    for (size_t i = 0; i < counts_.size(); ++i) {
      counts_[i].asserted_rows += other.counts_[i].asserted_rows;
      counts_[i].failing_rows += other.counts_[i].failing_rows;
    }
    positions_.Combine(std::move(other.positions_));
    for (size_t i = 0; i < hashes_.size(); ++i) {
      if (Status status = hashes_[i].Combine(std::move(other.hashes_[i])); !status && status_)
        status_ = status;
    }
  }

  int64_t Deliver() {
    const std::lock_guard lock(collector_.mutex);
    collector_.rows = row_count_;
    collector_.counts = counts_;
    collector_.positions = std::make_unique<scan::FailingPositions>(std::move(positions_));
    collector_.hashes = std::move(hashes_);
    collector_.status = status_;
    return row_count_;
  }

 private:
  // Without a holdout all rows count; with one, those of its blocks.
  void FindCountedRows(duckdb::Vector& row_numbers, size_t rows) {
    if (collector_.holdout.is_empty()) return;
    counted_.assign(rows, 0);
    ForEachHoldoutRun(collector_.holdout, row_numbers, rows,
                      [&](size_t first, size_t count, bool is_held_out) {
                        std::fill_n(counted_.begin() + static_cast<ptrdiff_t>(first), count,
                                    static_cast<uint8_t>(is_held_out));
                      });
  }
  bool Counts(size_t row) const { return counted_.empty() || counted_[row] != 0; }
  size_t counted_rows(size_t rows) const {
    return counted_.empty()
               ? rows
               : static_cast<size_t>(std::count(counted_.begin(), counted_.end(), 1));
  }

  int64_t CountTrue(duckdb::Vector& vector, size_t rows) const {
    UnifiedVectorFormat format;
    vector.ToUnifiedFormat(rows, format);
    // As bytes: the value of a null row may be anything.
    const auto* values = UnifiedVectorFormat::GetData<uint8_t>(format);
    int64_t count = 0;
    for (size_t row = 0; row < rows; ++row) {
      const auto index = format.sel->get_index(row);
      count += format.validity.RowIsValid(index) && values[index] != 0 && Counts(row);
    }
    return count;
  }

  void AddFailures(duckdb::Vector& vector, size_t rows, uint32_t check, CheckCounts& counts) {
    if (vector.GetVectorType() == duckdb::VectorType::CONSTANT_VECTOR &&
        (duckdb::ConstantVector::IsNull(vector) ||
         !*duckdb::ConstantVector::GetData<bool>(vector))) {
      return;
    }
    UnifiedVectorFormat format;
    vector.ToUnifiedFormat(rows, format);
    // As bytes: the value of a null row may be anything.
    const auto* values = UnifiedVectorFormat::GetData<uint8_t>(format);
    for (size_t row = 0; row < rows; ++row) {
      const auto index = format.sel->get_index(row);
      if (!format.validity.RowIsValid(index) || values[index] == 0 || !Counts(row)) continue;
      ++counts.failing_rows;
      if (failed_[row].empty()) touched_.push_back(static_cast<uint32_t>(row));
      failed_[row].push_back(check);
    }
  }

  static uint64_t HashAt(const UnifiedVectorFormat& format, size_t row) {
    return UnifiedVectorFormat::GetData<uint64_t>(format)[format.sel->get_index(row)];
  }

  void AddHashes(duckdb::Vector& vector, size_t rows, scan::RepeatedHashes& hashes,
                 CheckCounts& counts) const {
    UnifiedVectorFormat format;
    vector.ToUnifiedFormat(rows, format);
    for (size_t row = 0; row < rows; ++row) {
      if (!format.validity.RowIsValid(format.sel->get_index(row)) || !Counts(row)) continue;
      hashes.Add(HashAt(format, row));
      ++counts.asserted_rows;
    }
  }

  void CapturePositions(duckdb::Vector& row_numbers, size_t rows) {
    if (touched_.empty()) return;
    UnifiedVectorFormat format;
    row_numbers.ToUnifiedFormat(rows, format);
    const auto* numbers = UnifiedVectorFormat::GetData<int64_t>(format);
    for (const uint32_t row : touched_) {
      const int64_t number = numbers[format.sel->get_index(row)];
      const bool is_wanted = std::ranges::any_of(failed_[row], [&](uint32_t check) {
        return positions_.Wants(check, collector_.file_index, number);
      });
      if (is_wanted) {
        std::ranges::sort(failed_[row]);
        positions_.Add({.file_index = collector_.file_index,
                        .row_number = number,
                        .failed_checks = failed_[row]});
      }
      failed_[row].clear();
    }
  }

  ScanCollector& collector_;
  int64_t row_count_ = 0;
  std::vector<CheckCounts> counts_;
  scan::FailingPositions positions_;
  std::vector<scan::RepeatedHashes> hashes_;
  Status status_;
  std::vector<uint8_t> counted_;               // per row of the batch; empty: all count
  std::vector<std::vector<uint32_t>> failed_;  // per row of the batch: the checks it fails
  std::vector<uint32_t> touched_;              // rows of the batch that fail any
};

}  // namespace

duckdb::AggregateFunction MakeScanAggregate() {
  return PointerAggregate<ScanCollector, LocalScan>::Make(
      "assay_scan", {duckdb::LogicalType::UBIGINT, duckdb::LogicalType::BIGINT});
}

}  // namespace assay::engine
