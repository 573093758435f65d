// Where `scan --enrich` writes its results.

#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "operations/enrichment.h"

namespace assay::cli {

/// An open place for enrichment tables.
class EnrichmentTarget {
 public:
  /// `prefix` may be empty: then the last folder of `data_uri` names it, else "assay".
  /// A local folder is made when it is missing. kUnsupported when results cannot be written to
  /// such a place, kCancelled after a stop request.
  static Result<EnrichmentTarget> Open(const std::string& uri, const std::string& prefix,
                                       const std::string& data_uri, std::stop_token stop);

  /// Completes what processes that died left half-visible below the prefix, and discards what
  /// they only staged, once it is old enough (operations::DiscardOrphans). To be called before
  /// Write. Gives a warning for each thing that could not be done.
  std::vector<std::string> Recover(Timestamp now, std::stop_token stop);

  /// Writes the results of one run so that they appear together, also when the process dies:
  /// then the next Recover completes what had become visible. The run is named by its time
  /// (operations::RunAt). A stop request while files are staged leaves nothing behind; once
  /// they become visible the run is completed first, which takes one request a file.
  Status Write(const std::vector<operations::ContainerScan>& scans,
               const operations::ScanSettings& settings, const std::string& data_uri,
               Timestamp time, std::stop_token stop);

  /// The folder that holds the tables.
  std::string tables_uri() const;

 private:
  EnrichmentTarget(std::unique_ptr<connectors::Connector> connector, std::string prefix)
      : connector_(std::move(connector)), prefix_(std::move(prefix)) {}

  std::unique_ptr<connectors::Connector> connector_;
  std::string prefix_;
};

}  // namespace assay::cli
