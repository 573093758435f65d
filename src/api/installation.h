// A data directory: the store, the key that protects its secrets, and the users in it.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/token.h"
#include "base/clock.h"
#include "operations/store_cipher.h"
#include "store/database.h"

namespace assay::api {

struct InstallationOptions {
  std::string data_directory;  // made with mode 0700 when it does not exist
  Secret master_key_text;  // of ASSAY_MASTER_KEY; empty: the file master.key in the directory
};

/// Makes the directory with mode 0700 when it does not exist. kInvalidInput when it cannot be
/// made.
Status MakeDataDirectory(const std::string& directory);

/// Open, also while a server runs on the same directory. Thread-safe.
class Installation {
 public:
  /// Brings the store up to date. kDenied when the key is not the one its secrets were
  /// encrypted with; errors of the file system, the key and the store as they are.
  static Result<std::unique_ptr<Installation>> Open(const InstallationOptions& options,
                                                    Clock& clock);

  store::Database& database() { return *database_; }
  const store::Cipher& cipher() const { return cipher_; }
  const auth::TokenSigner& signer() const { return signer_; }

  /// Makes the user "admin" when there are no users, and returns a first token for it; nothing
  /// when there are users.
  Result<std::optional<Secret>> CreateAdminIfNobody();

  /// A new token of a user, valid for `days`, or until it is revoked. kNotFound for an unknown
  /// user, kInvalidInput when days are not 1 to 3650.
  Result<Secret> IssueToken(const std::string& user_name, const std::string& token_name,
                            std::optional<int> days);

 private:
  Installation(auth::Encryption encryption, auth::TokenSigner signer, Clock& clock)
      : cipher_(std::move(encryption)), signer_(std::move(signer)), clock_(clock) {}

  operations::StoreCipher cipher_;
  auth::TokenSigner signer_;
  Clock& clock_;
  std::unique_ptr<store::Database> database_;
};

}  // namespace assay::api
