// SQL as Trino reads it (version 476, any session).

#pragma once

#include "plan/dialect.h"

namespace assay::plan::dialects {

/// The shared, stateless dialect object. Fields are described in Trino's terms:
/// Field::native_type is a type such as "decimal(10,2)" or "timestamp(3) with time zone".
///
/// What it prints means the same in every session, whatever its time zone and language, and
/// raises no error on any row: a value that cannot be computed is null. A date moved from or to
/// a year beyond 280,000 is null too.
///
/// Print gives kUnsupported for what Trino computes in another way: some functions altogether
/// (median, reverse), some partly, as docs/expressions.md lists; texts that are read as another
/// type (Reading::kTryCast); and SQL longer than 256 KiB, because Trino takes queries of
/// 1,000,000 characters, of several expressions.
const Dialect& Trino();

}  // namespace assay::plan::dialects
