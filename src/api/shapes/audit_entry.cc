#include "api/shapes/audit_entry.h"

#include "api/schema_check.h"
#include "base/fields.h"

namespace assay::api {
namespace {

struct View {
  int64_t id = 0;
  Timestamp created{};
  std::optional<int64_t> user_id;
  std::string user;
  std::string address;
  std::string action;
  std::string entity_type;
  int64_t entity_id = 0;
  std::string entity_name;
  Json before;
  Json after;
};

const Fields<View>& ViewFields() {
  static const Fields<View> fields = {
      Required("id", &View::id, "Its id."),
      Required("created", &View::created, "When it was done."),
      Optional("user_id", &View::user_id, "Who did it; null: the server's command line."),
      Required("user", &View::user, "Their name at that time."),
      Required("address", &View::address, "Where the request came from."),
      Required("action", &View::action, "What was done: create, update, delete, ..."),
      Required("entity_type", &View::entity_type, "To what: connection, datastore, ..."),
      Required("entity_id", &View::entity_id, "Its id; 0 for settings."),
      Required("entity_name", &View::entity_name, "Its name at that time."),
      Optional("before", &View::before,
               "The values that changed, as they were; secrets are ***."),
      Optional("after", &View::after, "The values that changed, as they then were."),
  };
  return fields;
}

std::string Cell(const Json& value) {
  if (value.is_null()) return "";
  std::string text = value.is_string() ? value.get<std::string>() : PrintJson(value);
  if (value.is_string() && text.find_first_of("=+-@\t\r") == 0) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

Shape AuditEntryShape() {
  const Json values = {{"type", "object"}, {"nullable", true}};
  return {.name = "AuditEntry",
          .schema = Constrain(ViewFields().Schema(), {{"before", values}, {"after", values}})};
}

Json PrintAuditEntry(const store::AuditEntry& entry) {
  return ViewFields().Print({.id = entry.id,
                             .created = entry.created,
                             .user_id = entry.user_id,
                             .user = entry.user_name,
                             .address = entry.address,
                             .action = entry.action,
                             .entity_type = entry.entity_type,
                             .entity_id = entry.entity_id,
                             .entity_name = entry.entity_name,
                             .before = entry.before,
                             .after = entry.after});
}

std::string PrintAuditCsv(const std::vector<store::AuditEntry>& entries) {
  std::string text;
  const Json schema = ViewFields().Schema();
  for (const auto& [name, unused] : schema["properties"].items()) {
    text += (text.empty() ? "" : ",") + name;
  }
  text += "\r\n";
  for (const store::AuditEntry& entry : entries) {
    std::string line;
    const Json printed = PrintAuditEntry(entry);
    for (const auto& [name, value] : printed.items()) {
      line += (name == "id" ? "" : ",") + Cell(value);
    }
    text += line + "\r\n";
  }
  return text;
}

std::string PrintAuditJsonLines(const std::vector<store::AuditEntry>& entries) {
  std::string text;
  for (const store::AuditEntry& entry : entries)
    text += PrintJson(PrintAuditEntry(entry)) + "\n";
  return text;
}

}  // namespace assay::api
