// Tests of engine/parquet_footer.h. That a real file is read through it is tested by
// tests/service/test_statistics_polars.py.

#include "engine/parquet_footer.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

using namespace std::string_literals;

/// FileMetaData: version 2, the given elements, 7 rows.
std::string Metadata(char element_count, const std::string& elements) {
  return "\x15\x04\x19"s + static_cast<char>(element_count << 4 | 0xC) + elements +
         "\x16\x0E\x00"s;
}

// SchemaElement: name(4) "r", num_children(5).
std::string Group(char children) {
  return "\x48\x01r\x15"s + static_cast<char>(children * 2) + "\x00"s;
}
// type(1) BYTE_ARRAY, repetition(3), name(4) "t", converted_type(6) UTF8, logicalType(10)
// STRING.
const std::string kText = "\x15\x0C\x25\x02\x18\x01t\x25\x00\x4C\x1C\x00\x00\x00"s;
// The same without field 6, so that field 10 comes 6 after field 4.
const std::string kBytes = "\x15\x0C\x25\x02\x18\x01t\x6C\x1C\x00\x00\x00"s;
// type(1) INT32, repetition(3), name(4) "n".
const std::string kNumber = "\x15\x02\x25\x02\x18\x01n\x00"s;

TEST(ParquetFooterTest, TextColumnsLoseTheirConvertedTypeAndNothingElse) {
  EXPECT_EQ(DeclareTextsAsBytes(Metadata(3, Group(2) + kText + kNumber)),
            Metadata(3, Group(2) + kBytes + kNumber));
}

TEST(ParquetFooterTest, TextsInsideOfColumnsAreBytesToo) {
  EXPECT_EQ(DeclareTextsAsBytes(Metadata(5, Group(2) + Group(2) + kText + kNumber + kText)),
            Metadata(5, Group(2) + Group(2) + kBytes + kNumber + kBytes));
}

TEST(ParquetFooterTest, EnumsAndJsonAreTexts) {
  for (const int converted_type : {4, 19}) {
    std::string element = kText;
    element[8] = static_cast<char>(converted_type * 2);  // zigzag
    EXPECT_EQ(DeclareTextsAsBytes(Metadata(2, Group(1) + element)),
              Metadata(2, Group(1) + kBytes));
  }
}

TEST(ParquetFooterTest, ACutOrOtherStructureIsCorrupt) {
  const std::string whole = Metadata(2, Group(1) + kText);
  for (size_t size = 0; size + 3 < whole.size(); ++size) {
    EXPECT_FALSE(DeclareTextsAsBytes(whole.substr(0, size))) << size;
  }
  EXPECT_FALSE(DeclareTextsAsBytes("no thrift at all"));
  EXPECT_FALSE(DeclareTextsAsBytes(std::string(1000, '\x1C')));  // structs in structs
}

}  // namespace
}  // namespace assay::engine
