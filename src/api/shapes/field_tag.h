// Tags of fields as the API prints and reads them.

#pragma once

#include <vector>

#include "base/fields.h"
#include "store/field_tags.h"

namespace assay::api {

struct FieldTagView {
  std::string tag, state;
  int64_t sampled_values = 0;
  std::optional<double> matched, validated;

  static const Fields<FieldTagView>& JsonFields();
};

std::vector<FieldTagView> ViewTags(const std::vector<store::FieldTag>& tags);

}  // namespace assay::api
