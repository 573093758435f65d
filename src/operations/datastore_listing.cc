#include "operations/datastore_listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"

namespace assay::operations {
Result<connectors::Grouped> ListDatastore(connectors::Connector& connector,
                                          const store::Datastore& datastore,
                                          const std::vector<store::Container>& known,
                                          std::stop_token stop) {
  if (connectors::TableLister* tables = connector.tables()) {
    ASSAY_TRY(const auto listed, tables->List(std::move(stop)));
    return connectors::GroupTables(listed);
  }
  connectors::FileLister* lister = connector.files();
  if (lister == nullptr) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("a datastore of type {} has nothing to list", datastore.type));
  }
  std::vector<connectors::ListedFile> files;
  ASSAY_RETURN_IF_ERROR(lister->List(
      [&](std::vector<connectors::ListedFile> page) -> Status {
        std::ranges::move(page, std::back_inserter(files));
        return {};
      },
      stop));
  connectors::GroupingOptions options;
  options.grouping = datastore.folder_globbing_enabled ? connectors::Grouping::kByFolder
                                                       : connectors::Grouping::kByName;
  for (const store::Container& container : known) {
    if (container.file_name_override && !container.deleted_at) {
      options.pattern_overrides.push_back(*container.file_name_override);
    }
  }
  return connectors::GroupFiles(std::move(files), options, connectors::Explain::kNo);
}

Result<engine::Dataset> ToDataset(const connectors::FoundContainer& found,
                                  const store::Container& container,
                                  const std::vector<store::Field>& fields) {
  engine::Dataset dataset;
  dataset.name = container.name;
  dataset.format = found.format;
  dataset.files = found.files;
  dataset.table = found.table;
  auto options =
      engine::ReadOptions::JsonFields().Parse(container.read_options, UnknownKeys::kIgnore);
  if (!options) return FailWithin("read options of " + container.name, options.error());
  dataset.options = *std::move(options);
  for (const store::Field& field : fields) {
    if (field.status == "Excluded") dataset.options.exclude_fields.push_back(field.name);
  }
  return dataset;
}

std::string ListingDigest(const connectors::FoundContainer& found, const Json& read_options) {
  std::string text = PrintJson(read_options) + "\n";
  for (const engine::DataFile& file : found.files) {
    text += fmt::format("{}\n{}\n{}\n{}\n", file.relative_path, file.size_bytes,
                        file.last_modified.time_since_epoch().count(), file.etag);
  }
  const Hash128 hash = StableHash128(text);
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

}  // namespace assay::operations
