// Tables of the session that live as long as an object.

#pragma once

#include <string>

#include "engine/profile.h"
#include "engine/session.h"

namespace assay::engine {

/// A table of the session that is dropped at the end of its scope. It may spill.
class ScratchTable {
 public:
  /// Made and read where the dataset of `schema` is read.
  ScratchTable(Session& session, const DatasetSchema& schema);
  ScratchTable(const ScratchTable&) = delete;
  ScratchTable& operator=(const ScratchTable&) = delete;
  ~ScratchTable();
  Session& session() const { return session_; }
  const DatasetSchema& schema() const { return schema_; }
  const std::string& name() const { return name_; }

 private:
  Session& session_;
  const DatasetSchema& schema_;
  const std::string name_;
};

}  // namespace assay::engine
