#include <fmt/format.h>

#include "connectors/object_files.h"

namespace assay::connectors {
namespace {

bool IsArchiveClass(const std::string& storage_class) {
  return storage_class == "GLACIER" || storage_class == "DEEP_ARCHIVE";
}

}  // namespace

Status ObjectLister::List(const std::function<Status(std::vector<ListedFile>)>& on_page,
                          std::stop_token stop) {
  engine::ListRequest request;
  request.prefix = place_.prefix;
  do {
    ASSAY_TRY(engine::ListPage page, place_.store->List(request, stop));
    std::vector<ListedFile> files;
    files.reserve(page.objects.size());
    for (engine::ObjectInfo& object : page.objects) {
      // The marker of the root itself is not below it.
      if (object.key.size() <= place_.prefix.size()) continue;
      ListedFile& file = files.emplace_back();
      file.uri = place_.Uri(object.key);
      file.relative_path = object.key.substr(place_.prefix.size());
      file.size_bytes = object.size_bytes;
      file.last_modified = object.last_modified;
      file.etag = std::move(object.etag);
      if (IsArchiveClass(object.storage_class)) {
        file.is_archived = true;
        file.unreadable_because = fmt::format("archived ({})", object.storage_class);
      }
    }
    request.token = std::move(page.next_token);
    if (!files.empty()) ASSAY_RETURN_IF_ERROR(on_page(std::move(files)));
  } while (!request.token.empty());
  return {};
}

}  // namespace assay::connectors
