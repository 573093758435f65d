// Work on the store that a request does as a whole or not at all, and that may refuse it.

#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "api/problem.h"
#include "store/database.h"

namespace assay::api {

/// As Database::InTransaction, for `work` that returns Answer<T>: nothing takes effect when it
/// refuses.
template <class F>
auto InTransaction(store::Database& database, F&& work)
    -> std::invoke_result_t<F, store::Access&> {
  std::optional<std::invoke_result_t<F, store::Access&>> answer;
  const Status status = database.InTransaction([&](store::Access& transaction) -> Status {
    answer.emplace(work(transaction));
    if (*answer) return {};
    return Fail(ErrorKind::kConflict, "the request was refused");
  });
  if (!status && (!answer || *answer)) return Refuse(status.error());
  return *std::move(answer);
}

}  // namespace assay::api
