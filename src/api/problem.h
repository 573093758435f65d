// What a request is answered with when it fails.

#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "net/http_message.h"

namespace assay::api {

/// One thing wrong with what the caller sent, and where: {"body", "teams", 0} or {"query",
/// "page"}.
struct Fault {
  std::vector<Json> location;
  std::string message;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// A failed request. Printed as {"message": text, "detail": text}; when there are faults,
/// `detail` is the list [{loc, msg, type}].
struct Problem {
  int status = 500;
  std::string message;
  std::vector<Fault> faults;
  std::string internal_message;  // for the log only
  std::vector<net::HttpHeader> headers;
  Json more = Json::object();  // further keys of the answer

  /// Of the store, a data store or an operation: see http_status.h. The text of kInternal and
  /// kCorruptData goes to the log and not to the caller.
  Problem(Error error);  // NOLINT(google-explicit-constructor): lets ASSAY_TRY hand errors on
  Problem(int status, std::string message) : status(status), message(std::move(message)) {}

  /// 422; the message is made of the faults.
  static Problem Invalid(std::vector<Fault> faults);
  /// 422 for one key of the body.
  static Problem InvalidKey(const std::string& key, std::string message);

  net::HttpResponse ToResponse() const;
};

/// The same problem of one item of the list that the body is: its faults stand in that item.
Problem OfItem(size_t index, Problem problem);

/// What a handler returns: a value, or why not.
template <class T>
using Answer = std::expected<T, Problem>;

/// `return Refuse(Problem::InvalidKey("teams", "must not be empty"));`
[[nodiscard]] inline std::unexpected<Problem> Refuse(Problem problem) {
  return std::unexpected<Problem>(std::move(problem));
}

/// A value, or 422 at `location` when the error is about the input (kInvalidInput,
/// kUnsupported); other errors stay what they are.
template <class T>
Answer<T> At(std::vector<Json> location, Result<T> result) {
  if (result) {
    if constexpr (std::is_void_v<T>) {
      return {};
    } else {
      return *std::move(result);
    }
  }
  Error& error = result.error();
  if (error.kind != ErrorKind::kInvalidInput) return Refuse(std::move(error));
  return Refuse(Problem::Invalid({{std::move(location), std::move(error.message)}}));
}

}  // namespace assay::api

/// As ASSAY_TRY, for calls that return Answer<T>.
#define API_TRY(declaration, expression) \
  API_TRY_IMPLEMENTATION(ASSAY_CONCAT(api_try_, __LINE__), declaration, expression)
#define API_TRY_IMPLEMENTATION(temporary, declaration, expression)                             \
  auto temporary = (expression);                                                               \
  if (!temporary) return std::unexpected<::assay::api::Problem>(std::move(temporary).error()); \
  declaration = *std::move(temporary)

/// As ASSAY_RETURN_IF_ERROR, for calls that return Answer<void> or Status.
#define API_RETURN_IF_ERROR(expression)                                             \
  do {                                                                              \
    if (auto api_answer = (expression); !api_answer)                                \
      return std::unexpected<::assay::api::Problem>(std::move(api_answer).error()); \
  } while (false)
