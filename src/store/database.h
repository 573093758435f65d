// The product's own memory: one SQLite file. Main interface of this module: start here.

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "store/access.h"
#include "store/actor.h"

namespace assay::store {

struct DatabaseOptions {
  std::string path;  // ".../assay.db"; its folder must exist. Made with mode 0600
  int readers = 4;   // reads that may run at the same time
  std::chrono::seconds busy_timeout{10};  // how long to wait for another process's write
};

/// Thread-safe. Readers do not wait for the writer (write-ahead log); writers queue up one
/// behind the other. Every statement is prepared, with values bound.
class Database final : public Access {
 public:
  /// Opens or makes the file and brings its tables to this program's version.
  /// kUnsupported when a newer program has written it, kCorruptData when it is not ours.
  static Result<std::unique_ptr<Database>> Open(const DatabaseOptions& options, Clock& clock);
  ~Database() override;
  Database(Database&&) = default;

  /// The same database; what is changed through it is logged as done by `actor` (audit.h).
  Database As(Actor actor) const;
  const Actor* actor() const override { return actor_ ? &*actor_ : nullptr; }

  /// Runs `work` in one transaction: all of it takes effect, or none when it fails.
  /// Repositories built over the Access it gets take part; calls on the Database itself do not
  /// and would wait for it forever, so `work` must not make any. Long computations belong
  /// outside.
  template <class F>
  auto InTransaction(F&& work) -> std::invoke_result_t<F, Access&> {
    return Write(
        [&](soci::session& session) { return WithTransaction(session, actor(), work); });
  }

 protected:
  Status Execute(Mode mode, const std::function<Status(soci::session&)>& work) override;

 private:
  struct Sessions;

  /// An Access whose statements run in a transaction that is already open.
  class Transaction final : public Access {
   public:
    Transaction(soci::session& session, const Actor* actor)
        : session_(session), actor_(actor) {}
    const Actor* actor() const override { return actor_; }

   protected:
    Status Execute(Mode, const std::function<Status(soci::session&)>& work) override {
      return work(session_);
    }

   private:
    soci::session& session_;
    const Actor* actor_;
  };

  template <class F>
  static auto WithTransaction(soci::session& session, const Actor* actor, F&& work)
      -> std::invoke_result_t<F, Access&> {
    Transaction transaction(session, actor);
    return work(static_cast<Access&>(transaction));
  }

  Database(std::shared_ptr<Sessions> sessions, std::optional<Actor> actor);

  std::shared_ptr<Sessions> sessions_;
  std::optional<Actor> actor_;
};

}  // namespace assay::store
