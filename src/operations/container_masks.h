// Which values of a stored container are hidden, by the policy of its datastore and by what
// people decided about its fields.

#pragma once

#include "operations/job_session.h"
#include "sensitive/masking.h"
#include "store/cipher.h"
#include "store/field_tags.h"

namespace assay::operations {

/// The masks of a container: by the policy for the tags that are proposed or accepted in the
/// store, and for those of `found` (just now, in its data) that nobody dismissed; in full for
/// fields with status Masked, and for what is computed of masked fields (a computed file, join
/// or field, not a query that a database runs). The key of hashes is a secret of the
/// installation, made when it is first needed. Errors as the store's; kInvalidInput for a
/// policy that this version does not know.
Result<sensitive::Masks> MasksOf(const store::Cipher& cipher, store::Access& access,
                                 const store::Datastore& datastore, int64_t container_id,
                                 const sensitive::FieldTags& found);

/// As MasksOf, with what is found in the data now where the datastore has a policy: there may
/// be more sensitive fields in it than at the last profile, if there was one. Then it reads
/// some rows; fails as sensitive::FindTags too.
Result<sensitive::Masks> FindMasks(const store::Cipher& cipher, store::Access& access,
                                   const store::Datastore& datastore, int64_t container_id,
                                   engine::Session& engine, const OpenedDataset& opened,
                                   std::stop_token stop);

/// Tags that were found, as the store keeps them.
std::map<std::string, std::vector<store::FieldTag>> ToTagRecords(
    const sensitive::FieldTags& found);

}  // namespace assay::operations
