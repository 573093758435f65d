#include "store/settings.h"

#include "store/sql/statement.h"

namespace assay::store {
namespace {

std::string Place(const std::string& name) {
  return "settings/" + name;
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
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "UPDATE settings SET value = ? WHERE name = ?", {value, name}) == 0) {
      sql::Run(session, "INSERT INTO settings (name, value) VALUES (?, ?)", {name, value});
    }
    return {};
  });
}

Result<std::optional<Secret>> Settings::GetSecret(const std::string& name,
                                                  const Cipher& cipher) {
  ASSAY_TRY(const std::optional<std::string> encrypted, Get(name));
  if (!encrypted) return std::optional<Secret>();
  ASSAY_TRY(Secret plain, cipher.Decrypt(*encrypted, Place(name)));
  return std::optional<Secret>(std::move(plain));
}

Status Settings::SetSecret(const std::string& name, const Secret& value, const Cipher& cipher) {
  ASSAY_TRY(const std::string encrypted, cipher.Encrypt(value, Place(name)));
  return Set(name, encrypted);
}

}  // namespace assay::store
