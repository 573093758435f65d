// The places that secrets are encrypted for (cipher.h). For the .cc files of this module only.

#pragma once

#include <cstdint>
#include <string>

namespace assay::store::sql {

inline std::string ConnectionPlace(int64_t id) {
  return "connections/" + std::to_string(id);
}
inline std::string SettingPlace(const std::string& name) {
  return "settings/" + name;
}

}  // namespace assay::store::sql
