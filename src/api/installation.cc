#include "api/installation.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "api/issued_token.h"
#include "auth/key_file.h"
#include "connectors/durable_file.h"
#include "store/process_lock.h"
#include "store/secrets.h"
#include "store/settings.h"
#include "store/users.h"

namespace assay::api {
namespace {

constexpr char kAdminName[] = "admin";
constexpr int kMaxTokenDays = 3650;

using MissingFile = auth::MasterKeySource::MissingFile;

std::string DatabasePath(const InstallationOptions& options) {
  return std::filesystem::path(options.data_directory) / "assay.db";
}

auth::MasterKeySource KeySource(const InstallationOptions& options) {
  if (!options.key_file.empty()) {
    return {options.master_key_text, options.key_file, MissingFile::kRefuse};
  }
  return {options.master_key_text, std::filesystem::path(options.data_directory) / "master.key",
          MissingFile::kMake};
}

/// Where the new key is while secrets are encrypted anew.
std::string NextKeyFile(const auth::MasterKeySource& source) {
  return source.file + ".next";
}

/// A change of the key that ended between the store and the key file: whether the store is
/// under the next key already, which is brought into place then.
Result<std::optional<auth::MasterKey>> FinishRotation(store::Database& database,
                                                      const auth::MasterKeySource& source) {
  if (!source.text.empty()) return std::optional<auth::MasterKey>();
  const std::string next = NextKeyFile(source);
  auto key =
      auth::LoadMasterKey({.text = {}, .file = next, .missing_file = MissingFile::kRefuse});
  if (!key || !store::VerifyKey(database, operations::StoreCipher(auth::Encryption(*key)))) {
    return std::optional<auth::MasterKey>();
  }
  ASSAY_RETURN_IF_ERROR(connectors::RenameDurably(next, source.file));
  return std::optional(*std::move(key));
}

/// The key that tokens are signed with, made at the first call. It is a secret of the store and
/// not derived from the master key, so that tokens outlive a change of that.
Result<Secret> TokenKey(store::Database& database, const store::Cipher& cipher) {
  constexpr const char* kName = "token_key";
  return database.InTransaction([&](store::Access& transaction) -> Result<Secret> {
    store::Settings settings(transaction);
    ASSAY_TRY(auto known, settings.GetSecret(kName, cipher));
    if (known) return *std::move(known);
    ASSAY_TRY(const auth::MasterKey random, auth::MasterKey::Generate());
    ASSAY_RETURN_IF_ERROR(settings.SetSecret(kName, random.bytes(), cipher));
    return random.bytes();
  });
}

}  // namespace

Status MakeDataDirectory(const std::string& directory) {
  std::error_code fault;
  const bool is_new = std::filesystem::create_directories(directory, fault);
  if (!fault && is_new) {
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, fault);
  }
  if (!fault) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("cannot make the data directory: {}: {}",
                                                    directory, fault.message()));
}

Result<std::unique_ptr<Installation>> Installation::Open(const InstallationOptions& options,
                                                         Clock& clock) {
  ASSAY_RETURN_IF_ERROR(MakeDataDirectory(options.data_directory));
  const auth::MasterKeySource source = KeySource(options);
  ASSAY_TRY(auth::MasterKey key, auth::LoadMasterKey(source));
  ASSAY_TRY(auto database, store::Database::Open({.path = DatabasePath(options)}, clock));
  const Status verified =
      store::VerifyKey(*database, operations::StoreCipher(auth::Encryption(key)));
  if (!verified) {
    ASSAY_TRY(auto next, FinishRotation(*database, source));
    if (!next) return std::unexpected(verified.error());
    key = *std::move(next);
  }
  operations::StoreCipher cipher{auth::Encryption(std::move(key))};
  ASSAY_TRY(Secret token_key, TokenKey(*database, cipher));
  return std::unique_ptr<Installation>(new Installation(std::move(database), std::move(cipher),
                                                        auth::TokenSigner(std::move(token_key)),
                                                        options.password_cost, clock));
}

store::Database Installation::Acting() const {
  return database_->As(
      {.user_id = {}, .name = "command line", .address = {}, .now = clock_.Now()});
}

Result<std::optional<FirstAdmin>> Installation::CreateAdminIfNobody() {
  ASSAY_TRY(const int64_t users, store::Users(*database_).Count());
  if (users > 0) return std::optional<FirstAdmin>();
  FirstAdmin first;
  first.password = auth::Passwords::Generate();
  store::User admin;
  admin.created = clock_.Now();
  admin.name = kAdminName;
  admin.role = "Admin";
  ASSAY_TRY(admin.password_hash, passwords_.Hash(first.password));
  admin.password_is_one_time = true;
  store::Database database = Acting();
  ASSAY_RETURN_IF_ERROR(store::Users(database).Create(std::move(admin)));
  ASSAY_TRY(first.token, IssueToken(kAdminName, "first start", std::nullopt));
  return std::optional(std::move(first));
}

Result<Secret> Installation::IssueToken(const std::string& user_name,
                                        const std::string& token_name,
                                        std::optional<int> days) {
  if (days && (*days < 1 || *days > kMaxTokenDays)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a token is valid for 1 to {} days, not {}", kMaxTokenDays, *days));
  }
  ASSAY_TRY(const store::User user, store::Users(*database_).FindByName(user_name));
  store::Token token;
  token.user_id = user.id;
  token.name = token_name;
  token.created = clock_.Now();
  if (days) token.expiration = token.created + std::chrono::days(*days);
  store::Database database = Acting();
  ASSAY_TRY(IssuedToken issued, api::IssueToken(database, signer_, std::move(token)));
  return std::move(issued.text);
}

Result<int64_t> RotateKey(const InstallationOptions& options, const std::string& new_key_file,
                          Clock& clock) {
  const auth::MasterKeySource source = KeySource(options);
  if (!source.text.empty() && new_key_file.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "the key comes from ASSAY_MASTER_KEY: name a file that holds the new one "
                "(--new-key-file)");
  }
  if (!std::filesystem::exists(DatabasePath(options))) {
    return Fail(ErrorKind::kNotFound, fmt::format("no server has used this directory yet: {}",
                                                  options.data_directory));
  }
  ASSAY_TRY([[maybe_unused]] const auto lock,
            store::ProcessLock::Acquire(options.data_directory));
  ASSAY_TRY(const auto installation, Installation::Open(options, clock));
  auto next =
      new_key_file.empty()
          ? auth::MasterKey::Generate()
          : auth::LoadMasterKey(
                {.text = {}, .file = new_key_file, .missing_file = MissingFile::kRefuse});
  if (!next) return std::unexpected(next.error());
  if (source.text.empty()) {
    ASSAY_RETURN_IF_ERROR(auth::WriteKeyFile(NextKeyFile(source), *next));
  }
  const operations::StoreCipher cipher{auth::Encryption(*next)};
  ASSAY_TRY(const int64_t secrets,
            store::ChangeKey(installation->database(), installation->cipher(), cipher));
  if (source.text.empty()) {
    ASSAY_RETURN_IF_ERROR(connectors::RenameDurably(NextKeyFile(source), source.file));
  }
  return secrets;
}

}  // namespace assay::api
