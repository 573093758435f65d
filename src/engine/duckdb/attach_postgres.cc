#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "duckdb/main/secret/secret.hpp"
#include "duckdb/main/secret/secret_manager.hpp"
#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/reader_sql.h"
#include "engine/session.h"

namespace assay::engine {
namespace {

constexpr const char* kExtensionFile = "postgres_scanner.duckdb_extension";

/// The extension lies beside the library that it was built for, wherever that was found.
Result<std::string> ExtensionPath() {
  Dl_info library{};
  const void* symbol = dlsym(RTLD_DEFAULT, "duckdb_library_version");
  if (symbol == nullptr || dladdr(symbol, &library) == 0 || library.dli_fname == nullptr)
    return Fail(ErrorKind::kInternal, "libduckdb.so cannot be found in this process");
  const std::filesystem::path path = std::filesystem::path(library.dli_fname).parent_path() /
                                     "duckdb_extensions" / kExtensionFile;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Fail(
        ErrorKind::kInternal,
        fmt::format("the engine's extension for PostgreSQL is missing; put the one that "
                    "came with this program there: {}",
                    path.string()));
  }
  return path.string();
}

/// The password in the engine's memory, without any statement that holds it.
Status KeepPassword(duckdb::DatabaseInstance& database, const std::string& name,
                    const Secret& password) {
  try {
    auto secret = duckdb::make_uniq<duckdb::KeyValueSecret>(duckdb::vector<std::string>(),
                                                            "postgres", "config", name);
    if (!password.empty()) secret->secret_map["password"] = duckdb::Value(password.Reveal());
    secret->redact_keys.insert("password");
    duckdb::Connection connection(database);
    connection.BeginTransaction();
    duckdb::SecretManager::Get(database).RegisterSecret(
        duckdb::CatalogTransaction::GetSystemCatalogTransaction(*connection.context),
        std::move(secret), duckdb::OnCreateConflict::REPLACE_ON_CONFLICT,
        duckdb::SecretPersistType::TEMPORARY);
    connection.Commit();
    return {};
  } catch (const std::exception& exception) {
    return std::unexpected(ToError(duckdb::ErrorData(exception)));
  }
}

}  // namespace

Status Session::AttachPostgres(const std::string& name, const PostgresTarget& target) {
  ASSAY_TRY(const std::string extension, ExtensionPath());
  // The library checks the signature.
  if (const auto loaded = RunQuery(*this, "LOAD " + QuoteText(extension), {}); !loaded) {
    return Fail(ErrorKind::kInternal, "the engine's extension for PostgreSQL cannot be used: " +
                                          loaded.error().message);
  }
  ASSAY_RETURN_IF_ERROR(KeepPassword(*internals_->database->instance, name, target.password));
  const auto attached =
      RunQuery(*this,
               fmt::format("ATTACH {} AS {} (TYPE postgres, READ_ONLY, SECRET {})",
                           QuoteText(ConnectionText(target)), QuoteName(name), QuoteName(name)),
               {});
  if (!attached) {
    return Fail(ErrorKind::kUnavailable, fmt::format("cannot read from {}: {}", target.Name(),
                                                     attached.error().message));
  }
  const std::lock_guard lock(internals_->stores_mutex);
  internals_->postgres[name] = target;
  return {};
}

}  // namespace assay::engine
