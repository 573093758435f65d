// Error handling for the whole code base: a call that can fail returns Result<T> (or Status).

#pragma once

#include <expected>
#include <string>
#include <utility>

namespace assay {

/// What went wrong, as far as a caller may want to act on it.
///
/// Code branches on the kind only, never on message text. HTTP status and "worth a retry?" are
/// functions of it (see IsRetryable and api/http_status.h).
enum class ErrorKind {
  kInvalidInput,     // the request, option or expression is wrong; repeating it cannot help
  kUnauthenticated,  // no credentials, or not accepted
  kDenied,           // known caller, missing right
  kNotFound,         // the named thing does not exist
  kConflict,         // exists already, or changed under us (ETag, version)
  kRateLimited,      // the other side asked to slow down
  kUnavailable,      // the other side cannot be reached or is failing
  kTimeout,          // a deadline passed
  kCancelled,        // the caller asked to stop
  kUnsupported,      // valid, but not something we (or this engine) can do
  kCorruptData,      // bytes read do not have the format they claim
  kResourceLimit,    // memory, disk or a configured limit is exhausted
  kInternal,         // a bug here
};

/// Stable identifier such as "invalid_input", used in JSON and logs.
const char* ErrorKindName(ErrorKind kind);

/// Whether the same call may succeed later without any change by the caller.
bool IsRetryable(ErrorKind kind);

/// A failure. `message` starts with static text and ends with values; it says what to do next
/// where that is known, and never holds a secret, a value of the data, or a signed URL.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// `return Fail(ErrorKind::kNotFound, fmt::format("no such bucket: {}", name));`
[[nodiscard]] inline std::unexpected<Error> Fail(ErrorKind kind, std::string message) {
  return std::unexpected<Error>(Error{kind, std::move(message)});
}

/// The same failure with `context` put in front: "reading a.parquet: <message>".
[[nodiscard]] inline std::unexpected<Error> FailWithin(const std::string& context,
                                                       const Error& error) {
  return std::unexpected<Error>(Error{error.kind, context + ": " + error.message});
}

}  // namespace assay

#define ASSAY_CONCAT_INNER(a, b) a##b
#define ASSAY_CONCAT(a, b) ASSAY_CONCAT_INNER(a, b)

/// `ASSAY_TRY(const Schema schema, ReadSchema(file));` declares and assigns, or returns the
/// error.
#define ASSAY_TRY(declaration, expression) \
  ASSAY_TRY_IMPLEMENTATION(ASSAY_CONCAT(assay_try_, __LINE__), declaration, expression)
#define ASSAY_TRY_IMPLEMENTATION(temporary, declaration, expression)                    \
  auto temporary = (expression);                                                        \
  if (!temporary) return std::unexpected<::assay::Error>(std::move(temporary).error()); \
  declaration = *std::move(temporary)

/// `ASSAY_RETURN_IF_ERROR(file.Sync());` for calls that return Status.
#define ASSAY_RETURN_IF_ERROR(expression)                                      \
  do {                                                                         \
    if (auto assay_status = (expression); !assay_status)                       \
      return std::unexpected<::assay::Error>(std::move(assay_status).error()); \
  } while (false)
