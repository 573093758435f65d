// Tests of engine/duckdb/reader_message.h.

#include "engine/duckdb/reader_message.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

TEST(ReaderMessageTest, OfLinesOfDelimitedFiles) {
  EXPECT_EQ(ReaderMessage("CSV Error on Line: 12\nOriginal Line: 7,\"a\nb\n\nc\nValue with "
                          "unterminated quote found.\n\nPossible fixes:\n* x"),
            "line 12: a quote is opened and never closed");
  EXPECT_EQ(ReaderMessage("CSV Error on Line: 3\nOriginal Line: 1,2,3\nExpected Number of "
                          "Columns: 2 Found: 3\nPossible fixes:\n* x"),
            "line 3: another number of columns than the file has");
  EXPECT_EQ(
      ReaderMessage(
          "CSV Error on Line: 3\nOriginal Line: secret\nSomething new.\n\nPossible fixes:\n"),
      "line 3: Something new.");
}

TEST(ReaderMessageTest, OfJson) {
  EXPECT_EQ(ReaderMessage("Malformed JSON in file \"/a/b.json\", at byte 23 in line 3002: "
                          "unexpected character. "),
            "line 3001, byte 23: malformed JSON: unexpected character.");
  EXPECT_EQ(ReaderMessage("Malformed JSON in file \"x\", at byte 5 in record/value 2: end."),
            "record 1, byte 5: malformed JSON: end.");
}

TEST(ReaderMessageTest, OfParquet) {
  EXPECT_EQ(ReaderMessage("No magic bytes found at end of file '/a/b'"),
            "not a Parquet file, or cut off: it does not end as one does");
}

TEST(ReaderMessageTest, OfServersWithoutTheStatement) {
  EXPECT_EQ(
      ReaderMessage("Failed to prepare COPY \"COPY (SELECT 'ERROR:  x'\nFROM t)\": ERROR:  "
                    "division by zero\nLINE 1: COPY\n"),
      "division by zero");
  EXPECT_EQ(ReaderMessage("Unable to read binary COPY data from Postgres: server closed the "
                          "connection unexpectedly\n\tThis probably means"),
            "Unable to read binary COPY data from Postgres: server closed the connection "
            "unexpectedly \tThis probably means");
}

TEST(ReaderMessageTest, OthersInTheirFirstParagraph) {
  EXPECT_EQ(ReaderMessage("Out of Memory\nof 4 GB\n\nPossible solutions:\n* more"),
            "Out of Memory of 4 GB");
}

}  // namespace
}  // namespace assay::engine
