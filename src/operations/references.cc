#include "operations/references.h"

namespace assay::operations {

Result<OpenedReferences> OpenedReferences::Open(
    const std::vector<const rules::CheckDefinition*>& definitions, const OpenReference& open) {
  OpenedReferences references;
  if (!open) return references;
  for (const rules::CheckDefinition* definition : definitions) {
    for (const auto& reference : rules::AllReferencesOf(definition->properties)) {
      if (references.opened_.contains(reference.Key())) continue;
      Result<OpenedReference> opened = open(reference);
      if (!opened && opened.error().kind == ErrorKind::kCancelled)
        return std::unexpected(opened.error());
      references.opened_.emplace(reference.Key(), std::move(opened));
    }
  }
  return references;
}

rules::References OpenedReferences::ForRules() const {
  rules::References references;
  for (const auto& [key, opened] : opened_) {
    if (opened) {
      references.emplace(key, rules::ReferencedContainer{opened->name, opened->schema.schema});
    } else {
      references.emplace(key, std::unexpected(opened.error()));
    }
  }
  return references;
}

std::map<std::string, engine::ReferencedDataset> OpenedReferences::ForEngine() const {
  std::map<std::string, engine::ReferencedDataset> references;
  for (const auto& [key, opened] : opened_) {
    if (opened) references[key] = {&opened->dataset, &opened->schema};
  }
  return references;
}

void OpenedReferences::AddMasksTo(sensitive::Masks& masks) const {
  for (const auto& [key, opened] : opened_) {
    if (opened) masks.Add(opened->masks);
  }
}

}  // namespace assay::operations
