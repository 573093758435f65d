#include "auth/secret_stores/secret_store.h"

namespace assay::auth {

SecretValues ToSecretValues(const Json& object) {
  SecretValues values;
  for (const auto& [key, value] : object.items()) {
    if (value.is_null()) continue;
    values[key] = value.is_string() ? SecretValue{.text = Secret(value.get<std::string>())}
                                    : SecretValue{.text = Secret(PrintJson(value)),
                                                  .kind = SecretValue::Kind::kJson};
  }
  return values;
}

}  // namespace assay::auth
