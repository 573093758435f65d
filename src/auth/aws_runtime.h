// The process's AWS Common Runtime: its event loops, name resolver and connection starter.
//
// Only for the .cc files that speak to the runtime (credentials, object store); nothing of it
// shows in the headers that other modules include.

#pragma once

#include <aws/common/byte_buf.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::auth {

/// One per process, made by the first call of Get(). It is never torn down: its threads are
/// idle when nothing is asked of them, and ending them while the process exits would make every
/// owner of a client wait for its connections.
class AwsRuntime {
 public:
  /// kResourceLimit if the threads cannot be started. Thread-safe.
  static Result<AwsRuntime*> Get();

  aws_allocator* allocator() const { return allocator_; }
  aws_client_bootstrap* bootstrap() const { return bootstrap_; }

  /// Returns once every event loop has run all that was put on it before the call. Used to know
  /// that a cancelled transfer writes no more. Must not be called on an event loop.
  void DrainEventLoops() const;

 private:
  AwsRuntime() = default;

  aws_allocator* allocator_ = nullptr;
  aws_event_loop_group* event_loops_ = nullptr;
  aws_host_resolver* resolver_ = nullptr;
  aws_client_bootstrap* bootstrap_ = nullptr;
};

/// Makes the runtime's error texts and parsers usable without starting threads. Thread-safe;
/// AwsRuntime does it by itself.
void InitialiseAwsLibraries();

/// Borrows `text` for a call into the runtime.
inline aws_byte_cursor ToCursor(std::string_view text) {
  return aws_byte_cursor_from_array(text.data(), text.size());
}

inline std::string ToString(const aws_byte_cursor& cursor) {
  return cursor.len == 0 ? std::string()
                         : std::string(reinterpret_cast<const char*>(cursor.ptr), cursor.len);
}

/// Owns an object of the runtime: `AwsHandle<aws_http_message, aws_http_message_release>`.
template <auto release>
struct AwsRelease {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
template <class T, auto release>
using AwsHandle = std::unique_ptr<T, AwsRelease<release>>;

}  // namespace assay::auth
