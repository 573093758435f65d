// Where repositories run their statements: on the database, each call by itself, or inside one
// transaction.

#pragma once

#include <functional>
#include <type_traits>

#include "base/result.h"

namespace soci {
class session;
}

namespace assay::store {

struct Actor;

/// Repositories (Connections, Containers, ...) are built over an Access and cost nothing to
/// build.
///
///   Containers(database).Get(7);                                 // a call by itself
///   database.InTransaction([&](Access& transaction) -> Status {  // all or nothing
///     ASSAY_RETURN_IF_ERROR(Containers(transaction).Update(a));
///     return Containers(transaction).Update(b);
///   });
class Access {
 public:
  virtual ~Access() = default;

  /// Who makes the changes, for the audit log; null when it is the program itself.
  virtual const Actor* actor() const { return nullptr; }

  /// Runs statements that only read, over one snapshot.
  template <class F>
  auto Read(F&& work) -> std::invoke_result_t<F, soci::session&> {
    return Run(Mode::kRead, std::forward<F>(work));
  }

  /// Runs statements that write: all take effect, or none when `work` fails.
  template <class F>
  auto Write(F&& work) -> std::invoke_result_t<F, soci::session&> {
    return Run(Mode::kWrite, std::forward<F>(work));
  }

  /// The same for what is not worth waiting for: kUnavailable, without having run, while
  /// another write of this process is going on.
  template <class F>
  auto WriteIfFree(F&& work) -> std::invoke_result_t<F, soci::session&> {
    return Run(Mode::kWriteIfFree, std::forward<F>(work));
  }

 protected:
  enum class Mode { kRead, kWrite, kWriteIfFree };

  /// Exceptions of the database library become errors: kConflict (a constraint), kUnavailable
  /// (locked beyond the timeout, cannot be opened), kResourceLimit (disk full), kDenied
  /// (read-only), kCorruptData, kInternal.
  virtual Status Execute(Mode mode, const std::function<Status(soci::session&)>& work) = 0;

 private:
  template <class F>
  auto Run(Mode mode, F&& work) -> std::invoke_result_t<F, soci::session&> {
    using Outcome = std::invoke_result_t<F, soci::session&>;
    if constexpr (std::is_same_v<Outcome, Status>) {
      return Execute(mode, std::forward<F>(work));
    } else {
      Outcome outcome = Fail(ErrorKind::kInternal, "the store did not run the statement");
      const Status status = Execute(mode, [&](soci::session& session) -> Status {
        outcome = work(session);
        if (!outcome) return std::unexpected(outcome.error());
        return {};
      });
      if (!status) return std::unexpected(status.error());
      return outcome;
    }
  }
};

}  // namespace assay::store
