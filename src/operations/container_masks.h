// Which values of a stored container are hidden, by the policy of its datastore and by what
// people decided about its fields.

#pragma once

#include "operations/datastore_access.h"
#include "sensitive/masking.h"
#include "store/field_tags.h"

namespace assay::operations {

/// The masks of a container: by the policy for the tags that are proposed or accepted in the
/// store, and for those of `found` (just now, in its data) that nobody dismissed; in full for
/// fields with status Masked. The key of hashes is a secret of the installation, made when it
/// is first needed. Errors as the store's; kInvalidInput for a policy that this version does
/// not know.
Result<sensitive::Masks> MasksOf(const DatastoreAccess& datastores, store::Access& access,
                                 const store::Datastore& datastore, int64_t container_id,
                                 const sensitive::FieldTags& found);

/// Tags that were found, as the store keeps them.
std::map<std::string, std::vector<store::FieldTag>> ToTagRecords(
    const sensitive::FieldTags& found);

}  // namespace assay::operations
