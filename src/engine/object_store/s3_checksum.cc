#include "engine/object_store/s3_checksum.h"

#include <aws/checksums/crc.h>
#include <fmt/format.h>

#include <cstdint>
#include <optional>

#include "auth/base64.h"

namespace assay::engine {
namespace {

constexpr size_t kCrcBytes = 4;

}  // namespace

std::string Crc32cBase64(std::string_view bytes) {
  const uint32_t crc =
      aws_checksums_crc32c_ex(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), 0);
  std::string big_endian;
  for (size_t i = 0; i < kCrcBytes; ++i) {
    big_endian += static_cast<char>(crc >> (24 - 8 * i));
  }
  return auth::EncodeBase64(big_endian, auth::Base64::kStandard);
}

std::string CompositeCrc32c(const std::vector<PendingUpload::Part>& parts) {
  std::string checksums;
  for (const PendingUpload::Part& part : parts) {
    const std::optional<std::string> checksum =
        auth::DecodeBase64(part.checksum_crc32c, auth::Base64::kStandard);
    if (!checksum || checksum->size() != kCrcBytes) return {};
    checksums += *checksum;
  }
  return fmt::format("{}-{}", Crc32cBase64(checksums), parts.size());
}

}  // namespace assay::engine
