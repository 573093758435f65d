#include "cli/mask_option.h"

#include <string>
#include <vector>

namespace assay::cli {
namespace {

constexpr const char* kName = "--mask";

sensitive::MaskingPolicy Parse(const std::vector<std::string>& items) {
  std::map<std::string, std::string> names;
  for (const std::string& item : items) {
    const size_t equals = item.find('=');
    const bool has_masking = equals != std::string::npos;
    names[item.substr(0, equals)] = has_masking ? item.substr(equals + 1) : "full";
  }
  const auto policy = sensitive::ParsePolicy(names);
  if (!policy) throw CLI::ValidationError(kName, policy.error().message);
  for (const auto& [tag, masking] : *policy) {
    if (masking == sensitive::Masking::kHash) {
      throw CLI::ValidationError(
          kName, "hash needs the key of an installation (assay serve); use full or last4");
    }
  }
  return *policy;
}

}  // namespace

void DeclareMask(CLI::App& app, sensitive::MaskingPolicy& policy) {
  app.add_option_function<std::vector<std::string>>(
         kName, [&policy](const std::vector<std::string>& items) { policy = Parse(items); },
         "Hide the values of fields that seem to hold email, phone, card, national_id, iban, "
         "person_name, address, ip or secret, or any (sensitive); =last4 keeps their end")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("TAG[=full|last4],...");
}

Result<sensitive::Masks> FindMasks(engine::Session& session, const engine::Dataset& dataset,
                                   const engine::DatasetSchema& schema,
                                   const sensitive::MaskingPolicy& policy,
                                   const engine::RunContext& context) {
  sensitive::Masks masks;
  if (policy.empty()) return masks;
  ASSAY_TRY(const sensitive::FieldTags tags,
            sensitive::FindTags(session, dataset, schema, {}, context));
  masks.AddTagged(tags, policy);
  return masks;
}

}  // namespace assay::cli
