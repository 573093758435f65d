// The list of commands.

#pragma once

#include <vector>

#include "cli/command.h"

namespace assay::cli {

namespace commands {
Command profile();
Command suggest();
Command scan();
Command checks_import();
Command containers();
Command probe();
Command iam_policy();
Command demo();
Command serve();
Command token_create();
Command key_rotate();
Command openapi();
Command version();
}  // namespace commands

/// In the order of --help.
std::vector<Command> AllCommands();

}  // namespace assay::cli
