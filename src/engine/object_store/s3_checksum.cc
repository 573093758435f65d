#include "engine/object_store/s3_checksum.h"

#include <aws/checksums/crc.h>
#include <aws/common/encoding.h>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>

#include "auth/aws_runtime.h"

namespace assay::engine {
namespace {

constexpr size_t kCrcBytes = 4;

std::optional<std::string> DecodeCrc(const std::string& base64) {
  std::array<uint8_t, 2 * kCrcBytes> bytes{};
  const aws_byte_cursor encoded = auth::ToCursor(base64);
  size_t length = 0;
  if (aws_base64_compute_decoded_len(&encoded, &length) != AWS_OP_SUCCESS ||
      length != kCrcBytes) {
    return std::nullopt;
  }
  aws_byte_buf decoded = aws_byte_buf_from_empty_array(bytes.data(), bytes.size());
  if (aws_base64_decode(&encoded, &decoded) != AWS_OP_SUCCESS) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(bytes.data()), kCrcBytes);
}

}  // namespace

std::string Crc32cBase64(std::string_view bytes) {
  const uint32_t crc =
      aws_checksums_crc32c_ex(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), 0);
  std::array<uint8_t, kCrcBytes> big_endian{};
  for (size_t i = 0; i < kCrcBytes; ++i) {
    big_endian[i] = static_cast<uint8_t>(crc >> (24 - 8 * i));
  }
  std::array<uint8_t, 16> text{};
  const aws_byte_cursor raw = aws_byte_cursor_from_array(big_endian.data(), big_endian.size());
  aws_byte_buf encoded = aws_byte_buf_from_empty_array(text.data(), text.size());
  aws_base64_encode(&raw, &encoded);
  return std::string(reinterpret_cast<const char*>(text.data()), 8);
}

std::string CompositeCrc32c(const std::vector<PendingUpload::Part>& parts) {
  std::string checksums;
  for (const PendingUpload::Part& part : parts) {
    const std::optional<std::string> checksum = DecodeCrc(part.checksum_crc32c);
    if (!checksum) return {};
    checksums += *checksum;
  }
  return fmt::format("{}-{}", Crc32cBase64(checksums), parts.size());
}

}  // namespace assay::engine
