// Any bytes as the metadata of a Parquet file: refused, or changed into something that is read
// the same way and holds no more texts to change.

#include <cstdlib>

#include "engine/parquet_footer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view metadata(reinterpret_cast<const char*>(data), size);
  const auto changed = assay::engine::DeclareTextsAsBytes(metadata);
  if (!changed) return 0;
  if (changed->size() > size + 16 * size) std::abort();
  const auto again = assay::engine::DeclareTextsAsBytes(*changed);
  if (!again || *again != *changed) std::abort();
  return 0;
}
