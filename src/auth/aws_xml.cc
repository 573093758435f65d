#include "auth/aws_xml.h"

#include <aws/common/xml_parser.h>

#include <algorithm>

#include "auth/aws_runtime.h"

namespace assay::auth {
namespace {

constexpr size_t kMaxDepth = 8;  // the deepest answer we read has 4 levels

struct Reader {
  XmlElement* element;
  const std::set<std::string_view>* with_children;
};

std::string LocalName(const aws_xml_node* node) {
  std::string name = ToString(aws_xml_node_get_name(node));
  const size_t colon = name.find(':');
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

int ReadText(aws_xml_node* node, std::string& text) {
  aws_byte_buf unescaped;
  if (aws_byte_buf_init(&unescaped, aws_default_allocator(), 64) != AWS_OP_SUCCESS)
    return AWS_OP_ERR;
  const int status = aws_xml_node_as_body_unescaped(aws_default_allocator(), node, &unescaped);
  if (status == AWS_OP_SUCCESS) {
    text.assign(reinterpret_cast<const char*>(unescaped.buffer), unescaped.len);
  }
  aws_byte_buf_clean_up(&unescaped);
  return status;
}

int ReadChild(aws_xml_node* node, void* user_data) {
  const Reader& parent = *static_cast<Reader*>(user_data);
  XmlElement& element = parent.element->children.emplace_back();
  element.name = LocalName(node);
  if (!parent.with_children->contains(element.name)) return ReadText(node, element.text);
  Reader reader{&element, parent.with_children};
  return aws_xml_node_traverse(node, ReadChild, &reader);
}

int ReadRoot(aws_xml_node* node, void* user_data) {
  Reader& reader = *static_cast<Reader*>(user_data);
  reader.element->name = LocalName(node);
  return aws_xml_node_traverse(node, ReadChild, &reader);
}

}  // namespace

const XmlElement* XmlElement::Find(std::string_view child) const {
  const auto found = std::ranges::find(children, child, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::string XmlElement::Text(std::string_view child) const {
  const XmlElement* found = Find(child);
  return found == nullptr ? std::string() : found->text;
}

Result<XmlElement> ParseXml(std::string_view document,
                            const std::set<std::string_view>& with_children) {
  InitialiseAwsLibraries();
  XmlElement root;
  Reader reader{&root, &with_children};
  aws_xml_parser_options options{};
  options.doc = ToCursor(document);
  options.max_depth = kMaxDepth;
  options.on_root_encountered = ReadRoot;
  options.user_data = &reader;
  if (document.empty() || aws_xml_parse(aws_default_allocator(), &options) != AWS_OP_SUCCESS ||
      root.name.empty()) {
    return Fail(
        ErrorKind::kCorruptData,
        "the answer is not the XML it should be; check that the endpoint speaks this AWS "
        "service's protocol");
  }
  return root;
}

std::string EscapeXml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace assay::auth
