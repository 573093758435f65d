// Map functions for the expectations that Great Expectations and dbt-expectations share. Their
// parameters have the same names, or both names are read.

#pragma once

#include "import/draft.h"
#include "import/parameters.h"

namespace assay::imports::expectations {

// Values of a column: expectations.cc
Status NotNull(Parameters&, Draft&);
Status Null(Parameters&, Draft&);
Status Unique(Parameters&, Draft&);
Status Between(Parameters&, Draft&);
Status InSet(Parameters&, Draft&);
Status NotInSet(Parameters&, Draft&);
Status ContainsSet(Parameters&, Draft&);
Status EqualsSet(Parameters&, Draft&);
Status OfType(Parameters&, Draft&);
Status InTypeList(Parameters&, Draft&);
Status LengthsBetween(Parameters&, Draft&);
Status LengthsEqual(Parameters&, Draft&);

// Patterns and formats of texts: text_expectations.cc
Status MatchesRegex(Parameters&, Draft&);
Status NotMatchesRegex(Parameters&, Draft&);
Status MatchesRegexList(Parameters&, Draft&);
Status NotMatchesRegexList(Parameters&, Draft&);
Status MatchesLike(Parameters&, Draft&);
Status NotMatchesLike(Parameters&, Draft&);
Status MatchesLikeList(Parameters&, Draft&);
Status NotMatchesLikeList(Parameters&, Draft&);
Status MatchesStrftime(Parameters&, Draft&);
Status IsDate(Parameters&, Draft&);
Status IsJson(Parameters&, Draft&);

// Several columns, measures and the table: table_expectations.cc
Status PairGreater(Parameters&, Draft&);
Status PairEqual(Parameters&, Draft&);
Status PairInSet(Parameters&, Draft&);
Status CompoundUnique(Parameters&, Draft&);
Status UniqueWithinRecord(Parameters&, Draft&);
Status RowSumEquals(Parameters&, Draft&);
Status MinBetween(Parameters&, Draft&);
Status MaxBetween(Parameters&, Draft&);
Status SumBetween(Parameters&, Draft&);
Status DistinctCountBetween(Parameters&, Draft&);
Status DistinctCountEquals(Parameters&, Draft&);
Status DistinctCountAbove(Parameters&, Draft&);
Status DistinctCountBelow(Parameters&, Draft&);
Status MeanBetween(Parameters&, Draft&);
Status MedianBetween(Parameters&, Draft&);
Status StdevBetween(Parameters&, Draft&);
Status QuantilesBetween(Parameters&, Draft&);
Status SumOfColumnsEquals(Parameters&, Draft&);
Status UniqueShareBetween(Parameters&, Draft&);
Status ColumnExists(Parameters&, Draft&);
Status ColumnsMatchList(Parameters&, Draft&);
Status ColumnsMatchSet(Parameters&, Draft&);
Status ColumnsContainSet(Parameters&, Draft&);
Status ColumnCountEquals(Parameters&, Draft&);
Status ColumnCountBetween(Parameters&, Draft&);
Status RowCountEquals(Parameters&, Draft&);
Status RowCountBetween(Parameters&, Draft&);
Status RowCountEqualsOther(Parameters&, Draft&);
Status FailingRowsQuery(Parameters&, Draft&);

}  // namespace assay::imports::expectations
