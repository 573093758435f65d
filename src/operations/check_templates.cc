#include "operations/check_templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/same_json.h"
#include "operations/check_records.h"
#include "plan/each.h"
#include "rules/check_file.h"

namespace assay::operations {
namespace {

/// What a check and a locked template have in common.
void TakeOver(const store::CheckTemplate& check_template, const TemplateVariant& variant,
              store::QualityCheck& check) {
  check.filter = variant.filter;
  check.coverage = check_template.coverage;
  check.properties = check_template.properties;
  check.anomaly_message_field = check_template.anomaly_message_field;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Tags that the template got go on, those that it lost come off; others of the check stay.
void SynchronizeTags(const store::CheckTemplate& before, const store::CheckTemplate& after,
                     std::vector<std::string>& tags) {
  std::erase_if(tags, [&](const std::string& tag) {
    return Contains(before.tags, tag) && !Contains(after.tags, tag);
  });
  for (const std::string& tag : after.tags) {
    if (!Contains(before.tags, tag) && !Contains(tags, tag)) tags.push_back(tag);
  }
}

bool IsTheSame(const store::QualityCheck& a, const store::QualityCheck& b) {
  return a.filter == b.filter && a.coverage == b.coverage &&
         SameJson(a.properties, b.properties) &&
         a.anomaly_message_field == b.anomaly_message_field && a.tags == b.tags;
}

const TemplateVariant* FindVariant(const std::vector<TemplateVariant>& variants,
                                   const Json& values) {
  const auto found = std::ranges::find(variants, values, &TemplateVariant::values);
  return found == variants.end() ? nullptr : &*found;
}

/// Container and fields, in any order.
using Target = std::pair<int64_t, std::vector<std::string>>;
Target TargetOf(const store::QualityCheck& check) {
  Target target{check.container_id, check.fields};
  std::ranges::sort(target.second);
  return target;
}

}  // namespace

Result<std::vector<TemplateVariant>> VariantsOf(const store::CheckTemplate& check_template) {
  if (!check_template.filter) return std::vector<TemplateVariant>(1);
  const auto combinations = plan::ExpandEach(*check_template.filter, kMostVariants);
  if (!combinations) return FailWithin("filter", combinations.error());
  std::vector<TemplateVariant> variants;
  for (const plan::EachCombination& combination : *combinations) {
    TemplateVariant& variant = variants.emplace_back();
    variant.filter = combination.text;
    for (const plan::Literal& value : combination.values) {
      variant.values.push_back(value.ToJson());
    }
  }
  return variants;
}

Status ValidateTemplate(const store::CheckTemplate& check_template) {
  ASSAY_TRY(const auto variants, VariantsOf(check_template));
  // The values are literals all: what holds of one variant holds of the others.
  return rules::CheckWithoutSchema(ToDefinition(DeriveCheck(check_template, variants.front())));
}

store::QualityCheck DeriveCheck(const store::CheckTemplate& check_template,
                                const TemplateVariant& variant) {
  store::QualityCheck check;
  check.rule_type = check_template.rule_type;
  check.description = check_template.description;
  check.additional_metadata = MetadataOfCopy(check_template.additional_metadata);
  check.tags = check_template.tags;
  check.template_id = check_template.id;
  check.template_values = variant.values;
  check.template_locked = check_template.is_locked;
  check.is_new = false;
  TakeOver(check_template, variant, check);
  return check;
}

store::CheckTemplate TemplateOf(const store::QualityCheck& check) {
  store::CheckTemplate made;
  made.rule_type = check.rule_type;
  made.filter = check.filter;
  made.coverage = check.coverage;
  made.properties = check.properties;
  made.description = check.description;
  made.additional_metadata = MetadataOfCopy(check.additional_metadata);
  made.anomaly_message_field = check.anomaly_message_field;
  made.tags = check.tags;
  return made;
}

void AddTags(const std::vector<std::string>& added, std::vector<std::string>& tags) {
  for (const std::string& tag : added) {
    if (!Contains(tags, tag)) tags.push_back(tag);
  }
}

Json MetadataOfCopy(Json additional_metadata) {
  additional_metadata.erase(std::string(rules::kCheckUidKey));
  return additional_metadata;
}

Result<TemplateChanges> ChangesOf(const store::CheckTemplate& before,
                                  const store::CheckTemplate& after,
                                  const std::vector<store::QualityCheck>& derived,
                                  const std::string& editor, Timestamp now) {
  ASSAY_TRY(const auto variants, VariantsOf(after));
  TemplateChanges changes;
  std::map<Target, const store::QualityCheck*> targets;  // with a check of theirs
  std::map<Target, std::vector<Json>> present;           // values that have a check
  for (const store::QualityCheck& check : derived) {
    store::QualityCheck changed = check;
    SynchronizeTags(before, after, changed.tags);
    if (!check.is_archived()) targets.emplace(TargetOf(check), &check);
    if (after.is_locked) {
      const TemplateVariant* variant = FindVariant(variants, check.template_values);
      if (variant == nullptr) {
        changes.deleted.push_back(check);
        continue;
      }
      TakeOver(after, *variant, changed);
    }
    present[TargetOf(check)].push_back(check.template_values);
    if (IsTheSame(check, changed)) continue;
    changed.last_updated = now;
    changed.last_editor = editor;
    changes.changed.push_back(std::move(changed));
  }
  for (const auto& [target, sibling] : targets) {
    for (const TemplateVariant& variant : variants) {
      if (std::ranges::find(present[target], variant.values) != present[target].end()) continue;
      store::QualityCheck added = DeriveCheck(after, variant);
      added.container_id = sibling->container_id;
      added.container_name = sibling->container_name;
      added.fields = sibling->fields;
      added.status = sibling->status;
      added.rule_weight = sibling->rule_weight;
      added.owner_id = sibling->owner_id;
      added.default_anomaly_assignee_id = sibling->default_anomaly_assignee_id;
      added.created = added.last_updated = now;
      added.last_editor = editor;
      changes.added.push_back(std::move(added));
    }
  }
  const size_t most = kMostChecksAtOnce;
  if (changes.added.size() > most) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("filter: its each() would make too many checks at once: {}; the "
                            "most are {}",
                            changes.added.size(), most));
  }
  return changes;
}

Status ApplyTemplateChanges(store::Access& access, const TemplateChanges& changes) {
  store::QualityChecks checks(access);
  for (const store::QualityCheck& check : changes.deleted) {
    ASSAY_RETURN_IF_ERROR(checks.Delete(check.id));
  }
  for (const store::QualityCheck& check : changes.changed) {
    ASSAY_RETURN_IF_ERROR(checks.Update(check));
  }
  for (const store::QualityCheck& check : changes.added) {
    const auto added = checks.Create(check);
    if (!added && added.error().kind != ErrorKind::kConflict) {
      return std::unexpected(added.error());
    }
  }
  return {};
}

}  // namespace assay::operations
