// --mask: which sensitive values are hidden from all that a command prints and writes.

#pragma once

#include <CLI/App.hpp>

#include "engine/profile.h"
#include "engine/session.h"
#include "sensitive/masking.h"

namespace assay::cli {

/// Declares it. "email,card=last4" or "sensitive"; a masking that needs the key of an
/// installation is refused.
void DeclareMask(CLI::App& app, sensitive::MaskingPolicy& policy);

/// The masks of a policy for a dataset, by the tags that its fields get. Nothing is read when
/// the policy is empty; fails as sensitive::FindTags.
Result<sensitive::Masks> FindMasks(engine::Session& session, const engine::Dataset& dataset,
                                   const engine::DatasetSchema& schema,
                                   const sensitive::MaskingPolicy& policy,
                                   const engine::RunContext& context);

}  // namespace assay::cli
