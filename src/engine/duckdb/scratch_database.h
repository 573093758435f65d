// A table of the session that every connection sees.

#pragma once

#include <memory>
#include <string>

#include "engine/session.h"

namespace assay::engine {

/// A database in memory for one table, which may spill. All connections of the session see the
/// table once it is made, also one whose transaction began before, because a transaction takes
/// its view of a database when it first reads from it: so a second table would stay unseen.
/// Gone with its scope.
class ScratchDatabase {
 public:
  static Result<std::unique_ptr<ScratchDatabase>> Open(Session& session);
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  /// The name of the table. A statement of the caller makes it, on a connection that is in no
  /// transaction.
  std::string Table() const { return name_ + ".copy"; }

 private:
  ScratchDatabase(Session& session, std::string name);

  Session& session_;
  const std::string name_;
};

}  // namespace assay::engine
