#include "demo/generate.h"

namespace assay::demo {

Result<std::vector<GeneratedTable>> GenerateData(const GenerateOptions& options,
                                                 std::stop_token stop) {
  std::vector<GeneratedTable> tables;
  for (const auto generate : {GenerateOrders, GenerateCustomers, GenerateEvents}) {
    ASSAY_TRY(GeneratedTable table, generate(options, stop));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace assay::demo
