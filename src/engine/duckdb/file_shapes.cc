#include "engine/duckdb/file_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace assay::engine {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;

/// Types of one family widen without loss; types of different families disagree.
std::string FamilyOf(const LogicalType& type) {
  switch (type.id()) {
    case LogicalTypeId::TINYINT:
    case LogicalTypeId::SMALLINT:
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::BIGINT:
    case LogicalTypeId::HUGEINT:
    case LogicalTypeId::UTINYINT:
    case LogicalTypeId::USMALLINT:
    case LogicalTypeId::UINTEGER:
    case LogicalTypeId::UBIGINT: return "an integer";
    case LogicalTypeId::FLOAT:
    case LogicalTypeId::DOUBLE: return "a real";
    case LogicalTypeId::DECIMAL:
      return fmt::format("a decimal with {} places", duckdb::DecimalType::GetScale(type));
    default: return type.ToString();
  }
}

/// Name -> family: what files of one container must share.
std::map<std::string, std::string> SignatureOf(const FileShape& shape) {
  std::map<std::string, std::string> signature;
  for (size_t i = 0; i < shape.names.size(); ++i)
    signature[shape.names[i]] = FamilyOf(shape.types[i]);
  return signature;
}

std::string DescribeDifferences(const std::map<std::string, std::string>& wanted,
                                const std::map<std::string, std::string>& found) {
  std::vector<std::string> differences;
  for (const auto& [name, family] : wanted) {
    const auto other = found.find(name);
    if (other == found.end()) {
      differences.push_back(fmt::format("'{}' is missing", name));
    } else if (other->second != family) {
      differences.push_back(
          fmt::format("'{}' is {} instead of {}", name, other->second, family));
    }
  }
  for (const auto& [name, family] : found) {
    if (!wanted.contains(name)) differences.push_back(fmt::format("'{}' is extra", name));
  }
  constexpr size_t kShown = 5;
  const size_t hidden = differences.size() > kShown ? differences.size() - kShown : 0;
  differences.resize(differences.size() - hidden);
  std::string text = fmt::format("{}", fmt::join(differences, ", "));
  if (hidden > 0) text += fmt::format(" and {} more", hidden);
  return text;
}

}  // namespace

CommonShape FindCommonShape(const std::vector<FileShape>& shapes, const Dataset& dataset) {
  std::map<std::map<std::string, std::string>, std::vector<const FileShape*>> groups;
  for (const FileShape& shape : shapes) groups[SignatureOf(shape)].push_back(&shape);
  const auto common = std::ranges::max_element(groups, [](const auto& a, const auto& b) {
    return a.second.size() != b.second.size()
               ? a.second.size() < b.second.size()
               : a.second.front()->file_index > b.second.front()->file_index;
  });
  CommonShape result;
  if (common == groups.end()) return result;
  result.shape = *common->second.front();
  for (const auto& [signature, members] : groups) {
    for (const FileShape* member : members) {
      if (signature != common->first) {
        result.failures.push_back(
            {.relative_path = dataset.files[member->file_index].relative_path,
             .error = {ErrorKind::kInvalidInput,
                       "its fields differ from those of most files of the container: " +
                           DescribeDifferences(common->first, signature)}});
        continue;
      }
      result.readable.push_back(member->file_index);
      for (size_t i = 0; i < result.shape.names.size(); ++i) {
        const auto at =
            std::ranges::find(member->names, result.shape.names[i]) - member->names.begin();
        result.shape.types[i] = LogicalType::ForceMaxLogicalType(
            result.shape.types[i], member->types[static_cast<size_t>(at)]);
      }
    }
  }
  std::ranges::sort(result.readable);
  return result;
}

}  // namespace assay::engine
