// What a check measured, scan by scan.

#include <algorithm>

#include "api/paging.h"
#include "api/route.h"
#include "base/fields.h"
#include "operations/container_masks.h"
#include "plan/literal.h"
#include "store/containers.h"
#include "store/datastores.h"
#include "store/measurements.h"
#include "store/quality_checks.h"

namespace assay::api::rest {
namespace {

struct MeasurementView {
  Timestamp created{};
  plan::Literal value;
};

const Fields<MeasurementView>& ViewFields() {
  static const Fields<MeasurementView> fields = {
      Required("created", &MeasurementView::created, "When the scan was."),
      Required("value", &MeasurementView::value,
               "The number; as a text when a JSON number would not be exact, or masked."),
  };
  return fields;
}

/// Whether the values of a field of the check are hidden.
Result<bool> IsMasked(const Call& call, const store::QualityCheck& check) {
  ASSAY_TRY(const auto container, store::Containers(call.database()).Get(check.container_id));
  ASSAY_TRY(const auto datastore,
            store::Datastores(call.database()).Get(container.datastore_id));
  ASSAY_TRY(const sensitive::Masks masks,
            operations::MasksOf(call.dependencies.cipher, call.database(), datastore,
                                container.id, {}));
  return std::ranges::any_of(check.fields,
                             [&](const auto& field) { return masks.Contains(field); });
}

Answer<Reply> List(const Call& call) {
  API_TRY(const auto check,
          store::QualityChecks(call.database()).Get(call.id("quality_check_id")));
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Measurements(call.database()).List(check.id, page));
  API_TRY(const bool is_masked, IsMasked(call, check));
  std::vector<Json> items;
  for (const store::Measurement& measurement : found.items) {
    API_TRY(plan::Literal value, plan::Literal::Number(measurement.value));
    if (is_masked) value = plan::Literal::String(sensitive::kMasked);
    items.push_back(ViewFields().Print({measurement.created, std::move(value)}));
  }
  return Ok(PrintPage(std::move(items), found.total, page));
}

}  // namespace

RouteGroup quality_check_measurements() {
  return {.title = "Quality checks",
          .routes = {{.method = "GET",
                      .path = "/api/quality-checks/{quality_check_id}/measurements",
                      .summary = "Lists what a check measured over its whole container, newest "
                                 "scan first.",
                      .permission = store::Permission::kReporter,
                      .query = PagingParameters(),
                      .answers = {{.description = "A page of numbers.",
                                   .shape = Shape{"Measurement", ViewFields().Schema()},
                                   .form = AnswerDocumentation::Form::kPage},
                                  {.status = 404, .description = "There is no such check."}},
                      .handle = List}}};
}

}  // namespace assay::api::rest
