// Profiles as one self-contained HTML page.

#pragma once

#include <string>

#include "report/report.h"

namespace assay::report {

/// A summary, then for each container a table of its fields and a card for each of them.
/// About 6 kB a field.
std::string ProfilePage(const ProfileReport& report);

}  // namespace assay::report
