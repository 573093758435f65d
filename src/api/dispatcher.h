// From an HTTP request to the handler of its route and back.

#pragma once

#include <span>

#include "api/route.h"

namespace assay::api {

/// Finds the route; then in this order: 404 or 405 when there is none, 401, 403 (the role), 422
/// (path, query, body), 404 or 403 (the teams), the handler. Thread-safe.
class Dispatcher {
 public:
  Dispatcher(std::span<const RouteGroup> groups, Dependencies& dependencies);

  net::HttpResponse Handle(const net::HttpRequest& request) const;

 private:
  struct Entry {
    const Route* route;
    std::vector<std::string> segments;  // of its path; "{name}" takes any
  };
  struct Match {
    const Route* route;
    std::map<std::string, std::string> parameters;
  };

  Answer<Match> Find(const std::string& method, const std::vector<std::string>& path) const;
  Answer<Reply> Run(const net::HttpRequest& request) const;

  std::vector<Entry> entries_;
  Dependencies& dependencies_;
};

}  // namespace assay::api
