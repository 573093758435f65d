// Sketches of the fields that may be keys, of the newest profile of each container.

#pragma once

#include <string>
#include <vector>

#include "store/access.h"

namespace assay::store {

struct ValueSketch {
  int64_t container_id = 0;
  std::string container_name;  // read only
  std::string name;            // of the field
  std::string field_type;      // "String", "Integral"
  int64_t distinct_values = 0;
  double smallest = 0, greatest = 0;  // Integral
  std::string threshold, hashes;      // as operations/value_sketches.h writes them

  friend bool operator==(const ValueSketch&, const ValueSketch&) = default;
};

class ValueSketches {
 public:
  explicit ValueSketches(Access& access) : access_(access) {}

  /// Those of a container in place of the ones that are there.
  Status Replace(int64_t container_id, const std::vector<ValueSketch>& sketches);

  /// Of all containers of a datastore that are there, by id and name.
  Result<std::vector<ValueSketch>> OfDatastore(int64_t datastore_id);

 private:
  Access& access_;
};

}  // namespace assay::store
