// Opening the containers that checks name, in any datastore of the store.

#pragma once

#include "operations/container_opener.h"
#include "operations/references.h"

namespace assay::operations {

/// The container that a check of a container in the datastore `own_datastore_id` names: by its
/// id, or by its name in the datastore that is named, else in the own one. kNotFound when there
/// is none or it was deleted; kInvalidInput when it is in another datastore than the one named.
Result<store::Container> FindReferenced(store::Access& access,
                                        const rules::ContainerReference& reference,
                                        int64_t own_datastore_id);

/// Makes referenced containers readable in the engine of a job. Must live as long as that
/// engine reads them, and `containers` longer.
class ReferenceOpener {
 public:
  ReferenceOpener(ContainerOpener& containers, JobSession& session, JobContext& context)
      : containers_(containers), session_(session), context_(context) {}

  /// As FindReferenced, as the place answers, and kNotFound when the container is not there any
  /// more.
  Result<OpenedReference> Open(const rules::ContainerReference& reference);

 private:
  ContainerOpener& containers_;
  JobSession& session_;
  JobContext& context_;
};

}  // namespace assay::operations
