// Profiles as the API prints them.

#pragma once

#include "api/route.h"
#include "store/field_tags.h"
#include "store/profiles.h"

namespace assay::api {

/// Every statistic, as operations/profile_json.h prints it, with id, created, container_id and
/// field_id in front and quality_check_count, anomaly_count and field_tags behind.
Shape FieldProfileShape();
Json PrintFieldProfile(const store::FieldProfile& profile, const store::FieldFindings& findings,
                       const std::vector<store::FieldTag>& tags);

/// Totals of one snapshot: rows, fields, the share of rows read and of cells that are not null.
Shape ContainerProfileShape();
/// `completeness` is nullopt when it has no fields.
Json PrintContainerProfile(const store::ContainerProfile& profile,
                           std::optional<double> completeness);

}  // namespace assay::api
