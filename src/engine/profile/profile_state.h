// The running profile of all fields of a dataset: the fused state of one pass.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/profile.h"
#include "engine/profile/correlation.h"
#include "engine/profile/kernel.h"

namespace assay::engine::profile {

/// What the values of a column say about its field.
enum class ColumnMeaning {
  kValues,          // the field's values
  kLengths,         // its lengths: a list or map
  kElements,        // the elements of a list, any number a row
  kElementLengths,  // the lengths of lists or maps that are elements themselves
};

/// One column of the pass.
struct ProfiledColumn {
  plan::Field field;
  KernelType type;
  ColumnMeaning meaning = ColumnMeaning::kValues;

  bool has_elements() const {
    return meaning == ColumnMeaning::kElements || meaning == ColumnMeaning::kElementLengths;
  }
  bool has_lengths() const {
    return meaning == ColumnMeaning::kLengths || meaning == ColumnMeaning::kElementLengths;
  }
  bool is_number() const {
    return meaning == ColumnMeaning::kValues &&
           (type.format == ValueFormat::kInteger || type.format == ValueFormat::kDecimal ||
            type.format == ValueFormat::kReal);
  }
};

/// What is profiled together; shared by all states of a pass.
struct ProfilePlan {
  std::vector<ProfiledColumn> columns;
  std::vector<size_t>
      correlated;  // indexes of the numeric columns, empty when there are too many

  static ProfilePlan Make(std::vector<ProfiledColumn> columns, const ProfileOptions& options);
};

/// One kernel a column, and the correlations. Update / Combine / Finish / Serialize as for
/// Kernel. Memory: LargestStateBytes of each column
/// (profile_passes.h).
class ProfileState {
 public:
  explicit ProfileState(std::shared_ptr<const ProfilePlan> plan);

  /// Adds a batch of `rows` rows: one view a column of the plan (elements have their own
  /// count).
  void Update(const std::vector<ColumnView>& columns, size_t rows);
  /// Works off the counted dictionary of one column, before its memory goes away.
  void FlushDictionary(size_t column) { kernels_[column]->FlushDictionary(); }
  void FlushDictionaries();
  void Combine(const ProfileState& other);
  int64_t row_count() const { return row_count_; }

  /// The statistics of all fields, in the plan's order. Call it last.
  std::vector<FieldProfile> Finish(const ProfileOptions& options);

  std::string Serialize();
  static Result<std::unique_ptr<ProfileState>> Deserialize(
      std::shared_ptr<const ProfilePlan> plan, std::string_view bytes);

 private:
  void AddCorrelations(const std::vector<ColumnView>& columns, size_t rows);

  std::shared_ptr<const ProfilePlan> plan_;
  int64_t row_count_ = 0;
  std::vector<std::unique_ptr<Kernel>> kernels_;
  Correlations correlations_;
  std::vector<double> numbers_, present_;  // scratch of AddCorrelations
};

}  // namespace assay::engine::profile
