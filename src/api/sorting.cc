#include "api/sorting.h"

namespace assay::api {

void AppendSorts(std::initializer_list<const char*> names,
                 std::vector<QueryParameter>& parameters) {
  for (const char* name : names) {
    parameters.push_back(
        {.name = name, .doc = "Sorts the list by it.", .allowed = {"asc", "desc"}});
  }
}

}  // namespace assay::api
