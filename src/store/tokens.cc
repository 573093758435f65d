#include "store/tokens.h"

#include <fmt/format.h>

#include "store/sql/statement.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, uuid, user_id, name, created, expiration, last_used, revoked FROM tokens";

std::vector<Token> ReadAll(soci::session& session, const std::string& text,
                           const sql::Values& values) {
  std::vector<Token> tokens;
  Token row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.uuid, row.user_id, row.name, row.created, row.expiration,
              row.last_used, row.revoked);
  while (select.Next()) tokens.push_back(row);
  return tokens;
}

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no token {}", id));
}

}  // namespace

Result<Token> Tokens::Create(Token token) {
  return access_.Write([&](soci::session& session) -> Result<Token> {
    token.id = sql::Insert(session,
                           "INSERT INTO tokens (uuid, user_id, name, created, expiration, "
                           "last_used, revoked) VALUES (?, ?, ?, ?, ?, ?, ?)",
                           {token.uuid, token.user_id, token.name, token.created,
                            token.expiration, token.last_used, token.revoked});
    return token;
  });
}

Result<Token> Tokens::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<Token> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
    if (found.empty()) return Missing(id);
    return std::move(found.front());
  });
}

Result<Token> Tokens::FindByUuid(const std::string& uuid) {
  return access_.Read([&](soci::session& session) -> Result<Token> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE uuid = ?", {uuid});
    if (found.empty()) return Fail(ErrorKind::kNotFound, "no such token");
    return std::move(found.front());
  });
}

Result<std::vector<Token>> Tokens::List(int64_t user_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<Token>> {
    return ReadAll(session, std::string(kColumns) + " WHERE user_id = ? ORDER BY id",
                   {user_id});
  });
}

Status Tokens::Revoke(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "UPDATE tokens SET revoked = 1 WHERE id = ?", {id}) == 0) {
      return Missing(id);
    }
    return {};
  });
}

Status Tokens::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "DELETE FROM tokens WHERE id = ?", {id}) == 0) return Missing(id);
    return {};
  });
}

Status Tokens::Touch(int64_t id, Timestamp now) {
  const Timestamp recent = now - std::chrono::minutes(1);
  ASSAY_TRY(const Token token, Get(id));
  if (token.last_used && *token.last_used > recent) return {};
  return access_.WriteIfFree([&](soci::session& session) -> Status {
    sql::Run(session, "UPDATE tokens SET last_used = ? WHERE id = ?", {now, id});
    return {};
  });
}

}  // namespace assay::store
