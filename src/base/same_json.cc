#include "base/same_json.h"

namespace assay {

bool SameJson(const Json& a, const Json& b) {
  // nlohmann's other kind of object sorts its keys.
  return nlohmann::json(a) == nlohmann::json(b);
}

}  // namespace assay
