// Map functions for dbt's own generic tests and those of dbt_utils.

#pragma once

#include "import/draft.h"
#include "import/parameters.h"

namespace assay::imports::dbt {

Status AcceptedValues(Parameters&, Draft&);
Status Relationships(Parameters&, Draft&);

// dbt_utils
Status AcceptedRange(Parameters&, Draft&);
Status ExpressionIsTrue(Parameters&, Draft&);
Status NotAcceptedValues(Parameters&, Draft&);
Status NotEmptyString(Parameters&, Draft&);
Status NotNullProportion(Parameters&, Draft&);
Status RelationshipsWhere(Parameters&, Draft&);
Status UniqueCombination(Parameters&, Draft&);
Status Equality(Parameters&, Draft&);
Status Recency(Parameters&, Draft&);
Status SourceFreshness(Parameters&, Draft&);
Status EqualRowCount(Parameters&, Draft&);
Status FewerRows(Parameters&, Draft&);
Status RowCountTimesFactor(Parameters&, Draft&);
Status EqualAggregation(Parameters&, Draft&);
Status AtLeastOne(Parameters&, Draft&);
Status NotConstant(Parameters&, Draft&);

// dbt_expectations, where it differs from Great Expectations
Status ExpressionTest(Parameters&, Draft&);
Status ExpressionBetween(Parameters&, Draft&);

}  // namespace assay::imports::dbt
