#include "store/settings.h"

#include "store/sql/secret_places.h"
#include "store/sql/statement.h"

namespace assay::store {
namespace {

enum class Visibility { kPlain, kSecret };

Status Write(Access& access, const std::string& name, const std::string& value,
             Visibility visibility) {
  return access.Write([&](soci::session& session) -> Status {
    const bool is_secret = visibility == Visibility::kSecret;
    if (sql::Run(session, "UPDATE settings SET value = ?, is_secret = ? WHERE name = ?",
                 {value, is_secret, name}) == 0) {
      sql::Run(session, "INSERT INTO settings (name, value, is_secret) VALUES (?, ?, ?)",
               {name, value, is_secret});
    }
    return {};
  });
}

}  // namespace

Result<std::optional<std::string>> Settings::Get(const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<std::optional<std::string>> {
    std::optional<std::string> value;
    sql::Select select(session, "SELECT value FROM settings WHERE name = ?", {name});
    select.Into(value);
    select.Next();
    return value;
  });
}

Status Settings::Set(const std::string& name, const std::string& value) {
  return Write(access_, name, value, Visibility::kPlain);
}

Result<std::optional<Secret>> Settings::GetSecret(const std::string& name,
                                                  const Cipher& cipher) {
  ASSAY_TRY(const std::optional<std::string> encrypted, Get(name));
  if (!encrypted) return std::optional<Secret>();
  ASSAY_TRY(Secret plain, cipher.Decrypt(*encrypted, sql::SettingPlace(name)));
  return std::optional<Secret>(std::move(plain));
}

Status Settings::SetSecret(const std::string& name, const Secret& value, const Cipher& cipher) {
  ASSAY_TRY(const std::string encrypted, cipher.Encrypt(value, sql::SettingPlace(name)));
  return Write(access_, name, encrypted, Visibility::kSecret);
}

}  // namespace assay::store
