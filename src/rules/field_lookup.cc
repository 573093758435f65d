#include "rules/field_lookup.h"

#include <fmt/format.h>

#include "rules/nearest_name.h"

namespace assay::rules {

Result<const plan::Field*> FindField(const std::string& name, const plan::Schema& schema) {
  const plan::Field* field = schema.Find(name);
  if (field == nullptr) {
    std::vector<std::string> known;
    for (const plan::Field& other : schema.fields) known.push_back(other.name);
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("no such field: '{}'{}", name, DidYouMean(name, known)));
  }
  if (field->name.ends_with("[]")) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("elements of a list are profiled but cannot be checked: '{}'", name));
  }
  return field;
}

}  // namespace assay::rules
