// Who sends a request, and what they may do.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::api {

/// What a user may do in the whole installation; each role may do all that the ones before it
/// may.
enum class Role { kMember, kManager, kAdmin };

/// "Member", "Manager", "Admin".
const char* RoleName(Role role);
/// nullopt for other names.
std::optional<Role> ParseRole(std::string_view name);

/// The user behind a token.
struct Caller {
  int64_t user_id = 0;
  std::string name;
  std::string email;
  Role role = Role::kMember;
  int64_t token_id = 0;  // by which they were recognised
  std::string address;   // where the request came from; also of callers without a token
  std::string cookies;   // as sent; of callers without a token only

  /// How operations and edits are signed: the address, or the name of a user without one.
  const std::string& signature() const { return email.empty() ? name : email; }
};

}  // namespace assay::api
