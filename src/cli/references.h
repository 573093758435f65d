// The containers that checks of a file name, on the command line.

#pragma once

#include <map>
#include <string>

#include "cli/sources.h"
#include "operations/references.h"
#include "sensitive/masking.h"

namespace assay::cli {

/// Finds them among the data that is scanned, by name, or at a URI of their own (of the
/// container, or of what it is in, as ref_datastore_name), which is read with the same options
/// and masked by the same policy.
/// Must live as long as the session reads them.
class SourceReferences {
 public:
  SourceReferences(const SourceOptions& options, const Sources& sources,
                   const sensitive::MaskingPolicy& policy, engine::Session& session,
                   std::stop_token stop)
      : options_(options),
        sources_(sources),
        policy_(policy),
        session_(session),
        stop_(std::move(stop)) {}

  /// kNotFound when there is no such data; kInvalidInput for ids, which mean something on a
  /// server only, and for a URI that holds several containers; kCancelled after a stop request.
  Result<operations::OpenedReference> Open(const rules::ContainerReference& reference);

 private:
  Result<const Source*> Find(const std::string& name);
  Result<const Sources*> List(const std::string& uri);
  Result<const Source*> OnlyOneAt(const std::string& uri);
  Result<const Source*> FindIn(const std::string& uri, const std::string& name);

  const SourceOptions& options_;
  const Sources& sources_;
  const sensitive::MaskingPolicy& policy_;
  engine::Session& session_;
  const std::stop_token stop_;
  std::map<std::string, Sources> elsewhere_;  // by URI
};

}  // namespace assay::cli
