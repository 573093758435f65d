// The audit log as the API prints it.

#pragma once

#include <string>
#include <vector>

#include "api/query.h"
#include "api/route.h"
#include "store/audit.h"

namespace assay::api {

Shape AuditEntryShape();
Json PrintAuditEntry(const store::AuditEntry& entry);

/// RFC 4180 with a line of names first, lines ended by CRLF; before and after are JSON. Cells
/// that a spreadsheet would take for a formula begin with an apostrophe.
std::string PrintAuditCsv(const std::vector<store::AuditEntry>& entries);
/// One JSON object a line.
std::string PrintAuditJsonLines(const std::vector<store::AuditEntry>& entries);

}  // namespace assay::api
