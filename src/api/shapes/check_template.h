// Templates of checks as the API reads and prints them.

#pragma once

#include <vector>

#include "api/problem.h"
#include "api/route.h"
#include "store/check_templates.h"

namespace assay::api {

Shape CheckTemplateShape();
/// One object a template, in order, with the keys of a check where both have them.
Result<std::vector<Json>> PrintCheckTemplates(
    store::Access& access, const std::vector<store::CheckTemplate>& templates);

/// Body of POST: rule and description are required.
Shape CheckTemplateCreateShape();
/// Body of PUT: what is absent keeps its value; filter and anomaly_message_field are cleared by
/// null. The rule cannot change.
Shape CheckTemplateUpdateShape();

/// A new template with the rule of the body, under its current name. 422 without one, and for
/// one that does not exist.
Answer<store::CheckTemplate> ReadNewCheckTemplate(const Json& body);
/// Changes the template as the body says. 422 when it does not fit, for another rule, and for
/// what no check could be made of: a filter or each() that cannot be read, a coverage that the
/// rule does not take, a property of another type than the rule's.
Answer<void> ApplyToCheckTemplate(const Json& body, store::CheckTemplate& check_template);

}  // namespace assay::api
