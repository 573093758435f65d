#include "store/connections.h"

#include <fmt/format.h>

#include <optional>

#include "base/fields.h"
#include "store/sql/change.h"
#include "store/sql/secret_places.h"
#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, name, type, properties, secrets FROM connections";

Result<std::optional<std::string>> EncryptSecrets(const Connection& connection,
                                                  const Cipher& cipher) {
  if (connection.secrets.empty()) return std::optional<std::string>();
  Json plain = Json::object();
  for (const auto& [name, secret] : connection.secrets) plain[name] = secret.Reveal();
  ASSAY_TRY(std::string text,
            cipher.Encrypt(Secret(PrintJson(plain)), sql::ConnectionPlace(connection.id)));
  return std::optional<std::string>(std::move(text));
}

Result<std::map<std::string, Secret>> DecryptSecrets(int64_t id, const std::string& encrypted,
                                                     const Cipher& cipher) {
  auto plain = cipher.Decrypt(encrypted, sql::ConnectionPlace(id));
  if (!plain) return FailWithin(fmt::format("secrets of connection {}", id), plain.error());
  ASSAY_TRY(const Json json, ParseJson(plain->Reveal()));
  return JsonCodec<std::map<std::string, Secret>>::Parse(json);
}

Result<std::vector<Connection>> ReadAll(soci::session& session, const std::string& text,
                                        const sql::Values& values, const Cipher& cipher) {
  std::vector<Connection> connections;
  Connection row;
  std::optional<std::string> secrets;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.name, row.type, row.properties, secrets);
  while (select.Next()) {
    row.secrets.clear();
    if (secrets) {
      ASSAY_TRY(row.secrets, DecryptSecrets(row.id, *secrets, cipher));
    }
    connections.push_back(row);
  }
  return connections;
}

Result<Connection> Find(soci::session& session, int64_t id, const Cipher& cipher) {
  ASSAY_TRY(auto found,
            ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id}, cipher));
  if (found.empty()) return Fail(ErrorKind::kNotFound, fmt::format("no connection {}", id));
  return std::move(found.front());
}

Status RefuseTakenName(soci::session& session, const Connection& connection) {
  if (sql::SelectInteger(session, "SELECT id FROM connections WHERE name = ? AND id <> ?",
                         {connection.name, connection.id})) {
    return Fail(ErrorKind::kConflict,
                fmt::format("a connection of this name exists already: {}", connection.name));
  }
  return {};
}

const char* SortColumn(ConnectionFilter::Sort sort) {
  switch (sort) {
    case ConnectionFilter::Sort::kId: return "id";
    case ConnectionFilter::Sort::kName: return "name";
    case ConnectionFilter::Sort::kCreated: return "created";
  }
  return "id";
}

}  // namespace

Result<Connection> Connections::Create(Connection connection) {
  return access_.Write([&](soci::session& session) -> Result<Connection> {
    connection.id = 0;
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, connection));
    sql::Change change(access_, session, EntityType::kConnection);
    connection.id = sql::Insert(
        session,
        "INSERT INTO connections (created, name, type, properties) VALUES (?, ?, ?, ?)",
        {connection.created, connection.name, connection.type, connection.properties});
    // Only now is the place known for which the secrets are encrypted.
    ASSAY_TRY(const auto secrets, EncryptSecrets(connection, cipher_));
    sql::Run(session, "UPDATE connections SET secrets = ? WHERE id = ?",
             {secrets, connection.id});
    change.AddSecrets({}, connection.secrets);
    change.Record("create", connection.id);
    return connection;
  });
}

Result<Connection> Connections::Get(int64_t id) {
  return access_.Read(
      [&](soci::session& session) -> Result<Connection> { return Find(session, id, cipher_); });
}

Result<Connection> Connections::FindByName(const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<Connection> {
    ASSAY_TRY(auto found,
              ReadAll(session, std::string(kColumns) + " WHERE name = ?", {name}, cipher_));
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound, fmt::format("no connection of this name: {}", name));
    }
    return std::move(found.front());
  });
}

Status Connections::Update(const Connection& connection) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, connection));
    ASSAY_TRY(const auto before, Find(session, connection.id, cipher_));
    ASSAY_TRY(const auto secrets, EncryptSecrets(connection, cipher_));
    sql::Change change(access_, session, EntityType::kConnection, connection.id);
    change.AddSecrets(before.secrets, connection.secrets);
    if (sql::Run(session,
                 "UPDATE connections SET name = ?, properties = ?, secrets = ? WHERE id = ?",
                 {connection.name, connection.properties, secrets, connection.id}) == 0) {
      return Fail(ErrorKind::kNotFound, fmt::format("no connection {}", connection.id));
    }
    change.Record("update");
    return {};
  });
}

Status Connections::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    std::string users, name;
    sql::Select select(session,
                       "SELECT name FROM datastores WHERE connection_id = ? ORDER BY id", {id});
    select.Into(name);
    while (select.Next()) users += (users.empty() ? "" : ", ") + name;
    if (!users.empty()) {
      return Fail(
          ErrorKind::kConflict,
          fmt::format("the connection is used by datastores; delete them first: {}", users));
    }
    sql::Change change(access_, session, EntityType::kConnection, id);
    if (sql::Run(session, "DELETE FROM connections WHERE id = ?", {id}) == 0) {
      return Fail(ErrorKind::kNotFound, fmt::format("no connection {}", id));
    }
    change.Record("delete");
    return {};
  });
}

Result<Page<Connection>> Connections::List(const ConnectionFilter& filter,
                                           const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Connection>> {
    sql::Where where;
    where.In("id", filter.ids);
    where.Equals("name", filter.name);
    where.Contains("name", filter.search);
    where.In("type", filter.types);
    Page<Connection> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM connections" + where.text(),
                           where.values())
            .value_or(0);
    const std::string order = fmt::format(" ORDER BY {}{}, id", SortColumn(filter.sort),
                                          sql::Direction(filter.order));
    ASSAY_TRY(result.items, ReadAll(session, kColumns + where.text() + order + sql::kPageLimits,
                                    sql::WithPage(where, page), cipher_));
    return result;
  });
}

}  // namespace assay::store
