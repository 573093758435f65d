// Where the master key of an installation is kept.

#pragma once

#include <string>

#include "auth/encryption.h"
#include "base/result.h"
#include "base/secret.h"

namespace assay::auth {

/// `text` (of ASSAY_MASTER_KEY) if not empty, else what is in `file`.
struct MasterKeySource {
  Secret text;
  std::string file;
  enum class MissingFile { kMake, kRefuse } missing_file = MissingFile::kMake;
};

/// Makes a missing file with a new key and mode 0600. kInvalidInput when it is not a key;
/// kDenied when others than the owner may read the file; kNotFound for a missing one that is
/// not to be made.
Result<MasterKey> LoadMasterKey(const MasterKeySource& source);

/// Writes the key to a file with mode 0600 and to disk, in place of one of that name: a crash
/// leaves the old file or the new one.
Status WriteKeyFile(const std::string& path, const MasterKey& key);

}  // namespace assay::auth
