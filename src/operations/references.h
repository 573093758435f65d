// The other containers that the checks of a scan name, opened before it runs.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/scan.h"
#include "rules/check.h"
#include "sensitive/masking.h"

namespace assay::operations {

/// Another container, readable in the session of the scan.
struct OpenedReference {
  std::string name;  // for people
  engine::Dataset dataset;
  engine::DatasetSchema schema;
  sensitive::Masks masks = {};  // of its fields
};

/// Opens what a check names: in the store, or among the places of a command line. Where
/// containers cannot be compared it is empty.
using OpenReference = std::function<Result<OpenedReference>(const rules::ContainerReference&)>;

/// What the engine and the rules need to know of references. Must outlive the scan.
class OpenedReferences {
 public:
  /// Opens each container that one of the definitions names, once. One that cannot be opened is
  /// an error for those checks alone; only kCancelled fails.
  static Result<OpenedReferences> Open(
      const std::vector<const rules::CheckDefinition*>& definitions, const OpenReference& open);

  rules::References ForRules() const;
  std::map<std::string, engine::ReferencedDataset> ForEngine() const;
  /// Adds what is masked of them, by name of field: records of two containers are told under
  /// one name.
  void AddMasksTo(sensitive::Masks& masks) const;

 private:
  std::map<std::string, Result<OpenedReference>> opened_;  // by key
};

}  // namespace assay::operations
