// A local folder as a connector.

#pragma once

#include <memory>
#include <string>

#include "connectors/connector_type.h"
#include "connectors/local_files.h"

namespace assay::connectors {

class LocalConnector final : public Connector {
 public:
  /// `root` is absolute and does not end in '/'.
  explicit LocalConnector(std::string root)
      : root_(std::move(root)), lister_(root_), writer_(root_) {}

  std::string root_uri() const override { return root_ + "/"; }
  FileLister* files() override { return &lister_; }
  TableLister* tables() override { return nullptr; }
  ResultWriter* writer() override { return &writer_; }
  /// The engine reads local paths by itself.
  Status AttachTo(engine::Session& session) override;
  /// "list", "read"; for kWrite also "write", "rename", "delete", with a scratch file that is
  /// removed.
  std::vector<ProbeStep> Probe(Access access, std::stop_token stop) override;

 private:
  std::string root_;
  LocalLister lister_;
  LocalWriter writer_;
};

/// Whether a URI as users write it is one of this machine: "file:..." or a plain path.
bool IsLocalUri(const std::string& uri);

/// The absolute path, without links, "." and "..", that "file:///dir" (percent-encoded) or a
/// plain path names. kInvalidInput for other schemes and for hosts other than localhost.
Result<std::string> PathOfLocalUri(const std::string& uri);

/// kNotFound if the folder does not exist, kInvalidInput if it is a file or if settings of
/// other types are given. A relative path is taken from the process's folder.
Result<std::unique_ptr<Connector>> OpenLocalConnector(const ConnectionSettings& settings);

}  // namespace assay::connectors
