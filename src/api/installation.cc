#include "api/installation.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "api/issued_token.h"
#include "auth/encryption.h"
#include "store/connections.h"
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
      new Installation(auth::Encryption(key), std::move(signer), options.password_cost, clock));
  store::DatabaseOptions database;
  database.path = (directory / "assay.db").string();
  ASSAY_TRY(installation->database_, store::Database::Open(database, clock));
  ASSAY_RETURN_IF_ERROR(store::VerifyKey(*installation->database_, installation->cipher_));
  return installation;
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

}  // namespace assay::api
