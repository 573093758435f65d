#include "sensitive/detector.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::sensitive {

const Detector* FindDetector(std::string_view name) {
  const std::span<const Detector> all = AllDetectors();
  const auto found = std::ranges::find(all, name, &Detector::name);
  return found == all.end() ? nullptr : &*found;
}

std::string DetectorReference() {
  std::string table = "| tag | finds | how, and what it misses |\n|---|---|---|\n";
  for (const Detector& detector : AllDetectors()) {
    table += fmt::format("| `{}` | {} | {} |\n", detector.name, detector.title, detector.doc);
  }
  return table;
}

}  // namespace assay::sensitive
