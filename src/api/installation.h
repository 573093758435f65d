// A data directory: the store, the key that protects its secrets, and the users in it.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/password.h"
#include "auth/token.h"
#include "base/clock.h"
#include "operations/store_cipher.h"
#include "store/database.h"

namespace assay::api {

struct InstallationOptions {
  std::string data_directory;  // made with mode 0700 when it does not exist
  // Empty: the file master.key in the directory, made with a new key when it does not exist.
  std::string key_file;
  Secret master_key_text;  // of ASSAY_MASTER_KEY; in place of the file
  auth::PasswordCost password_cost = {};
};

/// Makes the directory with mode 0700 when it does not exist. kInvalidInput when it cannot be
/// made.
Status MakeDataDirectory(const std::string& directory);

/// What the first administrator begins with, to be shown once.
struct FirstAdmin {
  Secret token;     // for programs, until revoked
  Secret password;  // for one login, which must replace it
};

/// Open, also while a server runs on the same directory. Thread-safe.
class Installation {
 public:
  /// Brings the store up to date, and a change of the key to its end that was cut short.
  /// kDenied when the key is not the one its secrets were encrypted with; errors of the file
  /// system, the key and the store as they are.
  static Result<std::unique_ptr<Installation>> Open(const InstallationOptions& options,
                                                    Clock& clock);

  store::Database& database() { return *database_; }
  const store::Cipher& cipher() const { return cipher_; }
  const auth::TokenSigner& signer() const { return signer_; }

  const auth::Passwords& passwords() const { return passwords_; }

  /// Makes the user "admin" when there are no users; nothing when there are some.
  Result<std::optional<FirstAdmin>> CreateAdminIfNobody();

  /// A new token of a user, valid for `days`, or until it is revoked. kNotFound for an unknown
  /// user, kInvalidInput when days are not 1 to 3650.
  Result<Secret> IssueToken(const std::string& user_name, const std::string& token_name,
                            std::optional<int> days);

 private:
  Installation(std::unique_ptr<store::Database> database, operations::StoreCipher cipher,
               auth::TokenSigner signer, auth::PasswordCost password_cost, Clock& clock)
      : database_(std::move(database)),
        cipher_(std::move(cipher)),
        signer_(std::move(signer)),
        passwords_(password_cost),
        clock_(clock) {}
  /// The database as somebody at the command line changes it.
  store::Database Acting() const;

  std::unique_ptr<store::Database> database_;
  operations::StoreCipher cipher_;
  auth::TokenSigner signer_;
  auth::Passwords passwords_;
  Clock& clock_;
};

/// Encrypts all secrets of an installation under another key; tokens stay valid. `new_key_file`
/// holds the key; empty: a new one. The key takes the place of the one in the key file; when
/// the old one came from ASSAY_MASTER_KEY, `new_key_file` is required and nothing but the store
/// changes. A crash leaves the old key in force or the new one. Returns how many secrets there
/// are. kConflict while a server runs on the directory, kNotFound when it holds no store,
/// kInvalidInput and kDenied as Open.
Result<int64_t> RotateKey(const InstallationOptions& options, const std::string& new_key_file,
                          Clock& clock);

}  // namespace assay::api
