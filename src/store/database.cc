#include "store/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <vector>

#include "store/migrations.h"
#include "store/sql/statement.h"

namespace assay::store {
namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html); its header is not among SOCI's.
constexpr int kSqliteBusy = 5;
constexpr int kSqliteLocked = 6;
constexpr int kSqliteReadOnly = 8;
constexpr int kSqliteInputOutput = 10;
constexpr int kSqliteCorrupt = 11;
constexpr int kSqliteFull = 13;
constexpr int kSqliteCannotOpen = 14;
constexpr int kSqliteConstraint = 19;
constexpr int kSqliteNotADatabase = 26;
constexpr int kPrimaryCode = 0xFF;

ErrorKind KindOf(const soci::soci_error& error) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  if (sqlite == nullptr) return ErrorKind::kInternal;
  switch (sqlite->result() & kPrimaryCode) {
    case kSqliteBusy:
    case kSqliteLocked:
    case kSqliteCannotOpen:
    case kSqliteInputOutput: return ErrorKind::kUnavailable;
    case kSqliteReadOnly: return ErrorKind::kDenied;
    case kSqliteCorrupt:
    case kSqliteNotADatabase: return ErrorKind::kCorruptData;
    case kSqliteFull: return ErrorKind::kResourceLimit;
    case kSqliteConstraint: return ErrorKind::kConflict;
    default: return ErrorKind::kInternal;
  }
}

/// Without what SOCI adds to what(): the statement and its values, which may be secret.
std::unexpected<Error> ToError(const soci::soci_error& error) {
  return Fail(KindOf(error), fmt::format("the store failed: {}", error.get_error_message()));
}

Status Guarded(const std::function<Status()>& work) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    return ToError(error);
  } catch (const std::exception& error) {
    return Fail(ErrorKind::kInternal, fmt::format("the store failed: {}", error.what()));
  }
}

/// Makes the file readable for its owner only; SQLite gives its side files the same mode.
Status MakePrivateFile(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const ErrorKind kind = errno == EACCES || errno == EPERM || errno == EROFS
                               ? ErrorKind::kDenied
                               : ErrorKind::kNotFound;
    return Fail(kind, fmt::format("cannot open the store {}: {}", path, std::strerror(errno)));
  }
  close(descriptor);
  return {};
}

void Connect(soci::session& session, const DatabaseOptions& options) {
  session.open(soci::sqlite3, fmt::format("dbname=\"{}\" timeout={}", options.path,
                                          options.busy_timeout.count()));
  session << "PRAGMA foreign_keys = ON";
  // A recorded enrichment commit must outlive a power cut, so every commit is synced.
  session << "PRAGMA synchronous = FULL";
}

/// Ends the transaction that `begin` opened, whatever way `work` ends.
Status Transact(soci::session& session, const char* begin,
                const std::function<Status(soci::session&)>& work) {
  const Status status = Guarded([&]() -> Status {
    session << begin;
    ASSAY_RETURN_IF_ERROR(work(session));
    session << "COMMIT";
    return {};
  });
  if (!status) {
    try {
      session << "ROLLBACK";
    } catch (const soci::soci_error&) {
      // SQLite has rolled back already (disk full, input/output error), or BEGIN itself failed.
    }
  }
  return status;
}

}  // namespace

struct Database::Sessions {
  std::mutex writer_mutex;
  soci::session writer;  // guarded by writer_mutex

  std::mutex readers_mutex;
  std::condition_variable reader_returned;
  std::vector<std::unique_ptr<soci::session>> readers;  // idle ones; guarded by readers_mutex
};

Database::Database(std::shared_ptr<Sessions> sessions, std::optional<Actor> actor)
    : sessions_(std::move(sessions)), actor_(std::move(actor)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options, Clock& clock) {
  if (options.path.find('"') != std::string::npos) {
    return Fail(ErrorKind::kInvalidInput,
                "the path of the store may not hold a quotation mark");
  }
  ASSAY_RETURN_IF_ERROR(MakePrivateFile(options.path));
  auto sessions = std::make_unique<Sessions>();
  ASSAY_RETURN_IF_ERROR(Guarded([&]() -> Status {
    Connect(sessions->writer, options);
    std::string mode;
    sessions->writer << "PRAGMA journal_mode = WAL", soci::into(mode);
    return Transact(sessions->writer, "BEGIN IMMEDIATE", [&](soci::session& session) {
      return Migrate(session, AllMigrations(), clock.Now());
    });
  }));
  ASSAY_RETURN_IF_ERROR(Guarded([&]() -> Status {
    for (int i = 0; i < std::max(1, options.readers); ++i) {
      auto reader = std::make_unique<soci::session>();
      Connect(*reader, options);
      *reader << "PRAGMA query_only = ON";
      sessions->readers.push_back(std::move(reader));
    }
    return {};
  }));
  return std::unique_ptr<Database>(new Database(std::move(sessions), std::nullopt));
}

Database Database::As(Actor actor) const {
  return Database(sessions_, std::move(actor));
}

Status Database::Execute(Mode mode, const std::function<Status(soci::session&)>& work) {
  if (mode != Mode::kRead) {
    std::unique_lock lock(sessions_->writer_mutex, std::defer_lock);
    if (mode == Mode::kWrite) lock.lock();
    if (!lock && !lock.try_lock())
      return Fail(ErrorKind::kUnavailable, "the store is busy with another write");
    return Transact(sessions_->writer, "BEGIN IMMEDIATE", work);
  }
  std::unique_ptr<soci::session> reader;
  {
    std::unique_lock lock(sessions_->readers_mutex);
    sessions_->reader_returned.wait(lock, [&] { return !sessions_->readers.empty(); });
    reader = std::move(sessions_->readers.back());
    sessions_->readers.pop_back();
  }
  const Status status = Transact(*reader, "BEGIN", work);
  {
    const std::lock_guard lock(sessions_->readers_mutex);
    sessions_->readers.push_back(std::move(reader));
  }
  sessions_->reader_returned.notify_one();
  return status;
}

}  // namespace assay::store
