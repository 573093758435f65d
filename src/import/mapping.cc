#include "import/mapping.h"

#include <algorithm>

namespace assay::imports {

const Mapping* FindMapping(std::span<const Mapping> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Mapping::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace assay::imports
