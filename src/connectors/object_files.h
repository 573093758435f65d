// Lists and writes objects below a key prefix of an object store.

#pragma once

#include <memory>
#include <string>

#include "connectors/connector.h"
#include "engine/object_store/object_store.h"

namespace assay::connectors {

/// Where in the bucket: "raw/orders/", or empty for all of it. Messages and URIs begin with
/// "s3://bucket/".
struct ObjectPlace {
  std::shared_ptr<engine::ObjectStore> store;
  std::string prefix;  // empty or ends in '/'

  std::string Uri(const std::string& key) const {
    return "s3://" + store->bucket() + "/" + key;
  }
  std::string root_uri() const { return Uri(prefix); }
};

/// One request a page of 1,000 objects. Objects in GLACIER and DEEP_ARCHIVE are listed as
/// archived; INTELLIGENT_TIERING does not tell its archive tiers in a list, so those fail when
/// they are read.
class ObjectLister final : public FileLister {
 public:
  explicit ObjectLister(ObjectPlace place) : place_(std::move(place)) {}

  Status List(const std::function<Status(std::vector<ListedFile>)>& on_page,
              std::stop_token stop) override;

 private:
  ObjectPlace place_;
};

/// A staged file is an upload that is not completed. `state` is JSON of engine::PendingUpload.
class ObjectWriter final : public ResultWriter {
 public:
  explicit ObjectWriter(ObjectPlace place) : place_(std::move(place)) {}

  Result<StagedFile> Stage(const std::string& relative_path, const std::string& local_path,
                           std::stop_token stop) override;
  Status Publish(const StagedFile& file, std::stop_token stop) override;
  Status Discard(const StagedFile& file, std::stop_token stop) override;
  Result<std::vector<StagedFile>> ListStaged(const std::string& relative_prefix,
                                             std::stop_token stop) override;
  Status WriteNow(const std::string& relative_path, const std::string& bytes,
                  std::stop_token stop) override;
  Result<std::vector<std::string>> ListVisible(const std::string& relative_prefix,
                                               std::stop_token stop) override;
  Result<std::string> ReadNow(const std::string& relative_path, std::stop_token stop) override;
  Status Remove(const std::string& relative_path, std::stop_token stop) override;
  std::string root_uri() const override { return place_.root_uri(); }

 private:
  ObjectPlace place_;
};

}  // namespace assay::connectors
