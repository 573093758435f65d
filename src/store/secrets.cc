#include "store/secrets.h"

#include <string>
#include <vector>

#include "store/settings.h"
#include "store/sql/secret_places.h"
#include "store/sql/statement.h"

namespace assay::store {
namespace {

struct Encrypted {
  const char* update;  // of text and key
  sql::Value key;
  std::string place;
  std::string text;
};

std::vector<Encrypted> ReadAll(soci::session& session) {
  std::vector<Encrypted> all;
  int64_t id = 0;
  std::string name, text;
  sql::Select connections(session,
                          "SELECT id, secrets FROM connections WHERE secrets IS NOT NULL");
  connections.Into(id, text);
  while (connections.Next()) {
    all.push_back({"UPDATE connections SET secrets = ? WHERE id = ?", id,
                   sql::ConnectionPlace(id), text});
  }
  sql::Select settings(session, "SELECT name, value FROM settings WHERE is_secret = 1");
  settings.Into(name, text);
  while (settings.Next()) {
    all.push_back(
        {"UPDATE settings SET value = ? WHERE name = ?", name, sql::SettingPlace(name), text});
  }
  return all;
}

}  // namespace

Status VerifyKey(Access& access, const Cipher& cipher) {
  constexpr const char* kName = "master_key_check";  // known to the migration "people"
  Settings settings(access);
  auto known = settings.GetSecret(kName, cipher);
  if (!known) {
    return Fail(
        ErrorKind::kDenied,
        "the master key is not the one this store was made with; give the right key file "
        "or ASSAY_MASTER_KEY");
  }
  if (*known) return {};
  return settings.SetSecret(kName, Secret(kName), cipher);
}

Result<int64_t> ChangeKey(Access& access, const Cipher& from, const Cipher& to) {
  return access.Write([&](soci::session& session) -> Result<int64_t> {
    const std::vector<Encrypted> all = ReadAll(session);
    for (const Encrypted& each : all) {
      auto plain = from.Decrypt(each.text, each.place);
      if (!plain) return FailWithin(each.place, plain.error());
      ASSAY_TRY(const std::string text, to.Encrypt(*plain, each.place));
      sql::Run(session, each.update, {text, each.key});
    }
    return static_cast<int64_t>(all.size());
  });
}

}  // namespace assay::store
