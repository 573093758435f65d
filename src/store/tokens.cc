#include "store/tokens.h"

#include <fmt/format.h>

#include "store/sql/change.h"
#include "store/sql/statement.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, uuid, user_id, name, created, expiration, last_used, revoked, kind FROM tokens";

std::vector<Token> ReadAll(soci::session& session, const std::string& text,
                           const sql::Values& values) {
  std::vector<Token> tokens;
  Token row;
  std::string kind;
  sql::Select select(session, text, values);
  select.Into(row.id, row.uuid, row.user_id, row.name, row.created, row.expiration,
              row.last_used, row.revoked, kind);
  while (select.Next()) {
    row.kind =
        kind == TokenKindName(TokenKind::kSession) ? TokenKind::kSession : TokenKind::kPersonal;
    tokens.push_back(row);
  }
  return tokens;
}

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no token {}", id));
}

Result<Token> Find(soci::session& session, int64_t id) {
  auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
  if (found.empty()) return Missing(id);
  return std::move(found.front());
}

}  // namespace

const char* TokenKindName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kPersonal: return "personal";
    case TokenKind::kSession: return "session";
  }
  return "";
}

Result<Token> Tokens::Create(Token token) {
  return access_.Write([&](soci::session& session) -> Result<Token> {
    sql::Change change(access_, session, EntityType::kToken);
    token.id =
        sql::Insert(session,
                    "INSERT INTO tokens (uuid, user_id, name, created, expiration, last_used, "
                    "revoked, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    {token.uuid, token.user_id, token.name, token.created, token.expiration,
                     token.last_used, token.revoked, TokenKindName(token.kind)});
    // Logins are logged as such.
    if (token.kind == TokenKind::kPersonal) change.Record("create", token.id);
    return token;
  });
}

Result<Token> Tokens::Get(int64_t id) {
  return access_.Read([&](soci::session& session) { return Find(session, id); });
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
    return ReadAll(session,
                   std::string(kColumns) + " WHERE user_id = ? AND kind = ? ORDER BY id",
                   {user_id, TokenKindName(TokenKind::kPersonal)});
  });
}

Status Tokens::SetRevoked(int64_t id, bool revoked) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kToken, id);
    if (sql::Run(session, "UPDATE tokens SET revoked = ? WHERE id = ?", {revoked, id}) == 0) {
      return Missing(id);
    }
    change.Record(revoked ? "revoke" : "restore");
    return {};
  });
}

Status Tokens::Revoke(int64_t id) {
  return SetRevoked(id, true);
}

Status Tokens::Restore(int64_t id) {
  return SetRevoked(id, false);
}

Status Tokens::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_TRY(const Token token, Find(session, id));
    if (token.kind == TokenKind::kPersonal && !token.revoked) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("the token is in use; revoke it first: {}", token.name));
    }
    sql::Change change(access_, session, EntityType::kToken, id);
    sql::Run(session, "DELETE FROM tokens WHERE id = ?", {id});
    if (token.kind == TokenKind::kPersonal) change.Record("delete");
    return {};
  });
}

Result<int64_t> Tokens::DeleteExpiredSessions(Timestamp now, int64_t limit) {
  return access_.Write([&](soci::session& session) -> Result<int64_t> {
    return sql::Run(session,
                    "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE kind = ? AND "
                    "expiration < ? LIMIT ?)",
                    {TokenKindName(TokenKind::kSession), now, limit});
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
