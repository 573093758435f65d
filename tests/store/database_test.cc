#include "store/database.h"

#include <gmock/gmock.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/containers.h"
#include "store/migrations.h"
#include "store/settings.h"
#include "store/sql/statement.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::HasSubstr;
using testing::Not;

using DatabaseTest = StoreTest;

TEST_F(DatabaseTest, FileIsForItsOwnerOnly) {
  ASSERT_TRUE(Settings(database()).Set("a", "b"));
  for (const char* name : {"assay.db", "assay.db-wal"}) {
    struct stat status{};
    ASSERT_EQ(stat((directory_ / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST_F(DatabaseTest, KeepsWhatWasWrittenWhenOpenedAgain) {
  ASSERT_TRUE(Settings(database()).Set("a", "b"));
  database_.reset();
  database_ = Database::Open({.path = directory_ / "assay.db"}, clock_).value();
  EXPECT_EQ(Settings(database()).Get("a").value(), "b");
}

TEST_F(DatabaseTest, FailedTransactionLeavesNothing) {
  const Status status = database().InTransaction([&](Access& transaction) -> Status {
    ASSAY_RETURN_IF_ERROR(Settings(transaction).Set("a", "b"));
    EXPECT_EQ(Settings(transaction).Get("a").value(), "b");
    return Fail(ErrorKind::kCancelled, "changed my mind");
  });
  EXPECT_EQ(status.error(), (Error{ErrorKind::kCancelled, "changed my mind"}));
  EXPECT_EQ(Settings(database()).Get("a").value(), std::nullopt);
}

TEST_F(DatabaseTest, TransactionReturnsAValue) {
  const Result<int> result = database().InTransaction([&](Access& transaction) -> Result<int> {
    ASSAY_RETURN_IF_ERROR(Settings(transaction).Set("a", "b"));
    return 7;
  });
  EXPECT_EQ(result.value(), 7);
  EXPECT_EQ(Settings(database()).Get("a").value(), "b");
}

TEST_F(DatabaseTest, ReadsDoNotWrite) {
  const Status status = database().Read([](soci::session& session) -> Status {
    sql::Run(session, "INSERT INTO settings (name, value) VALUES ('a', 'b')");
    return {};
  });
  EXPECT_EQ(status.error().kind, ErrorKind::kDenied);
}

TEST_F(DatabaseTest, BrokenConstraintIsAConflictAndShowsNoValue) {
  const Status status = database().Write([](soci::session& session) -> Status {
    for (int i = 0; i < 2; ++i) {
      sql::Run(session, "INSERT INTO settings (name, value) VALUES (?, ?)",
               {"name", "hunter2"});
    }
    return {};
  });
  EXPECT_EQ(status.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(status.error().message, Not(HasSubstr("hunter2")));
}

TEST_F(DatabaseTest, ForeignKeysHold) {
  const Status status = database().Write([](soci::session& session) -> Status {
    sql::Run(session, "INSERT INTO team_members (team_id, user_id) VALUES (1, 77)");
    return {};
  });
  EXPECT_EQ(status.error().kind, ErrorKind::kConflict);
}

TEST_F(DatabaseTest, ValuesOfEveryKindComeBackAsTheyWent) {
  const std::string text("zero \0 quote ' and \xc3\xa9", 21);
  ASSERT_TRUE(database().Write([&](soci::session& session) -> Status {
    sql::Run(
        session,
        "CREATE TABLE kinds (i BIGINT, d DOUBLE PRECISION, t TEXT, b BIGINT, m BIGINT, n TEXT, "
        "j TEXT, l TEXT)");
    sql::Run(session, "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
             {INT64_MIN, 0.1 + 0.2, text, true, At(5), std::optional<std::string>(),
              Json{{"k", {1, 2}}}, std::vector<std::string>{"x", "y"}});
    return {};
  }));
  int64_t i = 0;
  double d = 0;
  std::string t;
  bool b = false;
  Timestamp m{};
  std::optional<std::string> n = "set";
  Json j;
  std::vector<std::string> l;
  ASSERT_TRUE(database().Read([&](soci::session& session) -> Status {
    sql::Select select(session, "SELECT i, d, t, b, m, n, j, l FROM kinds");
    select.Into(i, d, t, b, m, n, j, l);
    EXPECT_TRUE(select.Next());
    EXPECT_FALSE(select.Next());
    return {};
  }));
  EXPECT_EQ(i, INT64_MIN);
  EXPECT_EQ(d, 0.1 + 0.2);
  EXPECT_EQ(t, text);
  EXPECT_TRUE(b);
  EXPECT_EQ(m, At(5));
  EXPECT_EQ(n, std::nullopt);
  EXPECT_EQ(j, (Json{{"k", {1, 2}}}));
  EXPECT_EQ(l, (std::vector<std::string>{"x", "y"}));
}

TEST_F(DatabaseTest, ManyThreadsReadAndWrite) {
  ASSERT_TRUE(Settings(database()).Set("n", "0"));
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 6; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 20; ++i) {
          if (thread % 2 == 1) {
            if (!Settings(database()).Get("n")) ++failures;
            continue;
          }
          const Status status = database().InTransaction([&](Access& transaction) -> Status {
            ASSAY_TRY(const auto now, Settings(transaction).Get("n"));
            return Settings(transaction).Set("n", std::to_string(std::stoi(*now) + 1));
          });
          if (!status) ++failures;
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Settings(database()).Get("n").value(), "60");
}

TEST_F(DatabaseTest, MissingFolderIsNamed) {
  const auto opened = Database::Open({.path = directory_ / "none" / "assay.db"}, clock_);
  EXPECT_EQ(opened.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(opened.error().message, HasSubstr("none/assay.db"));
}

TEST_F(DatabaseTest, RefusesAFileThatIsNoDatabase) {
  const std::string path = directory_ / "other.db";
  std::ofstream(path) << std::string(5000, 'x');
  EXPECT_EQ(Database::Open({.path = path}, clock_).error().kind, ErrorKind::kCorruptData);
}

TEST_F(DatabaseTest, RefusesAForeignDatabase) {
  const std::string path = directory_ / "other.db";
  {
    soci::session session("sqlite3", "dbname=" + path);
    session << "CREATE TABLE theirs (a TEXT)";
  }
  EXPECT_EQ(Database::Open({.path = path}, clock_).error().kind, ErrorKind::kCorruptData);
}

TEST_F(DatabaseTest, RefusesADatabaseOfANewerProgram) {
  ASSERT_TRUE(database().Write([](soci::session& session) -> Status {
    sql::Run(session,
             "INSERT INTO schema_migrations (number, name, applied) VALUES (999, 'later', 0)");
    return {};
  }));
  database_.reset();
  const auto opened = Database::Open({.path = directory_ / "assay.db"}, clock_);
  EXPECT_EQ(opened.error().kind, ErrorKind::kUnsupported);
  EXPECT_THAT(opened.error().message, HasSubstr("999"));
}

class MigrationsTest : public StoreTest {
 protected:
  /// Number of the step that is `n` beyond those that the database has.
  static int Beyond(int n) { return AllMigrations().back().number + n; }

  Status MigrateTo(std::span<const Migration> migrations) {
    return database().Write(
        [&](soci::session& session) { return Migrate(session, migrations, At(9)); });
  }
};

TEST_F(MigrationsTest, AppliesOnlyTheMissingStepsInOrder) {
  const std::vector<Migration> steps = {
      {.number = 1, .name = "there already", .statements = "CREATE TABLE teams (x TEXT);\n"},
      {.number = Beyond(1),
       .name = "two",
       .statements = "CREATE TABLE two (id {id}, a TEXT);\n"},
      {.number = Beyond(2),
       .name = "three",
       .statements = "INSERT INTO two (a) VALUES ('x');\n"
                     "INSERT INTO two (a) VALUES ('y');\n"},
  };
  ASSERT_TRUE(MigrateTo(steps));
  ASSERT_TRUE(MigrateTo(steps));
  const auto rows =
      database().Read([](soci::session& session) -> Result<std::optional<int64_t>> {
        return sql::SelectInteger(session, "SELECT COUNT(*) FROM two");
      });
  EXPECT_EQ(rows.value(), 2);
}

TEST_F(MigrationsTest, AContainerOfTheFirstVersionIsKeptAndHasNoKey) {
  const std::string path = directory_ / "first.db";
  {
    soci::session session(soci::sqlite3, "dbname=\"" + path + "\"");
    ASSERT_TRUE(Migrate(session, AllMigrations().first(1), At(1)));
    session << "INSERT INTO connections (created, name, type, properties) VALUES (1, 'c', "
               "'local', '{}')";
    session
        << "INSERT INTO datastores (created, name, connection_id, root_path, database_name, "
           "schema_name, enrichment_only, folder_globbing_enabled, favorite, "
           "enrichment_prefix, enrichment_source_record_limit, "
           "enrichment_remediation_strategy, high_count_rollup_threshold, "
           "additional_properties) VALUES (1, 'd', 1, '/', '', '', 0, 0, 0, '', 10, 'none', "
           "10, '{}')";
    session
        << "INSERT INTO containers (created, datastore_id, name, container_type, folder, "
           "format, partition_fields, file_count, size_bytes, listing_digest, is_missing, "
           "read_options, favorite, group_by_fields, additional_metadata, "
           "volumetric_tracking_enabled, freshness_tracking_enabled) VALUES (1, 1, 'a.csv', "
           "'file', '', 'delimited', '[]', 1, 10, 'abc', 0, '{}', 0, '[]', '{}', 0, 0)";
  }
  const auto opened = Database::Open({.path = path}, clock_);
  ASSERT_TRUE(opened) << opened.error().message;
  const Container found = Containers(**opened).FindByName(1, "a.csv").value();
  EXPECT_EQ(found.group_key, "");
  EXPECT_EQ(found.listing_digest, "abc");
}

TEST_F(MigrationsTest, AFailedStepLeavesNothing) {
  const std::vector<Migration> steps = {
      {.number = Beyond(1),
       .name = "two",
       .statements = "CREATE TABLE two (a TEXT);\nCREATE NONSENSE;\n"},
  };
  EXPECT_FALSE(MigrateTo(steps));
  const auto tables =
      database().Read([](soci::session& session) -> Result<std::optional<int64_t>> {
        return sql::SelectInteger(session,
                                  "SELECT COUNT(*) FROM sqlite_master WHERE name = 'two'");
      });
  EXPECT_EQ(tables.value(), 0);
}

}  // namespace
}  // namespace assay::store
