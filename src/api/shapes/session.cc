#include "api/shapes/session.h"

#include "api/shapes/people.h"

namespace assay::api {
namespace {

struct View {
  std::string token;
  std::optional<Timestamp> expires;
  Json user;
};

const Fields<View>& ViewFields() {
  static const Fields<View> fields = {
      Required("token", &View::token, "Goes into 'Authorization: Bearer <token>'."),
      Required("expires", &View::expires, "When to log in again."),
      Required("user", &View::user, "Who logged in."),
  };
  return fields;
}

}  // namespace

Shape SessionShape() {
  Json schema = ViewFields().Schema();
  schema["properties"]["user"] = UserShape().schema;
  return {.name = "Session", .schema = std::move(schema)};
}

Result<Json> PrintSession(store::Access& access, const IssuedToken& session,
                          const store::User& user) {
  ASSAY_TRY(const auto printed, PrintUsers(access, {user}));
  return ViewFields().Print({.token = session.text.Reveal(),
                             .expires = session.record.expiration,
                             .user = printed.front()});
}

}  // namespace assay::api
