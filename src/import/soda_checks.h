// Map functions for Soda's checks. The keys of a check's body have underscores for blanks, so
// that SodaCL ("valid values") and contracts ("valid_values") share them.

#pragma once

#include "import/draft.h"
#include "import/parameters.h"

namespace assay::imports::soda {

Status RowCount(Parameters&, Draft&);
Status RowsExist(Parameters&, Draft&);
Status Missing(Parameters&, Draft&);
Status MissingPercent(Parameters&, Draft&);
Status NoMissing(Parameters&, Draft&);
Status Duplicate(Parameters&, Draft&);
Status NoDuplicates(Parameters&, Draft&);
Status Min(Parameters&, Draft&);
Status Max(Parameters&, Draft&);
Status MinLength(Parameters&, Draft&);
Status MaxLength(Parameters&, Draft&);
Status Sum(Parameters&, Draft&);
Status Average(Parameters&, Draft&);
Status AverageLength(Parameters&, Draft&);
Status Deviation(Parameters&, Draft&);
Status PopulationDeviation(Parameters&, Draft&);
Status Variance(Parameters&, Draft&);
Status PopulationVariance(Parameters&, Draft&);
Status Percentile(Parameters&, Draft&);
Status Freshness(Parameters&, Draft&);  // seconds, or the unit of a contract
Status FreshnessInDays(Parameters&, Draft&);
Status FreshnessInHours(Parameters&, Draft&);
Status FreshnessInMinutes(Parameters&, Draft&);
/// The function of a contract's check.
Status Aggregate(Parameters&, Draft&);
Status FailedRows(Parameters&, Draft&);
Status Reference(Parameters&, Draft&);
Status Schema(Parameters&, Draft&);
Status ContractSchema(Parameters&, Draft&);

// soda_validity.cc
Status Invalid(Parameters&, Draft&);
Status InvalidPercent(Parameters&, Draft&);
Status NoInvalid(Parameters&, Draft&);

}  // namespace assay::imports::soda
