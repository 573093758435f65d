// What a check measured, scan by scan.

#include "api/paging.h"
#include "api/route.h"
#include "base/fields.h"
#include "plan/literal.h"
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
               "The number; as a text when a JSON number would not be exact."),
  };
  return fields;
}

Answer<Reply> List(const Call& call) {
  API_TRY(const auto check,
          store::QualityChecks(call.database()).Get(call.id("quality_check_id")));
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Measurements(call.database()).List(check.id, page));
  std::vector<Json> items;
  for (const store::Measurement& measurement : found.items) {
    API_TRY(plan::Literal value, plan::Literal::Number(measurement.value));
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
