#include "api/installation.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "auth/encryption.h"
#include "base/id.h"
#include "store/connections.h"
#include "store/tokens.h"
#include "store/users.h"

namespace assay::api {
namespace {

constexpr char kAdminName[] = "admin";
constexpr int kMaxTokenDays = 3650;

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
  const std::filesystem::path directory = options.data_directory;
  ASSAY_RETURN_IF_ERROR(MakeDataDirectory(options.data_directory));
  ASSAY_TRY(
      const auth::MasterKey key,
      auth::LoadMasterKey({options.master_key_text, (directory / "master.key").string()}));
  ASSAY_TRY(auth::TokenSigner signer, auth::TokenSigner::FromMasterKey(key));
  std::unique_ptr<Installation> installation(
      new Installation(auth::Encryption(key), std::move(signer), clock));
  store::DatabaseOptions database;
  database.path = (directory / "assay.db").string();
  ASSAY_TRY(installation->database_, store::Database::Open(database, clock));
  ASSAY_RETURN_IF_ERROR(store::VerifyKey(*installation->database_, installation->cipher_));
  return installation;
}

Result<std::optional<Secret>> Installation::CreateAdminIfNobody() {
  ASSAY_TRY(const int64_t users, store::Users(*database_).Count());
  if (users > 0) return std::optional<Secret>();
  store::User admin;
  admin.created = clock_.Now();
  admin.name = kAdminName;
  admin.role = "Admin";
  admin.teams = {"Public"};
  ASSAY_RETURN_IF_ERROR(store::Users(*database_).Create(std::move(admin)));
  ASSAY_TRY(Secret token, IssueToken(kAdminName, "first start", std::nullopt));
  return std::optional<Secret>(std::move(token));
}

Result<Secret> Installation::IssueToken(const std::string& user_name,
                                        const std::string& token_name,
                                        std::optional<int> days) {
  if (days && (*days < 1 || *days > kMaxTokenDays)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a token is valid for 1 to {} days, not {}", kMaxTokenDays, *days));
  }
  ASSAY_TRY(const store::User user, store::Users(*database_).FindByName(user_name));
  const Timestamp now = std::chrono::floor<std::chrono::seconds>(clock_.Now());
  store::Token token;
  token.uuid = NewUuid();
  token.user_id = user.id;
  token.name = token_name;
  token.created = now;
  if (days) token.expiration = now + std::chrono::days(*days);
  ASSAY_TRY(Secret text, signer_.Issue({.id = token.uuid,
                                        .user_id = user.id,
                                        .issued_at = now,
                                        .expires_at = token.expiration}));
  ASSAY_RETURN_IF_ERROR(store::Tokens(*database_).Create(std::move(token)));
  return text;
}

}  // namespace assay::api
