// The audit log: reading, exporting, and how long it is kept.

#include "store/audit.h"

#include "api/audit_retention.h"
#include "api/paging.h"
#include "api/route.h"
#include "api/schema_check.h"
#include "api/shapes/audit_entry.h"
#include "base/fields.h"

namespace assay::api::rest {
namespace {

constexpr int64_t kMostAtOnce = 100'000;  // entries of one export; about 50 MB

struct Settings {
  std::optional<int64_t> retention_days;
};

const Fields<Settings>& SettingsFields() {
  static const Fields<Settings> fields = {
      Optional("retention_days", &Settings::retention_days,
               "Older entries are deleted within the hour; null: never."),
  };
  return fields;
}

Shape SettingsShape() {
  return {.name = "AuditSettings",
          .schema = Constrain(SettingsFields().Schema(),
                              {{"retention_days", {{"minimum", 1}, {"maximum", 36500}}}})};
}

store::AuditFilter FilterOf(const Query& query) {
  return {.user_ids = query.Integers("user"),
          .entity_types = query.Texts("entity_type"),
          .entity_ids = query.Integers("entity_id"),
          .actions = query.Texts("action"),
          .created_from = query.Time("start_date"),
          .created_to = query.Time("end_date")};
}

Answer<Reply> List(const Call& call) {
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::AuditLog(call.database()).List(FilterOf(call.query), page));
  std::vector<Json> items;
  for (const store::AuditEntry& entry : found.items) items.push_back(PrintAuditEntry(entry));
  return Ok(PrintPage(std::move(items), found.total, page));
}

Answer<Reply> Export(const Call& call) {
  const int64_t limit = call.query.Integer("limit").value_or(kMostAtOnce);
  API_TRY(auto entries, store::AuditLog(call.database())
                            .After(FilterOf(call.query),
                                   call.query.Integer("after_id").value_or(0), limit + 1));
  Reply reply;
  if (static_cast<int64_t>(entries.size()) > limit) {
    entries.pop_back();
    reply.headers.push_back({"X-Next-After-Id", std::to_string(entries.back().id)});
  }
  const bool is_csv = call.query.Text("format") == "csv";
  reply.content_type = is_csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
  reply.text = is_csv ? PrintAuditCsv(entries) : PrintAuditJsonLines(entries);
  return reply;
}

Answer<Reply> GetSettings(const Call& call) {
  API_TRY(const auto days, AuditRetentionDays(call.database()));
  return Ok(SettingsFields().Print({.retention_days = days}));
}

Answer<Reply> PutSettings(const Call& call) {
  API_TRY(const Settings settings,
          At({"body"}, SettingsFields().Parse(call.body, UnknownKeys::kIgnore)));
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) {
    return SetAuditRetentionDays(transaction, settings.retention_days);
  }));
  return GetSettings(call);
}

std::vector<QueryParameter> Filters() {
  std::vector<std::string> types;
  for (const store::EntityType type : store::AllEntityTypes()) {
    types.emplace_back(store::EntityTypeName(type));
  }
  return {
      {.name = "user",
       .type = ParameterType::kInteger,
       .doc = "Only what these users did.",
       .repeats = true},
      {.name = "entity_type",
       .doc = "Only what was done to things of these types.",
       .repeats = true,
       .allowed = std::move(types)},
      {.name = "entity_id",
       .type = ParameterType::kInteger,
       .doc = "Only what was done to things of these ids.",
       .repeats = true},
      {.name = "action",
       .doc = "Only these actions.",
       .repeats = true,
       .allowed = store::AllAuditActions()},
      {.name = "start_date", .type = ParameterType::kTime, .doc = "Only what was done since."},
      {.name = "end_date",
       .type = ParameterType::kTimeUntil,
       .doc = "Only what was done until."}};
}

std::vector<QueryParameter> With(std::vector<QueryParameter> parameters,
                                 const std::vector<QueryParameter>& more) {
  parameters.insert(parameters.end(), more.begin(), more.end());
  return parameters;
}

}  // namespace

RouteGroup audit() {
  const AnswerDocumentation settings{.description = "The settings.", .shape = SettingsShape()};
  return {
      .title = "Audit",
      .routes = {{.method = "GET",
                  .path = "/api/audit",
                  .summary = "Lists who changed what, newest first.",
                  .access = Access::kAdmin,
                  .query = With(PagingParameters(), Filters()),
                  .answers = {{.description = "A page of entries.",
                               .shape = AuditEntryShape(),
                               .form = AnswerDocumentation::Form::kPage}},
                  .handle = List},
                 {.method = "GET",
                  .path = "/api/audit/export",
                  .summary = "Exports the log, oldest first. When there is more, the header "
                             "X-Next-After-Id says where to go on.",
                  .access = Access::kAdmin,
                  .query = With({{.name = "format",
                                  .doc = "JSON Lines when absent.",
                                  .allowed = {"csv", "jsonl"}},
                                 {.name = "after_id",
                                  .type = ParameterType::kInteger,
                                  .doc = "Only entries with greater ids."},
                                 {.name = "limit",
                                  .type = ParameterType::kInteger,
                                  .doc = "At most so many; 100000 when absent.",
                                  .minimum = 1,
                                  .maximum = kMostAtOnce}},
                                Filters()),
                  .answers = {{.description = "The entries, as JSON Lines or CSV.",
                               .content_type = "application/x-ndjson"}},
                  .handle = Export},
                 {.method = "GET",
                  .path = "/api/audit/settings",
                  .summary = "Shows how long the log is kept.",
                  .access = Access::kAdmin,
                  .answers = {settings},
                  .handle = GetSettings},
                 {.method = "PUT",
                  .path = "/api/audit/settings",
                  .summary = "Says how long the log is kept.",
                  .access = Access::kAdmin,
                  .body = BodyDocumentation{.shape = SettingsShape()},
                  .answers = {settings},
                  .handle = PutSettings}}};
}

}  // namespace assay::api::rest
