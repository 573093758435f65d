#include "engine/row_sample.h"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "engine/holdout.h"
#include "tests/engine/duckdb/local_table.h"

namespace assay::engine {
namespace {

using ::testing::ElementsAre;

class RowSampleTest : public LocalTableTest {
 protected:
  RowSample Sample(const std::vector<std::string>& fields, const RowSampleOptions& options) {
    const auto sample = SampleRows(*session_, dataset_, Schema(), fields, options, {});
    EXPECT_TRUE(sample) << sample.error().message;
    return *sample;
  }

  /// Rows with their own numbers in the field "n".
  void AddNumbered(const std::string& name, int64_t rows) {
    std::string text = "n,parity\n";
    for (int64_t row = 0; row < rows; ++row)
      text += std::to_string(row) + (row % 2 == 0 ? ",even\n" : ",odd\n");
    Add(name, text);
  }
};

TEST_F(RowSampleTest, HasNumbersTimesAndIdentities) {
  Add("a.csv",
      "n,at,name,flag\n1.5,1970-01-01 00:01:00,x,true\n,1970-01-02 00:00:00,y,false\n2,,x,\n");
  const RowSample sample = Sample({"n", "at", "name", "flag"}, {});
  EXPECT_EQ(sample.row_count, 3);
  EXPECT_THAT(sample.columns[0].numbers, ElementsAre(1.5, ::testing::IsNan(), 2));
  EXPECT_THAT(sample.columns[1].numbers, ElementsAre(60, 86'400, ::testing::IsNan()));
  EXPECT_TRUE(sample.columns[2].numbers.empty());
  const auto& names = sample.columns[2].identities;
  EXPECT_EQ(names[0], names[2]);
  EXPECT_NE(names[0], names[1]);
  EXPECT_EQ(sample.columns[3].identities[2], 0u);
  EXPECT_EQ(sample.columns[0].identities[1], 0u);
}

TEST_F(RowSampleTest, TrainingAndHeldOutRowsAreApart) {
  const int64_t rows = 8 * kHoldoutBlockRows;
  AddNumbered("a.csv", rows);
  RowSampleOptions options{.holdout_share = 0.5, .max_rows = rows, .row_count = rows};
  const RowSample training = Sample({"n"}, options);
  options.rows = RowSampleOptions::Rows::kHeldOut;
  const RowSample held_out = Sample({"n"}, options);
  std::set<double> seen(training.columns[0].numbers.begin(), training.columns[0].numbers.end());
  seen.insert(held_out.columns[0].numbers.begin(), held_out.columns[0].numbers.end());
  EXPECT_GT(training.row_count, 0);
  EXPECT_GT(held_out.row_count, 0);
  EXPECT_EQ(training.row_count + held_out.row_count, rows);
  EXPECT_EQ(seen.size(), static_cast<size_t>(rows));
  const Holdout holdout("a.csv", 0.5);
  for (const double n : held_out.columns[0].numbers)
    EXPECT_TRUE(holdout.Contains(static_cast<int64_t>(n)));
}

TEST_F(RowSampleTest, OfManyRowsAreSpread) {
  AddNumbered("a.csv", 20'000);
  const RowSample sample = Sample({"n"}, {.max_rows = 1'000, .row_count = 20'000});
  EXPECT_LE(sample.row_count, 1'000);
  EXPECT_GE(sample.row_count, 800);
  EXPECT_GT(sample.columns[0].numbers.back(), 10'000);
}

TEST_F(RowSampleTest, UnknownFieldsAndLostFilesGiveNoValues) {
  AddNumbered("a.csv", 10);
  AddNumbered("b.csv", 10);
  const DatasetSchema schema = Schema();
  Write("b.csv", "n,parity\n1,odd\n");
  const auto sample = SampleRows(*session_, dataset_, schema, {"n", "zap"}, {}, {});
  ASSERT_TRUE(sample) << sample.error().message;
  EXPECT_EQ(sample->row_count, 10);
  EXPECT_TRUE(sample->columns[1].numbers.empty());
  EXPECT_EQ(sample->columns[1].identities, std::vector<uint64_t>(10, 0));
}

}  // namespace
}  // namespace assay::engine
