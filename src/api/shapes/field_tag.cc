#include "api/shapes/field_tag.h"

namespace assay::api {

const Fields<FieldTagView>& FieldTagView::JsonFields() {
  static const Fields<FieldTagView> fields = {
      Required("tag", &FieldTagView::tag,
               "What the values are: email, card, ... (docs/sensitive-data.md)."),
      Required("state", &FieldTagView::state,
               "proposed by a profile; accepted or dismissed by people."),
      Required("sampled_values", &FieldTagView::sampled_values,
               "Values that the profile looked at; 0 if none proposed it."),
      Optional("matched", &FieldTagView::matched, "Share of those that look like it."),
      Optional("validated", &FieldTagView::validated,
               "Share of those that are valid; null when that cannot be told."),
  };
  return fields;
}

std::vector<FieldTagView> ViewTags(const std::vector<store::FieldTag>& tags) {
  std::vector<FieldTagView> views;
  for (const store::FieldTag& tag : tags) {
    const auto share = [&](int64_t count) -> std::optional<double> {
      if (tag.sampled_values == 0) return std::nullopt;
      return static_cast<double>(count) / static_cast<double>(tag.sampled_values);
    };
    views.push_back({.tag = tag.tag,
                     .state = tag.state,
                     .sampled_values = tag.sampled_values,
                     .matched = share(tag.matched),
                     .validated = tag.validated ? share(*tag.validated) : std::nullopt});
  }
  return views;
}

}  // namespace assay::api
