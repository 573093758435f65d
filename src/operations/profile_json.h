// Profiles as JSON, under the names of the platform. Pure; the command line, the reports and
// the REST API print through these functions.

#pragma once

#include <vector>

#include "base/json.h"
#include "engine/profile.h"
#include "sensitive/tagging.h"

namespace assay::operations {

/// Every statistic of one field; what has no value is null:
///   name, field_type, type_declared, completeness, approximate_distinct_values,
///   unique_distinct_ratio, entropy, min_length, max_length, min, max, mean, median, q1, q3,
///   sum, std_dev, kurtosis, skewness, is_not_normal, kll {k, c, buckets [{low, high, count}]},
///   histogram_buckets [{value, count, ratio}], field_correlations [{field, correlation}],
/// and of our own: native_type, is_partition, distinct_is_exact, mean_length, record_count,
/// null_count, nan_count, infinite_count, empty_count, blank_count, invalid_utf8_count,
/// unparsable_count, patterns [{pattern, count, example}], pattern_coverage, type_votes {type:
/// share}. A number is a JSON number when a double holds it exactly, else its text; dates,
/// times and infinities are texts.
Json FieldProfileToJson(const engine::FieldProfile& profile);

/// [{file, kind, message}].
Json FileFailuresToJson(const std::vector<engine::FileFailure>& failures);

/// [{file, row_count, size_bytes}].
Json FileSummariesToJson(const std::vector<engine::FileSummary>& files);

/// name, record_count, total_record_count, sampling (share of the rows that was read; null when
/// the total is unknown), completeness, fields, files, failures. Each field has field_tags as
/// well: those of its name in `tags`, as sensitive::FieldTagsToJson prints them.
Json ContainerProfileToJson(const engine::ContainerProfile& profile,
                            const sensitive::FieldTags& tags = {});

}  // namespace assay::operations
