#include "engine/session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "engine/duckdb/byte_text_file_system.h"
#include "engine/duckdb/decoding_file_system.h"
#include "engine/duckdb/parse_function.h"
#include "engine/duckdb/profile_aggregate.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/scan_aggregate.h"
#include "engine/duckdb/session_internals.h"
#include "engine/duckdb/text_function.h"
#include "engine/duckdb/text_is_function.h"
#include "engine/duckdb/utf8_file_system.h"

namespace assay::engine {
namespace {

/// The store whose prefix fits `path` best, and the object's key in it.
Result<std::pair<std::shared_ptr<ObjectStore>, std::string>> ResolveStore(
    Session::Internals& internals, const std::string& path) {
  const std::lock_guard lock(internals.stores_mutex);
  const std::pair<std::string, std::shared_ptr<ObjectStore>>* best = nullptr;
  for (const auto& candidate : internals.stores) {
    if (path.starts_with(candidate.first) &&
        (!best || candidate.first.size() > best->first.size()))
      best = &candidate;
  }
  if (!best)
    return Fail(ErrorKind::kNotFound, fmt::format("no datastore is attached for {}", path));
  const std::string bucket_prefix = fmt::format("s3://{}/", best->second->bucket());
  return std::pair(best->second, path.substr(std::min(path.size(), bucket_prefix.size())));
}

void Configure(const Session::Internals& internals, duckdb::DBConfig& config) {
  const SessionOptions& options = internals.options;
  const int threads = options.threads > 0
                          ? options.threads
                          : static_cast<int>(std::thread::hardware_concurrency());
  config.SetOptionByName("threads", duckdb::Value::BIGINT(std::max(1, threads)));
  config.SetOptionByName("memory_limit",
                         duckdb::Value(fmt::format("{}B", options.memory_limit_bytes)));
  config.SetOptionByName("temp_directory", duckdb::Value(internals.temporary_directory));
  // Nothing may be fetched or run that we did not ask for.
  config.SetOptionByName("autoinstall_known_extensions", duckdb::Value::BOOLEAN(false));
  config.SetOptionByName("autoload_known_extensions", duckdb::Value::BOOLEAN(false));
  // Nor may secrets of other programs of this user be taken from their home.
  config.SetOptionByName("allow_persistent_secrets", duckdb::Value::BOOLEAN(false));
}

}  // namespace

Session::Internals::~Internals() {
  database.reset();
  std::error_code ignored;
  if (!temporary_directory.empty()) std::filesystem::remove_all(temporary_directory, ignored);
}

Session::Session(std::unique_ptr<Internals> internals) : internals_(std::move(internals)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::Open(const SessionOptions& options) {
  if (std::string(duckdb::DuckDB::SourceID()) != DUCKDB_EXPECTED_SOURCE_ID) {
    return Fail(
        ErrorKind::kInternal,
        fmt::format(
            "libduckdb.so is of commit {}, this program was built for {}: install the one that "
            "came with it",
            duckdb::DuckDB::SourceID(), DUCKDB_EXPECTED_SOURCE_ID));
  }
  auto internals = std::make_unique<Internals>(options);
  std::error_code failure;
  const std::filesystem::path parent = options.temporary_directory.empty()
                                           ? std::filesystem::temp_directory_path(failure)
                                           : std::filesystem::path(options.temporary_directory);
  // Made here, and for us alone: values of the data are in what is spilled.
  std::string folder = (parent / "assay-spill-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    return Fail(errno == ENOSPC ? ErrorKind::kResourceLimit : ErrorKind::kDenied,
                fmt::format("cannot make a folder for temporary data in {}: {}; set TMPDIR or "
                            "make room",
                            parent.string(), strerror(errno)));
  }
  internals->temporary_directory = std::move(folder);
  try {
    duckdb::DBConfig config;
    Configure(*internals, config);
    internals->database = std::make_unique<duckdb::DuckDB>(nullptr, &config);
    Internals* const raw = internals.get();
    auto file_system = duckdb::make_uniq<ObjectStoreFileSystem>(
        [raw](const std::string& path) { return ResolveStore(*raw, path); });
    internals->file_system = file_system.get();
    auto& files = internals->database->instance->GetFileSystem();
    files.RegisterSubSystem(std::move(file_system));
    // Without the opener that the database adds: that of the query is passed on.
    duckdb::FileSystem& all_files =
        *duckdb::DBConfig::GetConfig(*internals->database->instance).file_system;
    files.RegisterSubSystem(duckdb::make_uniq<DecodingFileSystem>(all_files));
    files.RegisterSubSystem(duckdb::make_uniq<ByteTextFileSystem>(all_files));
    files.RegisterSubSystem(duckdb::make_uniq<Utf8FileSystem>(all_files));
    // A name after FROM is a table and never a file.
    duckdb::DBConfig::GetConfig(*internals->database->instance).replacement_scans.clear();
    duckdb::ExtensionLoader loader(*internals->database->instance, "assay");
    loader.RegisterFunction(MakeProfileAggregate());
    loader.RegisterFunction(MakeScanAggregate());
    loader.RegisterFunction(MakeTextFunction());
    loader.RegisterFunction(MakeParseFunction());
    loader.RegisterFunction(MakeTextIsFunction());
    duckdb::Connection connection(*internals->database);
    for (const char* setting :
         {"TimeZone = 'UTC'", "parquet_metadata_cache = true",
          "preserve_insertion_order = true",
          // Printed expressions nest deeper than what users write, which the parser bounds.
          "max_expression_depth = 10000"}) {
      const auto result = connection.Query(std::string("SET GLOBAL ") + setting);
      if (result->HasError()) {
        const Error error = ToError(result->GetErrorObject());
        return Fail(ErrorKind::kInternal, error.message);
      }
    }
  } catch (const std::exception& exception) {
    const Error error = ToError(duckdb::ErrorData(exception));
    return Fail(error.kind, "the query engine did not start: " + error.message);
  }
  return std::unique_ptr<Session>(new Session(std::move(internals)));
}

Status Session::Attach(std::string uri_prefix, std::shared_ptr<ObjectStore> store) {
  const std::lock_guard lock(internals_->stores_mutex);
  internals_->stores.emplace_back(std::move(uri_prefix), std::move(store));
  return {};
}

}  // namespace assay::engine
