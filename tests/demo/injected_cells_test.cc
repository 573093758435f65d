#include "demo/injected_cells.h"

#include "demo/text_file.h"
#include "tests/demo/temporary_folder.h"

namespace assay::demo {
namespace {

class InjectedCellsTest : public FolderTest {
 protected:
  /// The message about a list with this text.
  std::string Fault(const std::string& text) {
    EXPECT_TRUE(WriteTextFile(Path("list.csv"), text).has_value());
    const auto cells = ReadInjectedCells(Path("list.csv"));
    return cells ? "" : cells.error().message;
  }
};

TEST_F(InjectedCellsTest, ComeBackAsTheyWere) {
  const std::vector<InjectedCell> cells = {
      {"orders/a, \"b\".csv", 0, "amount", "negative amount"},
      {"events/é.ndjson", 9'000'000'000, "device.os", " blank "}};
  ASSERT_TRUE(WriteInjectedCells(Path("new/list.csv"), cells).has_value());
  EXPECT_EQ(ReadInjectedCells(Path("new/list.csv")).value_or(std::vector<InjectedCell>{}),
            cells);
}

TEST_F(InjectedCellsTest, TellsTheLineThatIsWrong) {
  const std::string header = "file,row_number,field,kind\n";
  EXPECT_EQ(Fault("file,row,field,kind\n"),
            "list of injected cells, line 1: is not the header file,row_number,field,kind");
  EXPECT_EQ(Fault(header + "a,1,b\n"), "list of injected cells, line 2: has 3 values, not 4");
  EXPECT_EQ(Fault(header + "a,1x,b,c\n"),
            "list of injected cells, line 2: row_number is not a number");
  EXPECT_EQ(Fault(header + "a,1,b,c\n\"a,1,b,c\n"),
            "list of injected cells, line 3: a quote does not end");
  EXPECT_EQ(ReadInjectedCells(Path("missing.csv")).error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace assay::demo
