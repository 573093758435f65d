#include <gmock/gmock.h>

#include "engine/profile.h"
#include "tests/duckdb_rows.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using ::testing::Optional;

class ProfileLimitTest : public LocalTableTest {
 protected:
  ContainerProfile Limited(int64_t rows) {
    auto profile =
        Profile(*session_, dataset_, Schema(), {.max_rows_per_file = rows}, RunContext{});
    EXPECT_TRUE(profile) << profile.error().message;
    return *std::move(profile);
  }
};

TEST_F(ProfileLimitTest, AFileReadToItsEndIsCounted) {
  Add("a.csv", "x\n1\n2\n");
  const ContainerProfile profile = Limited(10);
  EXPECT_EQ(profile.record_count, 2);
  EXPECT_THAT(profile.total_record_count, Optional(2));
}

TEST_F(ProfileLimitTest, HowManyRowsAreBeyondTheLimitOfATextIsNotKnown) {
  Add("a.csv", "x\n1\n2\n3\n");
  const ContainerProfile profile = Limited(2);
  EXPECT_EQ(profile.record_count, 2);
  EXPECT_EQ(profile.total_record_count, std::nullopt);
}

TEST_F(ProfileLimitTest, ParquetFilesSayTheirRows) {
  dataset_.format = FileFormat::kParquet;
  DuckDbRows("COPY (SELECT i FROM range(5000) t(i)) TO '" + Path("a.parquet") +
             "' (FORMAT parquet)");
  AddExisting("a.parquet");
  const ContainerProfile profile = Limited(2);
  EXPECT_EQ(profile.record_count, 2);
  EXPECT_THAT(profile.total_record_count, Optional(5000));
}

}  // namespace
}  // namespace assay::engine
