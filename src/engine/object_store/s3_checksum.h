// The checksums by which S3 verifies uploads.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/object_store/object_store.h"

namespace assay::engine {

/// CRC32C of the bytes as S3 writes it: big-endian, in base64.
std::string Crc32cBase64(std::string_view bytes);

/// The checksum of a whole upload: that of its parts' checksums, then "-" and their number.
/// Empty if a part has none.
std::string CompositeCrc32c(const std::vector<PendingUpload::Part>& parts);

}  // namespace assay::engine
