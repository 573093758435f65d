// Reads one object from front to back as scans of text files do, and tells how long it took.
//
//   s3_read ENDPOINT BUCKET KEY       credentials from the environment

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <vector>

#include "engine/object_store/read_ahead.h"
#include "engine/object_store/s3.h"

namespace {

using namespace assay;

Result<int64_t> ReadAll(const char* endpoint, const char* bucket, const char* key) {
  ASSAY_TRY(const auto store, engine::OpenS3({.bucket = bucket, .endpoint = endpoint}, {}, {}));
  ASSAY_TRY(const engine::ObjectInfo object, store->Head(key, {}));
  engine::ByteBudget budget(int64_t{128} << 20);
  engine::ReadAhead reader(
      *store, {.key = key, .etag = object.etag, .size_bytes = object.size_bytes}, budget);
  std::vector<std::byte> buffer(size_t{32} << 20);  // as DuckDB's reader of delimited files
  for (int64_t offset = 0; offset < object.size_bytes;) {
    const auto count =
        static_cast<size_t>(std::min<int64_t>(std::ssize(buffer), object.size_bytes - offset));
    ASSAY_RETURN_IF_ERROR(reader.Read(offset, std::span(buffer).first(count), {}));
    offset += static_cast<int64_t>(count);
  }
  return object.size_bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::fputs("s3_read ENDPOINT BUCKET KEY\n", stderr), 2;
  const auto start = std::chrono::steady_clock::now();
  const Result<int64_t> bytes = ReadAll(argv[1], argv[2], argv[3]);
  if (!bytes) return std::fputs((bytes.error().message + "\n").c_str(), stderr), 1;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("{{\"bytes\": {}, \"seconds\": {:.4f}}}\n", *bytes, seconds.count());
}
