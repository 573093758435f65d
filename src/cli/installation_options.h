// Options of the commands that work on the data directory of a server.

#pragma once

#include <CLI/CLI.hpp>

#include "api/installation.h"

namespace assay::cli {

/// Declares --data, which is required, and --key-file.
void DeclareInstallation(CLI::App& app, api::InstallationOptions& options);

/// With the key of ASSAY_MASTER_KEY, unless a key file was given.
api::InstallationOptions WithMasterKey(api::InstallationOptions options);

inline constexpr const char* kKeyFileHelp =
    "File of the master key, 64 hexadecimal digits, mode 0600 (master.key in the data "
    "directory, or the variable ASSAY_MASTER_KEY)";

}  // namespace assay::cli
