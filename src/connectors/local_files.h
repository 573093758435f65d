// Lists and writes files of a local folder.

#pragma once

#include <string>

#include "connectors/connector.h"

namespace assay::connectors {

/// The error that an errno means, as "static text: path: reason".
Error LocalError(const std::string& what, const std::string& path, int error_number);

/// Lists a folder with all folders below it, in order of names. Symbolic links are followed,
/// except to a folder that the link stands in (a loop). The etag is made of size, modification
/// time and inode, so it changes when a file is replaced or written to. A folder below the root
/// that cannot be read is listed as "name/" with the reason; a root that cannot be read is the
/// call's error. What is neither file nor folder (sockets, dangling links) is listed as
/// unreadable.
class LocalLister final : public FileLister {
 public:
  explicit LocalLister(std::string root) : root_(std::move(root)) {}

  Status List(const std::function<Status(std::vector<ListedFile>)>& on_page,
              std::stop_token stop) override;

 private:
  std::string root_;  // absolute
};

/// Staged files lie in a hidden folder of the root, so publishing is one rename on one file
/// system. Every file is on disk before it is renamed, and the rename before Publish returns.
/// `state` of a StagedFile is JSON: where it lies and how large it is.
class LocalWriter final : public ResultWriter {
 public:
  explicit LocalWriter(std::string root) : root_(std::move(root)) {}

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
  std::string root_uri() const override { return root_ + "/"; }

 private:
  std::string root_;  // absolute
};

}  // namespace assay::connectors
