#include "api/caller.h"

namespace assay::api {

const char* RoleName(Role role) {
  switch (role) {
    case Role::kMember: return "Member";
    case Role::kManager: return "Manager";
    case Role::kAdmin: return "Admin";
  }
  return "";
}

std::optional<Role> ParseRole(std::string_view name) {
  for (const Role role : {Role::kMember, Role::kManager, Role::kAdmin}) {
    if (name == RoleName(role)) return role;
  }
  return std::nullopt;
}

}  // namespace assay::api
