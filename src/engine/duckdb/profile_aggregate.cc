#include "engine/duckdb/profile_aggregate.h"

#include "engine/duckdb/aggregate_binding.h"
#include "engine/duckdb/column_batch.h"
#include "engine/duckdb/row_runs.h"

namespace assay::engine {
namespace {

/// The part of a profile that one thread of a query builds.
class LocalProfile {
 public:
  explicit LocalProfile(ProfileCollector& collector)
      : collector_(collector),
        viewers_(collector.plan->columns.size()),
        training_(std::make_unique<profile::ProfileState>(collector.plan)) {
    if (!collector.holdout.is_empty())
      held_out_ = std::make_unique<profile::ProfileState>(collector.plan);
  }

  void Update(duckdb::Vector inputs[], size_t rows) {
    duckdb::Vector* const columns = inputs + 1;  // the first is the row number
    for (size_t i = 0; i < viewers_.size(); ++i) {
      if (!viewers_[i].BeginsDictionary(columns[i])) continue;
      training_->FlushDictionary(i);
      if (held_out_) held_out_->FlushDictionary(i);
      viewers_[i].ReleaseDictionary();
    }
    ForEachHoldoutRun(
        collector_.holdout, inputs[0], rows, [&](size_t first, size_t count, bool is_held_out) {
          views_.clear();
          for (size_t i = 0; i < viewers_.size(); ++i) {
            const bool elements = collector_.plan->columns[i].has_elements();
            views_.push_back(elements ? viewers_[i].ViewElements(columns[i], rows, first, count)
                                      : viewers_[i].View(columns[i], rows, first, count));
          }
          (is_held_out ? *held_out_ : *training_).Update(views_, count);
        });
  }

  void Combine(LocalProfile& other) {
    Flush();
    other.Flush();
    training_->Combine(*other.training_);
    if (held_out_) held_out_->Combine(*other.held_out_);
  }

  int64_t Deliver() {
    Flush();
    const int64_t rows = training_->row_count() + (held_out_ ? held_out_->row_count() : 0);
    const std::lock_guard lock(collector_.mutex);
    collector_.training = std::move(training_);
    collector_.held_out = std::move(held_out_);
    return rows;
  }

 private:
  void Flush() {
    if (training_) training_->FlushDictionaries();
    if (held_out_) held_out_->FlushDictionaries();
  }

  ProfileCollector& collector_;
  std::vector<ColumnViewer> viewers_;
  std::vector<profile::ColumnView> views_;
  std::unique_ptr<profile::ProfileState> training_;
  std::unique_ptr<profile::ProfileState> held_out_;
};

}  // namespace

duckdb::AggregateFunction MakeProfileAggregate() {
  return PointerAggregate<ProfileCollector, LocalProfile>::Make(
      "assay_profile", {duckdb::LogicalType::UBIGINT, duckdb::LogicalType::BIGINT});
}

}  // namespace assay::engine
