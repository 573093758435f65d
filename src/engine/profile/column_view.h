// A batch of values of one column, as the profile kernels see it: no engine types, no copies.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace assay::engine::profile {

/// How values lie in memory.
enum class PhysicalType {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kInt128,
  kFloat,
  kDouble,
  kText
};

__extension__ typedef __int128 Int128;  // NOLINT: a typedef is what __extension__ takes
__extension__ typedef unsigned __int128 Uint128;  // NOLINT

/// A text of up to 12 bytes in place, a longer one behind a pointer. The layout is that of the
/// engine's string type (checked where batches come in).
struct TextRef {
  struct Small {
    uint32_t length;
    char inlined[12];
  };
  struct Large {
    uint32_t length;
    char prefix[4];
    const char* data;
  };
  union {
    Small small;
    Large large;
  };

  std::string_view view() const {
    return small.length <= sizeof(small.inlined) ? std::string_view(small.inlined, small.length)
                                                 : std::string_view(large.data, large.length);
  }
};
static_assert(sizeof(TextRef) == 16);

/// Rows 0 to row_count-1; the value of row i is values[Index(i)].
struct ColumnView {
  size_t row_count = 0;
  const void* values = nullptr;
  const uint32_t* selection = nullptr;  // nullptr: row i is value i
  const uint64_t* validity =
      nullptr;  // bit Index(i) is set when the value is not null; nullptr: none is
  /// Number of values that `selection` can point to, when all rows of many batches share them
  /// (dictionary encoding); 0 otherwise. Batches of the same dictionary have the same id.
  size_t dictionary_size = 0;
  uint64_t dictionary_id = 0;

  size_t Index(size_t row) const { return selection ? selection[row] : row; }
  bool IsValidIndex(size_t index) const {
    return !validity || ((validity[index >> 6] >> (index & 63)) & 1) != 0;
  }
  template <class T>
  const T* As() const {
    return static_cast<const T*>(values);
  }
};

}  // namespace assay::engine::profile
