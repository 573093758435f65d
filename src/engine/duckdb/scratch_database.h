// Tables of the session that every connection sees.

#pragma once

#include <memory>
#include <string>

#include "engine/session.h"

namespace assay::engine {

/// A database in memory, which may spill. All connections of the session see its tables once
/// they are made, also one whose transaction began before. Gone with its scope.
class ScratchDatabase {
 public:
  static Result<std::unique_ptr<ScratchDatabase>> Open(Session& session);
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  /// A name for a further table. Statements of the caller make it, on a connection that is in
  /// no transaction.
  std::string NewTable();

 private:
  ScratchDatabase(Session& session, std::string name);

  Session& session_;
  const std::string name_;
  int tables_ = 0;
};

}  // namespace assay::engine
