#include "connectors/probe_json.h"

namespace assay::connectors {
namespace {

std::optional<std::string> UnlessEmpty(const std::string& text) {
  return text.empty() ? std::optional<std::string>() : text;
}

}  // namespace

const char* OutcomeName(ProbeStep::Outcome outcome) {
  switch (outcome) {
    case ProbeStep::Outcome::kAllowed: return "allowed";
    case ProbeStep::Outcome::kRefused: return "refused";
    case ProbeStep::Outcome::kSkipped: return "skipped";
  }
  return "";
}

ProbeStepView ProbeStepView::Of(const ProbeStep& step) {
  ProbeStepView view{.action = step.action,
                     .right = UnlessEmpty(step.right),
                     .outcome = OutcomeName(step.outcome),
                     .latency_ms = step.latency_ms,
                     .detail = UnlessEmpty(step.detail),
                     .blame = {},
                     .blame_text = {},
                     .remedy = UnlessEmpty(step.remedy),
                     .statement = step.statement};
  if (step.blame) {
    view.blame = BlameName(*step.blame);
    view.blame_text = BlameText(*step.blame);
  }
  return view;
}

const Fields<ProbeStepView>& ProbeStepView::JsonFields() {
  using V = ProbeStepView;
  static const Fields<V> fields = {
      Required("action", &V::action, "What was tried: list, read, put."),
      Optional("right", &V::right, "What that needs: s3:ListBucket."),
      Required("outcome", &V::outcome, "allowed, refused or skipped."),
      Required("latency_ms", &V::latency_ms, "How long it took."),
      Optional("detail", &V::detail, "What happened, or why it was not tried."),
      Optional("blame", &V::blame, "What is to blame: permission, key, clock, region."),
      Optional("blame_text", &V::blame_text, "The same for people."),
      Optional("remedy", &V::remedy, "What to do next."),
      Optional("statement", &V::statement, "The IAM statement that would grant the right."),
  };
  return fields;
}

std::vector<ProbeStepView> ViewSteps(const std::vector<ProbeStep>& steps) {
  std::vector<ProbeStepView> views;
  for (const ProbeStep& step : steps) views.push_back(ProbeStepView::Of(step));
  return views;
}

}  // namespace assay::connectors
