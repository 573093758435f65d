#include "cli/commands.h"

namespace assay::cli {

std::vector<Command> AllCommands() {
  return {commands::profile(),       commands::suggest(),    commands::scan(),
          commands::checks_import(), commands::containers(), commands::probe(),
          commands::iam_policy(),    commands::demo(),       commands::serve(),
          commands::token_create(),  commands::key_rotate(), commands::openapi(),
          commands::version()};
}

}  // namespace assay::cli
