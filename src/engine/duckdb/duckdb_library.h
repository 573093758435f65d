// DuckDB's own headers, for the .cc files of this folder only; see docs/decisions.

#pragma once

#include <memory>

// DuckDB's QueryMetrics destroys a unique_ptr in its header before the type behind it is
// complete, which C++23's constexpr unique_ptr does not let pass with clang: the deleter is
// declared here and defined where the type is known.
namespace duckdb {
struct ActiveTimer;
}
template <>
struct std::default_delete<duckdb::ActiveTimer> {
  void operator()(duckdb::ActiveTimer* timer) const noexcept;
};

#include <duckdb.hpp>

#include "duckdb/common/exception.hpp"
#include "duckdb/common/types/vector.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

inline void std::default_delete<duckdb::ActiveTimer>::operator()(
    duckdb::ActiveTimer* timer) const noexcept {
  delete timer;
}
