#include "operations/computed_table.h"

#include "operations/computed_definition.h"

namespace assay::operations {

Result<std::vector<std::string>> QueryFields(const DatastoreAccess& datastores,
                                             const store::Container& container,
                                             std::stop_token stop) {
  ASSAY_TRY(const auto definition, ComputedTableDefinition::JsonFields().Parse(
                                       container.definition, UnknownKeys::kIgnore));
  ASSAY_TRY(const auto connector, datastores.Open(container.datastore_id, stop));
  connectors::TableLister* tables = connector->tables();
  if (tables == nullptr) {
    return Fail(ErrorKind::kInvalidInput,
                "container_type: a computed table is a query that a database runs, and this "
                "datastore holds files; make a computed_file of one of its containers, or a "
                "computed_join of two");
  }
  auto names = tables->ColumnsOf(definition.query, std::move(stop));
  if (!names) return FailWithin("query", names.error());
  return names;
}

}  // namespace assay::operations
