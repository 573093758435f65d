// Map functions for the rule types of DQDL. Their parameters: "parameters" with what stands
// behind the type, "condition", and "threshold" (dqdl_condition.h).

#pragma once

#include "import/draft.h"
#include "import/parameters.h"

namespace assay::imports::dqdl {

Status IsComplete(Parameters&, Draft&);
Status Completeness(Parameters&, Draft&);
Status IsUnique(Parameters&, Draft&);
Status Uniqueness(Parameters&, Draft&);
Status UniqueValueRatio(Parameters&, Draft&);
Status IsPrimaryKey(Parameters&, Draft&);
Status RowCount(Parameters&, Draft&);
Status ColumnCount(Parameters&, Draft&);
Status ColumnExists(Parameters&, Draft&);
Status ColumnDataType(Parameters&, Draft&);
Status ColumnLength(Parameters&, Draft&);
Status Sum(Parameters&, Draft&);
Status Mean(Parameters&, Draft&);
Status StandardDeviation(Parameters&, Draft&);
Status Variance(Parameters&, Draft&);
Status DistinctValuesCount(Parameters&, Draft&);
Status DataFreshness(Parameters&, Draft&);
Status ReferentialIntegrity(Parameters&, Draft&);
Status DatasetMatch(Parameters&, Draft&);
Status CustomSql(Parameters&, Draft&);

// dqdl_column_values.cc
Status ColumnValues(Parameters&, Draft&);

}  // namespace assay::imports::dqdl
