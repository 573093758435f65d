#include "demo/injected_cells.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "demo/text_file.h"

namespace assay::demo {
namespace {

const std::vector<std::string> kHeader = {"file", "row_number", "field", "kind"};

}  // namespace

Status WriteInjectedCells(const std::string& path, const std::vector<InjectedCell>& cells) {
  std::string text = CsvLine(kHeader);
  for (const InjectedCell& cell : cells) {
    text += CsvLine({cell.file, std::to_string(cell.row_number), cell.field, cell.kind});
  }
  return WriteTextFile(path, text);
}

Result<std::vector<InjectedCell>> ReadInjectedCells(const std::string& path) {
  ASSAY_TRY(const std::string text, ReadTextFile(path));
  std::istringstream lines(text);
  std::vector<InjectedCell> cells;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto wrong = [&](const std::string& what) {
      return Fail(ErrorKind::kCorruptData,
                  fmt::format("list of injected cells, line {}: {}", number, what));
    };
    const Result<std::vector<std::string>> values = ParseCsvLine(line);
    if (!values) return wrong(values.error().message);
    if (values->size() != kHeader.size())
      return wrong(fmt::format("has {} values, not 4", values->size()));
    if (number == 1) {
      if (*values != kHeader) return wrong("is not the header file,row_number,field,kind");
      continue;
    }
    InjectedCell& cell =
        cells.emplace_back(InjectedCell{(*values)[0], 0, (*values)[2], (*values)[3]});
    const std::string& row = (*values)[1];
    const auto parsed = std::from_chars(row.data(), row.data() + row.size(), cell.row_number);
    if (parsed.ec != std::errc() || parsed.ptr != row.data() + row.size())
      return wrong("row_number is not a number");
  }
  return cells;
}

}  // namespace assay::demo
