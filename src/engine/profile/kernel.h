// The running statistics of one column.

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/profile.h"
#include "engine/profile/byte_stream.h"
#include "engine/profile/column_view.h"

namespace assay::engine::profile {

/// How physical values read as values of the field.
enum class ValueFormat {
  kBoolean,
  kInteger,
  kDecimal,
  kReal,
  kDate,
  kTimestamp,
  kText,
  kBinary
};

/// What a kernel is made for.
struct KernelType {
  PhysicalType physical = PhysicalType::kInt64;
  ValueFormat format = ValueFormat::kInteger;
  int decimal_scale = 0;  // kDecimal: value = physical / 10^scale

  friend bool operator==(const KernelType&, const KernelType&) = default;
};

/// The running state of one statistic set of one column.
///
/// A column arrives as any number of batches in any order, possibly over several states
/// combined at the end; every split gives the same Finish(): counts, sums, minima and maxima
/// exactly, sketches within their stated error. tests/engine/profile/split_test.cc holds each
/// kernel to this.
///
/// Threads: one state per worker; Combine() and Finish() on one thread.
class Kernel {
 public:
  virtual ~Kernel() = default;

  /// Adds a batch. No value of the data is an error. Memory stays bounded
  /// (LargestStateBytes).
  /// A batch with a dictionary may only be counted for now: its memory must stay valid until
  /// FlushDictionary(), the next batch of another dictionary, or Finish().
  virtual void Update(const ColumnView& column) = 0;
  /// Works off what was counted of the last dictionary.
  virtual void FlushDictionary() = 0;
  /// Adds the rows of `other`, a flushed kernel of the same type.
  virtual void Combine(const Kernel& other) = 0;
  /// Fills in everything but `field` and correlations. Flushes first.
  virtual void Finish(const ProfileOptions& options, FieldProfile& profile) = 0;

  /// A flushed kernel as bytes, and back: Deserialize on a new kernel of the same type gives
  /// the same state.
  virtual void Serialize(ByteWriter& out) const = 0;
  virtual void Deserialize(ByteReader& in) = 0;
};

std::unique_ptr<Kernel> MakeKernel(const KernelType& type);

}  // namespace assay::engine::profile
