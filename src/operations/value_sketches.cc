#include "operations/value_sketches.h"

#include <fmt/format.h>

#include <charconv>

namespace assay::operations {
namespace {

constexpr size_t kDigits = 16;

bool ParseHash(std::string_view text, uint64_t& hash) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
  return error == std::errc() && end == text.data() + text.size();
}

bool ParseSketch(const store::ValueSketch& record, engine::ValueSketch& sketch) {
  if (record.hashes.size() % kDigits != 0 || !ParseHash(record.threshold, sketch.threshold))
    return false;
  const std::string_view all = record.hashes;
  for (size_t at = 0; at < all.size(); at += kDigits) {
    if (!ParseHash(all.substr(at, kDigits), sketch.hashes.emplace_back())) return false;
  }
  return true;
}

}  // namespace

std::vector<store::ValueSketch> ToSketchRecords(const std::vector<infer::KnownField>& keys) {
  std::vector<store::ValueSketch> records;
  for (const infer::KnownField& key : keys) {
    store::ValueSketch& record = records.emplace_back();
    record.name = key.name;
    record.field_type = plan::FieldTypeName(key.type);
    record.distinct_values = key.distinct_values;
    record.smallest = key.min.value_or(0);
    record.greatest = key.max.value_or(0);
    record.threshold = fmt::format("{:016x}", key.sketch.threshold);
    record.hashes.reserve(kDigits * key.sketch.hashes.size());
    for (const uint64_t hash : key.sketch.hashes)
      fmt::format_to(std::back_inserter(record.hashes), "{:016x}", hash);
  }
  return records;
}

std::vector<infer::KnownContainer> ToKnownContainers(
    const std::vector<store::ValueSketch>& records) {
  std::vector<infer::KnownContainer> containers;
  for (const store::ValueSketch& record : records) {
    const auto type = plan::ParseFieldType(record.field_type);
    infer::KnownField key{.name = record.name, .distinct_values = record.distinct_values};
    if (!type || !ParseSketch(record, key.sketch)) continue;
    key.type = *type;
    if (key.type == plan::FieldType::kIntegral) {
      key.min = record.smallest;
      key.max = record.greatest;
    }
    if (containers.empty() || containers.back().id != record.container_id)
      containers.push_back({.id = record.container_id, .name = record.container_name});
    containers.back().keys.push_back(std::move(key));
  }
  return containers;
}

}  // namespace assay::operations
