#include "engine/profile/profile_state.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/profile/numeric_kernel.h"

namespace assay::engine::profile {
namespace {

constexpr uint32_t kFormatVersion = 1;

// A list's lengths were gathered by a kernel of integers; only their range is of interest.
void TurnIntoLengths(FieldProfile& profile) {
  FieldProfile lengths;
  lengths.record_count = profile.record_count;
  lengths.null_count = profile.null_count;
  lengths.completeness = profile.completeness;
  if (profile.min) lengths.min_length = std::stoll(*profile.min);
  if (profile.max) lengths.max_length = std::stoll(*profile.max);
  lengths.mean_length = profile.mean;
  profile = std::move(lengths);
}

void AddModel(FieldProfile& of, const FieldProfile& over, const Correlations::Line& line) {
  of.regression_models.push_back({.feature = over.field.name,
                                  .coefficient = line.slope,
                                  .intercept = line.intercept,
                                  .r2 = line.r2,
                                  .root_mean_squared_error = line.root_mean_squared_error});
}

}  // namespace

ProfilePlan ProfilePlan::Make(std::vector<ProfiledColumn> columns,
                              const ProfileOptions& options) {
  ProfilePlan plan{.columns = std::move(columns), .correlated = {}};
  for (size_t i = 0; i < plan.columns.size(); ++i) {
    if (plan.columns[i].is_number()) plan.correlated.push_back(i);
  }
  if (plan.correlated.size() > static_cast<size_t>(options.max_correlated_fields))
    plan.correlated.clear();
  return plan;
}

ProfileState::ProfileState(std::shared_ptr<const ProfilePlan> plan)
    : plan_(std::move(plan)), correlations_(plan_->correlated.size()) {
  for (const ProfiledColumn& column : plan_->columns)
    kernels_.push_back(MakeKernel(column.type));
}

void ProfileState::Update(const std::vector<ColumnView>& columns, size_t rows) {
  row_count_ += static_cast<int64_t>(rows);
  for (size_t i = 0; i < kernels_.size(); ++i) kernels_[i]->Update(columns[i]);
  if (plan_->correlated.size() > 1) AddCorrelations(columns, rows);
}

void ProfileState::AddCorrelations(const std::vector<ColumnView>& columns, size_t rows) {
  const size_t width = plan_->correlated.size();
  numbers_.resize(width * rows);
  present_.resize(width * rows);
  std::vector<const double*> values(width), present(width);
  for (size_t i = 0; i < width; ++i) {
    const size_t column = plan_->correlated[i];
    ToDoubles(columns[column], plan_->columns[column].type, &numbers_[i * rows],
              &present_[i * rows]);
    values[i] = &numbers_[i * rows];
    present[i] = &present_[i * rows];
  }
  correlations_.Add(values, present, rows);
}

void ProfileState::FlushDictionaries() {
  for (const auto& kernel : kernels_) kernel->FlushDictionary();
}

void ProfileState::Combine(const ProfileState& other) {
  row_count_ += other.row_count_;
  for (size_t i = 0; i < kernels_.size(); ++i) kernels_[i]->Combine(*other.kernels_[i]);
  correlations_.Combine(other.correlations_);
}

std::vector<FieldProfile> ProfileState::Finish(const ProfileOptions& options) {
  std::vector<FieldProfile> profiles(kernels_.size());
  for (size_t i = 0; i < kernels_.size(); ++i) {
    kernels_[i]->Finish(options, profiles[i]);
    if (plan_->columns[i].has_lengths()) TurnIntoLengths(profiles[i]);
    profiles[i].field = plan_->columns[i].field;
  }
  for (size_t a = 0; a < plan_->correlated.size(); ++a) {
    for (size_t b = a + 1; b < plan_->correlated.size(); ++b) {
      const double coefficient = correlations_.Coefficient(a, b);
      if (!(std::abs(coefficient) >= options.high_correlation_threshold)) continue;
      FieldProfile& first = profiles[plan_->correlated[a]];
      FieldProfile& second = profiles[plan_->correlated[b]];
      first.correlations[second.field.name] = coefficient;
      second.correlations[first.field.name] = coefficient;
      AddModel(first, second, correlations_.LineOf(a, b));
      AddModel(second, first, correlations_.LineOf(b, a));
    }
  }
  for (FieldProfile& profile : profiles)
    std::ranges::stable_sort(profile.regression_models, std::greater<>(), &RegressionModel::r2);
  return profiles;
}

std::string ProfileState::Serialize() {
  FlushDictionaries();
  ByteWriter out;
  out.Put(kFormatVersion);
  out.Put(static_cast<uint64_t>(kernels_.size()));
  out.Put(row_count_);
  for (const auto& kernel : kernels_) kernel->Serialize(out);
  correlations_.Serialize(out);
  return out.Take();
}

Result<std::unique_ptr<ProfileState>> ProfileState::Deserialize(
    std::shared_ptr<const ProfilePlan> plan, std::string_view bytes) {
  auto state = std::make_unique<ProfileState>(std::move(plan));
  ByteReader in(bytes);
  const auto version = in.Get<uint32_t>();
  const auto kernels = in.Get<uint64_t>();
  if (version != kFormatVersion || kernels != state->kernels_.size()) {
    return Fail(
        ErrorKind::kCorruptData,
        "a stored profile state is of another version or schema; profile the file again");
  }
  state->row_count_ = in.Get<int64_t>();
  for (const auto& kernel : state->kernels_) kernel->Deserialize(in);
  state->correlations_.Deserialize(in);
  ASSAY_RETURN_IF_ERROR(in.status());
  return state;
}

}  // namespace assay::engine::profile
