// Checks that are derived from templates: what they are, and what a change of the template
// makes of them.
//
// A template's filter may hold each() (plan/each.h). Every combination of its values is a check
// of its own for each target, known by the template and those values. Checks of a locked
// template have its filter, coverage, properties and message field, always; those of an
// unlocked one had them when they were made. Tags follow the template in both cases;
// description and metadata are taken over once.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/check_templates.h"
#include "store/quality_checks.h"

namespace assay::operations {

/// Most checks that one template makes for one target, and that one request makes.
inline constexpr size_t kMostVariants = 1000;
inline constexpr size_t kMostChecksAtOnce = 2000;

/// One of the checks that a template stands for.
struct TemplateVariant {
  std::optional<std::string> filter;
  Json values = Json::array();  // in place of each each()
};

/// One at least. kInvalidInput as plan::ExpandEach, with "filter" in front.
Result<std::vector<TemplateVariant>> VariantsOf(const store::CheckTemplate& check_template);

/// Whether checks can be made of it, as far as that can be told without a container.
/// kInvalidInput for an unknown rule, an each() or a filter that cannot be read, what the rule
/// does not take (rules::CheckWithoutSchema).
Status ValidateTemplate(const store::CheckTemplate& check_template);

/// A new check of that variant; container, fields, status, owner, editor and times are left to
/// the caller.
store::QualityCheck DeriveCheck(const store::CheckTemplate& check_template,
                                const TemplateVariant& variant);

/// A new template that asserts what the check does. The check is not derived from it.
store::CheckTemplate TemplateOf(const store::QualityCheck& check);

/// Adds those that `tags` lacks.
void AddTags(const std::vector<std::string>& added, std::vector<std::string>& tags);

/// Metadata for a copy of a check: without what identifies the original (rules::kCheckUidKey).
Json MetadataOfCopy(Json additional_metadata);

/// What saving a template does to checks.
struct TemplateChanges {
  std::vector<store::QualityCheck> deleted;  // their values are not among those of each() now
  std::vector<store::QualityCheck> changed;  // as they are to be
  std::vector<store::QualityCheck> added;    // for new values
};

/// `derived`: the checks of the template as stored. Targets are the containers and fields of
/// those that are not archived; a target gets a check for each variant it has none of. Of a
/// locked template archived checks change as well, and checks of values that are gone are
/// deleted. `editor` is the editor of what changes. kInvalidInput as VariantsOf.
Result<TemplateChanges> ChangesOf(const store::CheckTemplate& before,
                                  const store::CheckTemplate& after,
                                  const std::vector<store::QualityCheck>& derived,
                                  const std::string& editor, Timestamp now);

/// Deletes (with anomalies, as QualityChecks::Delete), changes and adds. One to be added is
/// left out when its container has a check that asserts the same. kConflict when a changed one
/// would assert the same as another check.
Status ApplyTemplateChanges(store::Access& access, const TemplateChanges& changes);

}  // namespace assay::operations
