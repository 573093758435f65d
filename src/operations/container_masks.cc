#include "operations/container_masks.h"

#include <algorithm>
#include <utility>

#include "auth/encryption.h"
#include "base/fields.h"
#include "operations/computed_definition.h"
#include "store/fields.h"
#include "store/settings.h"

namespace assay::operations {
namespace {

/// Of the installation, encrypted in its settings.
Result<Secret> MaskingKey(store::Access& access, const store::Cipher& cipher) {
  constexpr const char* kName = "masking_key";
  store::Settings settings(access);
  ASSAY_TRY(const auto known, settings.GetSecret(kName, cipher));
  if (known) return *known;
  ASSAY_TRY(const auth::MasterKey made, auth::MasterKey::Generate());
  ASSAY_RETURN_IF_ERROR(settings.SetSecret(kName, made.ToText(), cipher));
  return made.ToText();
}

bool NeedsKey(const sensitive::MaskingPolicy& policy) {
  return std::ranges::any_of(
      policy, [](const auto& entry) { return entry.second == sensitive::Masking::kHash; });
}

/// What is computed of masked fields, in this container or another, is masked in full.
Status AddInherited(const store::Cipher& cipher, store::Access& access, int64_t container_id,
                    sensitive::Masks& masks) {
  ASSAY_TRY(const auto container, store::Containers(access).Get(container_id));
  ASSAY_TRY(const auto origins, OriginsOf(access, container));
  std::map<int64_t, sensitive::Masks> of_sources;
  for (const FieldOrigin& origin : origins) {
    if (origin.container_id == container_id || of_sources.contains(origin.container_id))
      continue;
    ASSAY_TRY(const auto source, store::Containers(access).Get(origin.container_id));
    ASSAY_TRY(const auto datastore, store::Datastores(access).Get(source.datastore_id));
    ASSAY_TRY(of_sources[origin.container_id],
              MasksOf(cipher, access, datastore, origin.container_id, {}));
  }
  // Computed fields may be made of computed ones: until nothing more is masked.
  for (bool is_further = true; is_further;) {
    is_further = false;
    for (const FieldOrigin& origin : origins) {
      const sensitive::Masks& sources =
          origin.container_id == container_id ? masks : of_sources[origin.container_id];
      if (masks.Contains(origin.field) ||
          std::ranges::none_of(origin.source_fields,
                               [&](const auto& name) { return sources.Touches(name); })) {
        continue;
      }
      masks.Add(origin.field, sensitive::Masking::kFull);
      is_further = true;
    }
  }
  return {};
}

}  // namespace

Result<sensitive::Masks> MasksOf(const store::Cipher& cipher, store::Access& access,
                                 const store::Datastore& datastore, int64_t container_id,
                                 const sensitive::FieldTags& found) {
  using Names = std::map<std::string, std::string>;
  ASSAY_TRY(const Names names, JsonCodec<Names>::Parse(datastore.masking));
  ASSAY_TRY(const sensitive::MaskingPolicy policy, sensitive::ParsePolicy(names));
  Secret key;
  if (NeedsKey(policy)) {
    ASSAY_TRY(key, MaskingKey(access, cipher));
  }
  sensitive::Masks masks(std::move(key));
  ASSAY_TRY(auto known, store::FieldTags(access).OfContainer(container_id));
  sensitive::FieldTags tags = found;
  for (const auto& [field, of_field] : known) {
    for (const store::FieldTag& tag : of_field) {
      if (tag.state == "dismissed") {
        std::erase_if(tags[field], [&](const auto& other) { return other.tag == tag.tag; });
      } else {
        tags[field].push_back({.tag = tag.tag});
      }
    }
  }
  masks.AddTagged(tags, policy);
  ASSAY_TRY(const auto fields, store::FieldRecords(access).OfContainer(container_id));
  for (const store::Field& field : fields) {
    if (field.status == "Masked") masks.Add(field.name, sensitive::Masking::kFull);
  }
  ASSAY_RETURN_IF_ERROR(AddInherited(cipher, access, container_id, masks));
  return masks;
}

Result<sensitive::Masks> FindMasks(const store::Cipher& cipher, store::Access& access,
                                   const store::Datastore& datastore, int64_t container_id,
                                   engine::Session& engine, const OpenedDataset& opened,
                                   std::stop_token stop) {
  sensitive::FieldTags tags;
  if (!datastore.masking.empty()) {
    ASSAY_TRY(tags, sensitive::FindTags(engine, opened.dataset, opened.schema, {},
                                        {std::move(stop), {}}));
  }
  return MasksOf(cipher, access, datastore, container_id, tags);
}

std::map<std::string, std::vector<store::FieldTag>> ToTagRecords(
    const sensitive::FieldTags& found) {
  std::map<std::string, std::vector<store::FieldTag>> records;
  for (const auto& [field, tags] : found) {
    for (const sensitive::FieldTag& tag : tags) {
      records[field].push_back({.tag = tag.tag,
                                .sampled_values = tag.values,
                                .matched = tag.matched,
                                .validated = tag.validated});
    }
  }
  return records;
}

}  // namespace assay::operations
