#include "import/yaml_access.h"

namespace assay::imports {

using rules::YamlNode;

const YamlNode* ChildOf(const YamlNode& node, std::string_view key) {
  if (node.kind != YamlNode::Kind::kMapping) return nullptr;
  for (const YamlNode& child : node.children) {
    if (child.key == key) return &child;
  }
  return nullptr;
}

std::string TextOf(const YamlNode& node, std::string_view key) {
  const YamlNode* child = ChildOf(node, key);
  return child != nullptr && child->IsScalar() ? child->text : "";
}

Parameters ParametersOf(const YamlNode& node) {
  Parameters parameters;
  if (node.kind != YamlNode::Kind::kMapping) return parameters;
  for (const YamlNode& child : node.children) parameters.Add(child.key, YamlToJson(child));
  return parameters;
}

}  // namespace assay::imports
