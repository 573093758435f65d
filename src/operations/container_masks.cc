#include "operations/container_masks.h"

#include <algorithm>
#include <utility>

#include "auth/encryption.h"
#include "base/fields.h"
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
