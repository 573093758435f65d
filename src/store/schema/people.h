// Passwords, sessions, which settings are secret, and the audit log.

#pragma once

#include <string_view>

namespace assay::store::schema {

inline constexpr std::string_view kPeople = R"sql(
ALTER TABLE users ADD COLUMN is_active BIGINT NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN password_is_one_time BIGINT NOT NULL DEFAULT 0;
INSERT INTO team_members (team_id, user_id)
  SELECT teams.id, users.id FROM teams CROSS JOIN users WHERE teams.name = 'Public' AND NOT EXISTS
    (SELECT 1 FROM team_members WHERE team_id = teams.id AND user_id = users.id);
ALTER TABLE settings ADD COLUMN is_secret BIGINT NOT NULL DEFAULT 0;
UPDATE settings SET is_secret = 1 WHERE name = 'master_key_check';
ALTER TABLE tokens ADD COLUMN kind TEXT NOT NULL DEFAULT 'personal';
CREATE TABLE audit_entries (
  id {id},
  created BIGINT NOT NULL,
  user_id BIGINT,
  user_name TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  entity_type TEXT NOT NULL,
  entity_id BIGINT NOT NULL,
  entity_name TEXT NOT NULL,
  before_change TEXT,
  after_change TEXT
);
CREATE INDEX audit_entries_by_created ON audit_entries (created);
CREATE INDEX audit_entries_by_entity ON audit_entries (entity_type, entity_id, id);
CREATE INDEX audit_entries_by_user ON audit_entries (user_id, id);
)sql";

}  // namespace assay::store::schema
