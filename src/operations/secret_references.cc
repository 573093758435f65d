#include "operations/secret_references.h"

#include <fmt/format.h>

#include <functional>
#include <optional>

#include "operations/secrets_manager.h"

namespace assay::operations {
namespace {

constexpr std::string_view kOpening = "${";
constexpr const char* kOwnProperty = "secrets_manager";

bool IsOwnSecret(const std::string& name) {
  return name == "credentials_payload" || name == "secrets_manager_headers";
}

/// A text cut into its plain parts and its references.
struct Part {
  std::string text;  // or the key
  bool is_reference = false;
};

Result<std::vector<Part>> Split(std::string_view text) {
  std::vector<Part> parts;
  while (!text.empty()) {
    const size_t start = std::min(text.find(kOpening), text.size());
    if (start > 0) parts.push_back({.text = std::string(text.substr(0, start))});
    if (start == text.size()) break;
    text.remove_prefix(start + kOpening.size());
    const size_t end = text.find('}');
    if (end == std::string_view::npos) {
      return Fail(ErrorKind::kInvalidInput, "a reference ${key} has no closing brace");
    }
    if (end == 0) return Fail(ErrorKind::kInvalidInput, "a reference ${key} has no key");
    parts.push_back({.text = std::string(text.substr(0, end)), .is_reference = true});
    text.remove_prefix(end + 1);
  }
  return parts;
}

/// Calls `visit` with the name ("parameters.region") and value of every text that may refer to
/// secrets, until one fails. It may replace the value.
Status VisitTexts(Json& value, const std::string& name,
                  const std::function<Status(Json&)>& visit) {
  if (value.is_string()) {
    const Status status = visit(value);
    if (!status) return FailWithin(name, status.error());
    return {};
  }
  if (!value.is_object() && !value.is_array()) return {};
  size_t index = 0;
  for (auto& [key, child] : value.items()) {
    const std::string step = value.is_object() ? key : std::to_string(++index);
    ASSAY_RETURN_IF_ERROR(VisitTexts(child, name.empty() ? step : name + "." + step, visit));
  }
  return {};
}

Status VisitConnection(store::Connection& connection,
                       const std::function<Status(Json&)>& visit) {
  for (auto& [key, value] : connection.properties.items()) {
    if (key != kOwnProperty) ASSAY_RETURN_IF_ERROR(VisitTexts(value, key, visit));
  }
  for (auto& [name, secret] : connection.secrets) {
    if (IsOwnSecret(name)) continue;
    Json value = secret.Reveal();
    ASSAY_RETURN_IF_ERROR(VisitTexts(value, name, visit));
    secret = Secret(value.is_string() ? value.get<std::string>() : PrintJson(value));
  }
  return {};
}

/// The secret as it was read, and how to fill it in.
class Resolver {
 public:
  Resolver(const store::Connection& connection, const std::stop_token& stop)
      : connection_(connection), stop_(stop) {}

  Status Replace(Json& text) {
    ASSAY_TRY(const std::vector<Part> parts, Split(text.get_ref<const std::string&>()));
    std::string filled;
    for (const Part& part : parts) {
      if (!part.is_reference) {
        filled += part.text;
        continue;
      }
      ASSAY_TRY(const auth::SecretValue value, Find(part.text));
      if (parts.size() == 1 && value.kind == auth::SecretValue::Kind::kJson) {
        auto json = ParseJson(value.text.Reveal());
        // Objects are of use as text only: keys of services come so.
        if (json && !json->is_structured()) {
          text = *std::move(json);
          return {};
        }
      }
      filled += value.text.Reveal();
    }
    text = std::move(filled);
    return {};
  }

 private:
  Result<auth::SecretValue> Find(const std::string& key) {
    if (!values_) {
      auto read = Read();
      if (!read) {
        return FailWithin(fmt::format("cannot resolve ${{{}}}", key), read.error());
      }
      values_ = *std::move(read);
    }
    const auto found = values_->find(key);
    if (found != values_->end()) return found->second;
    return Fail(ErrorKind::kNotFound,
                fmt::format("the secret has no key for ${{{}}}; it has: {}", key, KeyNames()));
  }

  Result<auth::SecretValues> Read() const {
    ASSAY_TRY(const auto store, OpenSecretStore(connection_));
    return store->Read(stop_);
  }

  std::string KeyNames() const {
    std::string names;
    for (const auto& [name, value] : *values_) names += (names.empty() ? "" : ", ") + name;
    return names.empty() ? "none" : names;
  }

  const store::Connection& connection_;
  const std::stop_token& stop_;
  std::optional<auth::SecretValues> values_;
};

}  // namespace

bool HasReference(const std::string& text) {
  return text.find(kOpening) != std::string::npos;
}

Status CheckReferences(const store::Connection& connection) {
  if (!HasSecretsManager(connection)) return {};
  store::Connection copy = connection;
  return VisitConnection(copy, [](Json& text) -> Status {
    ASSAY_RETURN_IF_ERROR(Split(text.get_ref<const std::string&>()));
    return {};
  });
}

Result<store::Connection> ResolveReferences(const store::Connection& connection,
                                            const std::stop_token& stop) {
  store::Connection resolved = connection;
  if (!HasSecretsManager(connection)) return resolved;
  Resolver resolver(connection, stop);
  ASSAY_RETURN_IF_ERROR(
      VisitConnection(resolved, [&](Json& text) { return resolver.Replace(text); }));
  return resolved;
}

}  // namespace assay::operations
