#include "engine/duckdb/object_store_file_system.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "engine/object_store/s3.h"
#include "tests/services/versitygw.h"

namespace assay::engine {
namespace {

using services::VersityGw;
using std::chrono::milliseconds;
using testing::HasSubstr;

/// DuckDB with our file system over one bucket of a real server, whose folder the test writes
/// to.
class ObjectStoreFileSystemTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<VersityGw> started = VersityGw::Start("data");
    if (started) {
      server_.emplace(*std::move(started));
    } else {
      reason_ = started.error().message;
    }
  }
  static void TearDownTestSuite() { server_.reset(); }

  void SetUp() override {
    if (!server_) GTEST_SKIP() << reason_;
    store_ = OpenS3(server_->Options("data"), VersityGw::Credentials(), {}).value();
    auto file_system = duckdb::make_uniq<ObjectStoreFileSystem>(
        [this](const std::string& path)
            -> Result<std::pair<std::shared_ptr<ObjectStore>, std::string>> {
          constexpr std::string_view kPrefix = "s3://data/";
          if (!path.starts_with(kPrefix))
            return Fail(ErrorKind::kNotFound, "not attached: " + path);
          return std::pair(store_, path.substr(kPrefix.size()));
        });
    file_system_ = file_system.get();
    database_.instance->GetFileSystem().RegisterSubSystem(std::move(file_system));
  }

  /// One value, as text; empty without rows; the error's message if the query fails.
  std::string Ask(const std::string& sql) {
    duckdb::Connection connection(database_);
    const auto result = connection.Query(sql);
    if (result->HasError()) return result->GetError();
    if (result->RowCount() == 0) return "";
    return result->GetValue(0, 0).ToString();
  }

  /// Lets DuckDB write a file, and puts it into the bucket.
  void Write(const std::string& name, const std::string& select, const std::string& options) {
    const std::string path = fmt::format("{}file_system_test_{}", testing::TempDir(), getpid());
    const std::string copied =
        Ask(fmt::format("COPY ({}) TO '{}' ({})", select, path, options));
    std::ifstream file(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(content.empty()) << copied;
    ASSERT_TRUE(store_->Put(name, std::as_bytes(std::span(content)), {}).has_value());
    std::filesystem::remove(path);
  }

  static inline std::optional<VersityGw> server_;
  static inline std::string reason_;
  std::shared_ptr<ObjectStore> store_;
  duckdb::DuckDB database_{nullptr};
  ObjectStoreFileSystem* file_system_ = nullptr;
};

constexpr const char* kRows =
    "SELECT i AS id, 'text ' || i AS name, i * 1.5 AS amount FROM range(60000) r(i)";
constexpr const char* kSums =
    "SELECT [count(*), sum(id), sum(length(name)), sum(amount)::BIGINT] FROM ";

TEST_F(ObjectStoreFileSystemTest, ReadsParquet) {
  Write("rows.parquet", kRows, "FORMAT parquet, ROW_GROUP_SIZE 10000");
  EXPECT_EQ(Ask(std::string(kSums) + "'s3://data/rows.parquet'"),
            Ask(fmt::format("{} ({})", kSums, kRows)));
}

TEST_F(ObjectStoreFileSystemTest, ReadsDelimitedTextPlainAndCompressed) {
  Write("rows.csv", kRows, "FORMAT csv, HEADER");
  Write("rows.csv.gz", kRows, "FORMAT csv, HEADER, COMPRESSION gzip");
  Write("rows.csv.zst", kRows, "FORMAT csv, HEADER, COMPRESSION zstd");
  const std::string expected = Ask(fmt::format("{} ({})", kSums, kRows));
  EXPECT_EQ(Ask(std::string(kSums) + "'s3://data/rows.csv'"), expected);
  EXPECT_EQ(Ask(std::string(kSums) + "'s3://data/rows.csv.gz'"), expected);
  EXPECT_EQ(Ask(std::string(kSums) + "'s3://data/rows.csv.zst'"), expected);
}

TEST_F(ObjectStoreFileSystemTest, ReadsJsonLines) {
  Write("rows.json", kRows, "FORMAT json");
  EXPECT_EQ(Ask(std::string(kSums) + "'s3://data/rows.json'"),
            Ask(fmt::format("{} ({})", kSums, kRows)));
}

TEST_F(ObjectStoreFileSystemTest, ReadsSeveralFilesWithUnusualNames) {
  Write("a b+c.parquet", "SELECT 1 AS i", "FORMAT parquet");
  Write("k=v%.parquet", "SELECT 2 AS i", "FORMAT parquet");
  EXPECT_EQ(Ask("SELECT sum(i) FROM read_parquet(['s3://data/a b+c.parquet', "
                "'s3://data/k=v%.parquet'])"),
            "3");
}

TEST_F(ObjectStoreFileSystemTest, WildcardsAreCharactersOfKeys) {
  Write("one[1]*.parquet", "SELECT 7 AS i", "FORMAT parquet");
  EXPECT_EQ(Ask("SELECT sum(i) FROM read_parquet('s3://data/one[1]*.parquet')"), "7");
}

TEST_F(ObjectStoreFileSystemTest, APinnedFileThatWasReplacedFailsWithAConflict) {
  Write("pinned.parquet", kRows, "FORMAT parquet");
  const ObjectInfo info = store_->Head("pinned.parquet", {}).value();
  file_system_->Pin("s3://data/pinned.parquet", info.etag, info.size_bytes);
  EXPECT_EQ(Ask("SELECT count(*) FROM 's3://data/pinned.parquet'"), "60000");

  ASSERT_TRUE(
      store_->Put("pinned.parquet", std::as_bytes(std::span("replaced")), {}).has_value());
  Ask("SET enable_external_file_cache = false");
  EXPECT_THAT(Ask("SELECT sum(id) FROM 's3://data/pinned.parquet'"),
              HasSubstr("the object changed while it was read"));
  const std::optional<Error> error = file_system_->TakeError("s3://data/pinned.parquet");
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->kind, ErrorKind::kConflict);
  EXPECT_EQ(file_system_->TakeError("s3://data/pinned.parquet"), std::nullopt);
}

TEST_F(ObjectStoreFileSystemTest, AMissingFileFailsTheQueryWithOurError) {
  EXPECT_THAT(Ask("SELECT * FROM 's3://data/missing.parquet'"),
              HasSubstr("no such object: s3://data/missing.parquet"));
  EXPECT_EQ(file_system_->TakeError("s3://data/missing.parquet")->kind, ErrorKind::kNotFound);
}

TEST_F(ObjectStoreFileSystemTest, AFileOutsideEveryStoreFailsTheQuery) {
  EXPECT_THAT(Ask("SELECT * FROM 's3://elsewhere/a.parquet'"),
              HasSubstr("not attached: s3://elsewhere/a.parquet"));
}

TEST_F(ObjectStoreFileSystemTest, WritingIsRefused) {
  EXPECT_THAT(Ask("COPY (SELECT 1) TO 's3://data/out.parquet'"),
              HasSubstr("the query engine only reads object stores"));
}

TEST_F(ObjectStoreFileSystemTest, FilesWithoutVersionsAreRead) {
  // What somebody lays into the server's folder has no ETag.
  const std::string path = server_->data_directory() + "/data/no_version.parquet";
  Ask(fmt::format("COPY ({}) TO '{}' (FORMAT parquet)", kRows, path));
  ASSERT_EQ(store_->Head("no_version.parquet", {}).value().etag, "");
  EXPECT_EQ(Ask(std::string(kSums) + "'s3://data/no_version.parquet'"),
            Ask(fmt::format("{} ({})", kSums, kRows)));
}

TEST_F(ObjectStoreFileSystemTest, ATruncatedPinnedFileIsNotReadBeyondItsEnd) {
  Write("short.parquet", kRows, "FORMAT parquet");
  const ObjectInfo info = store_->Head("short.parquet", {}).value();
  file_system_->Pin("s3://data/short.parquet", "", info.size_bytes + 1000);
  EXPECT_THAT(Ask("SELECT count(*) FROM 's3://data/short.parquet'"),
              HasSubstr("the range lies beyond the object's end"));
}

/// Passes everything on; reads block until they are stopped once Block() was called.
class BlockingStore final : public ObjectStore {
 public:
  explicit BlockingStore(std::shared_ptr<ObjectStore> inner) : inner_(std::move(inner)) {}

  const std::string& bucket() const override { return inner_->bucket(); }
  Result<ListPage> List(const ListRequest& request, std::stop_token stop) override {
    return inner_->List(request, stop);
  }
  Result<ObjectInfo> Head(const std::string& key, std::stop_token stop) override {
    return inner_->Head(key, stop);
  }
  Status Read(const std::string&, const std::string&, int64_t, std::span<std::byte>,
              std::stop_token stop) override {
    std::unique_lock lock(mutex_);
    reading_ = true;
    changed_.notify_all();
    changed_.wait(lock, stop, [] { return false; });
    return Fail(ErrorKind::kCancelled, "cancelled");
  }
  Result<std::string> BucketRegion(std::stop_token stop) override {
    return inner_->BucketRegion(stop);
  }
  Status Put(const std::string& key, std::span<const std::byte> bytes,
             std::stop_token stop) override {
    return inner_->Put(key, bytes, stop);
  }
  Result<PendingUpload> StageFile(const std::string& key, const std::string& path,
                                  std::stop_token stop) override {
    return inner_->StageFile(key, path, stop);
  }
  Status Complete(const PendingUpload& upload, std::stop_token stop) override {
    return inner_->Complete(upload, stop);
  }
  Status Abort(const PendingUpload& upload, std::stop_token stop) override {
    return inner_->Abort(upload, stop);
  }
  Result<std::vector<PendingUpload>> ListPending(const std::string& prefix,
                                                 std::stop_token stop) override {
    return inner_->ListPending(prefix, stop);
  }
  Status Delete(const std::string& key, std::stop_token stop) override {
    return inner_->Delete(key, stop);
  }

  void AwaitRead() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return reading_; });
  }

 private:
  const std::shared_ptr<ObjectStore> inner_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool reading_ = false;
};

TEST_F(ObjectStoreFileSystemTest, AnInterruptedQueryLeavesItsReadWithinASecond) {
  Write("slow.parquet", "SELECT 1 AS i", "FORMAT parquet");
  const auto blocking = std::make_shared<BlockingStore>(store_);
  store_ = blocking;
  duckdb::Connection connection(database_);
  std::chrono::steady_clock::time_point interrupted;
  std::thread interrupter([&] {
    blocking->AwaitRead();
    interrupted = std::chrono::steady_clock::now();
    connection.Interrupt();
  });
  const auto result = connection.Query("SELECT * FROM 's3://data/slow.parquet'");
  const auto ended = std::chrono::steady_clock::now();
  interrupter.join();
  ASSERT_TRUE(result->HasError());
  EXPECT_EQ(result->GetErrorType(), duckdb::ExceptionType::INTERRUPT);
  EXPECT_LT(ended - interrupted, milliseconds(1000));
}

TEST_F(ObjectStoreFileSystemTest, AStopRequestEndsReadsUnderWay) {
  Write("slow2.parquet", "SELECT 1 AS i", "FORMAT parquet");
  const auto blocking = std::make_shared<BlockingStore>(store_);
  store_ = blocking;
  std::stop_source stop;
  file_system_->SetStop(stop.get_token());
  std::thread stopper([&] {
    blocking->AwaitRead();
    stop.request_stop();
  });
  Ask("SELECT * FROM 's3://data/slow2.parquet'");
  stopper.join();
  EXPECT_EQ(file_system_->TakeError("s3://data/slow2.parquet")->kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace assay::engine
