// Which rows are set aside from inference, to test its proposals on.

#pragma once

#include <cstdint>
#include <string_view>

namespace assay::engine {

/// Rows are set aside in blocks of kHoldoutBlockRows consecutive ones, by a hash of the file's
/// name and the block's number: the same rows in every pass, spread over the whole file.
inline constexpr int64_t kHoldoutBlockRows = 2048;

class Holdout {
 public:
  /// Sets nothing aside.
  Holdout() = default;
  /// `share` in [0, 1) of the blocks; 0 sets nothing aside.
  Holdout(std::string_view relative_path, double share);

  bool ContainsBlock(int64_t block) const;
  bool Contains(int64_t row) const { return ContainsBlock(row / kHoldoutBlockRows); }
  bool is_empty() const { return share_ <= 0; }

 private:
  uint64_t seed_ = 0;
  double share_ = 0;
};

}  // namespace assay::engine
