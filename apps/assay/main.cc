// The assay program.

#include "cli/run.h"

int main(int argc, char** argv) {
  return assay::cli::Run(argc, argv);
}
