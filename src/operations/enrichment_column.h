// Declaring a table of an enrichment datastore: each column with the value it has in a row.

#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "operations/enrichment_tables.h"

namespace assay::operations {

/// A column of a table whose rows are made from a `Row`.
template <class Row>
struct EnrichmentColumn {
  std::string name;
  engine::ParquetColumnKind kind;
  std::function<engine::ParquetCell(const Row&)> value;
};

template <class Row>
using EnrichmentVisitor = std::function<Status(const Row&)>;

/// A table from its columns and a function that visits the rows of a scan in order.
template <class Row>
EnrichmentTable DeclareTable(std::string name, std::vector<EnrichmentColumn<Row>> columns,
                             std::function<Status(const EnrichmentRun&, const ContainerScan&,
                                                  const EnrichmentVisitor<Row>&)>
                                 visit) {
  EnrichmentTable table{.name = std::move(name), .columns = {}, .write_rows = {}};
  for (const auto& column : columns) table.columns.push_back({column.name, column.kind});
  table.write_rows = [columns = std::move(columns), visit = std::move(visit)](
                         const EnrichmentRun& run, const ContainerScan& scan,
                         const EnrichmentSink& sink) {
    return visit(run, scan, [&](const Row& row) {
      EnrichmentRow cells;
      cells.reserve(columns.size());
      for (const auto& column : columns) cells.push_back(column.value(row));
      return sink(cells);
    });
  };
  return table;
}

/// Null for an empty text.
inline engine::ParquetCell TextOrNull(const std::string& text) {
  return text.empty() ? engine::ParquetCell() : engine::ParquetCell(text);
}

/// "a,b,c"
inline std::string CommaList(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ","));
}

}  // namespace assay::operations
