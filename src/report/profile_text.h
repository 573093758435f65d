// Profiles and listings as text for a terminal or a pipe.

#pragma once

#include <string>

#include "report/report.h"
#include "report/terminal_table.h"

namespace assay::report {

/// For each container a heading, one row a field, then notes on what deserves a look: values
/// that are not numbers, broken text, strong correlations, files, containers and places that
/// were not read.
std::string PrintProfiles(const ProfileReport& report, const TerminalStyle& style);

/// The heading line of a container: "orders_*.csv   1,200 rows · 8 fields · 3 files · 1.2 MB".
std::string PrintContainerHeading(const std::string& name,
                                  const std::vector<std::string>& facts,
                                  const TerminalStyle& style);

/// A line each, up to a number, then how many there are besides.
std::string PrintNotes(const std::vector<std::string>& notes, Tone tone,
                       const TerminalStyle& style);

/// "not read: a.csv: <reason>" lines, at most 20 and then how many more.
std::string PrintFileFailures(const std::vector<engine::FileFailure>& failures,
                              const TerminalStyle& style);

/// The same for whole places and containers.
std::string PrintUnread(const std::vector<Unread>& unread, const TerminalStyle& style);

}  // namespace assay::report
