#include "api/openapi.h"

#include "api/access_reference.h"
#include "api/authorization.h"
#include "api/paging.h"

namespace assay::api {
namespace {

Json Reference(const std::string& name) {
  return {{"$ref", "#/components/schemas/" + name}};
}

Json JsonContent(Json schema) {
  return {{"application/json", {{"schema", std::move(schema)}}}};
}

Json ListOf(Json schema) {
  return {{"type", "array"}, {"items", std::move(schema)}};
}

Json ParameterSchema(const QueryParameter& parameter) {
  Json schema = {{"type", "string"}};
  switch (parameter.type) {
    case ParameterType::kText: break;
    case ParameterType::kInteger: schema = {{"type", "integer"}, {"format", "int64"}}; break;
    case ParameterType::kBoolean: schema = {{"type", "boolean"}}; break;
    case ParameterType::kTime:
    case ParameterType::kTimeUntil: schema["format"] = "date-time"; break;
  }
  if (!parameter.allowed.empty()) schema["enum"] = parameter.allowed;
  if (parameter.minimum) schema["minimum"] = *parameter.minimum;
  if (parameter.maximum) schema["maximum"] = *parameter.maximum;
  return parameter.repeats ? ListOf(std::move(schema)) : schema;
}

/// The names in braces of a path.
std::vector<std::string> PathParameters(const std::string& path) {
  std::vector<std::string> names;
  for (size_t open = path.find('{'); open != std::string::npos;
       open = path.find('{', open + 1)) {
    names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

/// Prints routes and collects the shapes they name.
class Printer {
 public:
  Json Operation(const RouteGroup& group, const Route& route) {
    Json operation = {{"tags", Json::array({group.title})}, {"summary", route.summary}};
    if (route.access == Access::kEveryone) operation["security"] = Json::array();
    if (route.access != Access::kEveryone) {
      operation["x-role"] = RoleName(RoleOf(route.access));
      if (route.permission) {
        operation["x-team-permission"] = store::PermissionName(*route.permission);
      }
    }
    if (Json parameters = Parameters(route); !parameters.empty()) {
      operation["parameters"] = std::move(parameters);
    }
    if (route.body) {
      Json schema = Use(route.body->shape);
      if (route.body->is_list) schema = ListOf(std::move(schema));
      operation["requestBody"] = {{"required", route.body->is_required},
                                  {"content", JsonContent(std::move(schema))}};
    }
    operation["responses"] = Responses(route);
    return operation;
  }

  Json Schemas() { return std::move(schemas_); }

 private:
  Json Use(const Shape& shape) {
    schemas_[shape.name] = shape.schema;
    return Reference(shape.name);
  }

  static Json Parameters(const Route& route) {
    Json parameters = Json::array();
    for (const std::string& name : PathParameters(route.path)) {
      parameters.push_back(
          {{"name", name},
           {"in", "path"},
           {"required", true},
           {"schema", IsNameParameter(name)
                          ? Json::object({{"type", "string"}})
                          : Json::object({{"type", "integer"}, {"format", "int64"}})}});
    }
    for (const QueryParameter& parameter : route.query) {
      parameters.push_back({{"name", parameter.name},
                            {"in", "query"},
                            {"description", parameter.doc},
                            {"schema", ParameterSchema(parameter)}});
    }
    return parameters;
  }

  Json Success(const AnswerDocumentation& answer) {
    Json schema = Use(*answer.shape);
    switch (answer.form) {
      case AnswerDocumentation::Form::kOne: return schema;
      case AnswerDocumentation::Form::kList: return ListOf(std::move(schema));
      case AnswerDocumentation::Form::kPage: break;
    }
    const std::string page_name = answer.shape->name + "Page";
    schemas_[page_name] = PageSchema(std::move(schema));
    return Reference(page_name);
  }

  Json Responses(const Route& route) {
    Json responses = Json::object();
    const auto add_problem = [&](int status, const std::string& description) {
      responses[std::to_string(status)] = {{"description", description},
                                           {"content", JsonContent(Reference("Problem"))}};
    };
    for (const AnswerDocumentation& answer : route.answers) {
      if (!answer.content_type.empty()) {
        responses[std::to_string(answer.status)] = {
            {"description", answer.description},
            {"content", {{answer.content_type, {{"schema", {{"type", "string"}}}}}}}};
      } else if (answer.shape) {
        responses[std::to_string(answer.status)] = {{"description", answer.description},
                                                    {"content", JsonContent(Success(answer))}};
      } else if (answer.status >= 400) {
        add_problem(answer.status, answer.description);
      } else {
        responses[std::to_string(answer.status)] = {{"description", answer.description}};
      }
    }
    if (route.access != Access::kEveryone) {
      add_problem(401, "The access token is missing, not valid, expired or revoked.");
    }
    if (const std::string needs = NeedsOf(route); !needs.empty()) add_problem(403, needs);
    if (route.body || !route.query.empty() || route.path.find('{') != std::string::npos) {
      add_problem(422, "The request does not have the form described here; see `detail`.");
    }
    return responses;
  }

  Json schemas_ = Json::object();
};

Json ProblemSchema() {
  const Json text = {{"type", "string"}};
  const Json fault = {{"type", "object"},
                      {"properties",
                       {{"loc", ListOf({{"oneOf", {text, {{"type", "integer"}}}}})},
                        {"msg", text},
                        {"type", text}}}};
  return {{"type", "object"},
          {"properties", {{"message", text}, {"detail", {{"oneOf", {text, ListOf(fault)}}}}}},
          {"required", {"message", "detail"}}};
}

}  // namespace

std::string OpenApiDocument(std::span<const RouteGroup> groups) {
  Printer printer;
  Json tags = Json::array();
  Json paths = Json::object();
  for (const RouteGroup& group : groups) {
    tags.push_back({{"name", group.title}});
    for (const Route& route : group.routes) {
      std::string method = route.method;
      for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
      paths[route.path][method] = printer.Operation(group, route);
    }
  }
  Json schemas = printer.Schemas();
  schemas["Problem"] = ProblemSchema();
  const Json document = {
      {"openapi", "3.0.3"},
      {"info", {{"title", "Assay"}, {"version", ASSAY_VERSION}}},
      {"security", Json::array({{{"bearer", Json::array()}}})},
      {"tags", std::move(tags)},
      {"paths", std::move(paths)},
      {"components",
       {{"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}}}}},
        {"schemas", std::move(schemas)}}}};
  return PrintJsonIndented(document) + "\n";
}

std::string OpenApiDocument() {
  return OpenApiDocument(AllRouteGroups());
}

}  // namespace assay::api
