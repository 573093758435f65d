#include "engine/delimited_rows.h"

#include <gmock/gmock.h>

namespace assay::engine {
namespace {

using ::testing::ElementsAre;

DelimitedRows Read(const std::string& text, const DelimitedDialect& dialect = {},
                   size_t block_bytes = 1'000) {
  DelimitedRows rows(dialect);
  for (size_t at = 0; at < text.size(); at += block_bytes)
    rows.Add(std::string_view(text).substr(at, block_bytes));
  rows.Finish();
  return rows;
}

TEST(DelimitedRowsTest, CountsTheCellsOfRowsHoweverTheyAreCut) {
  const std::string text =
      "id,\"the \"\"name\"\"\",x\r\n1,\"a, b\nc\",3\n\n2,\"\",\n3,4\n4,5,6,7\n8,9,10";
  for (size_t block = 1; block < text.size(); ++block) {
    SCOPED_TRACE(block);
    const DelimitedRows rows = Read(text, {}, block);
    EXPECT_THAT(rows.first_row(), ElementsAre("id", "the \"name\"", "x"));
    EXPECT_EQ(rows.uneven_rows(), 2);
    EXPECT_EQ(rows.first_uneven_line(), 6);
  }
}

TEST(DelimitedRowsTest, KnowsOtherDialects) {
  const DelimitedDialect dialect = {
      .delimiter = "||", .quote = "'", .escape = "\\", .has_header = true, .skipped_lines = 2};
  const DelimitedRows rows =
      Read("made by hand\n# 'x\na||'b\\'||c'||d|e\n1||2||3\n1|2||3\n", dialect);
  EXPECT_THAT(rows.first_row(), ElementsAre("a", "b'||c", "d|e"));
  EXPECT_EQ(rows.uneven_rows(), 1);
  EXPECT_EQ(rows.first_uneven_line(), 5);
}

TEST(DelimitedRowsTest, ALineWithoutACharacterIsARowOfOneCellAtMost) {
  EXPECT_EQ(Read("x\n1\n\n2\n").uneven_rows(), 0);
  EXPECT_EQ(Read("x,y\n1,2\n\n3,4\n").uneven_rows(), 0);
  EXPECT_EQ(Read("x\n1,2\n").first_uneven_line(), 2);
}

TEST(DelimitedRowsTest, AQuoteInsideOfACellIsACharacter) {
  EXPECT_EQ(Read("a,b\n5\" disk,1\n6\" disk,2\n").uneven_rows(), 0);
}

TEST(DelimitedRowsTest, ATextWithoutRowsHasNoFirstOne) {
  EXPECT_FALSE(Read("").has_first_row());
  EXPECT_FALSE(Read("\n\n").has_first_row());
  EXPECT_TRUE(Read("a").has_first_row());
}

}  // namespace
}  // namespace assay::engine
