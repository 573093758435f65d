#include "rules/yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <set>
#include <sstream>

#include "base/utf8.h"

namespace assay::rules {
namespace {

/// Builds the trees. Faults are thrown as the parser's own exception, which ReadYaml catches.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const YamlLimits& limits) : limits_(limits) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++document_count_ > limits_.max_documents) {
      Refuse(mark, fmt::format("more than {} documents", limits_.max_documents));
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    AddScalar(mark, anchor, {.kind = YamlNode::Kind::kNull});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Refuse(mark, "aliases are not supported, repeat the value");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool is_plain = tag.empty() || tag == "?";
    const bool is_text = tag == "!" || tag == "tag:yaml.org,2002:str";
    if (!is_plain && !is_text) Refuse(mark, "tags are not supported: " + tag);
    AddScalar(
        mark, anchor,
        {.kind = is_plain ? YamlNode::Kind::kPlain : YamlNode::Kind::kQuoted, .text = value});
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kMapping);
  }
  void OnMapEnd() override { Close(); }

  std::vector<YamlNode> TakeDocuments() { return std::move(documents_); }

 private:
  /// A sequence or mapping whose end has not come yet.
  struct OpenNode {
    YamlNode node;
    std::set<std::string> keys;      // of a mapping
    std::optional<std::string> key;  // read, waiting for its value
  };

  [[noreturn]] static void Refuse(const YAML::Mark& mark, const std::string& message) {
    throw YAML::ParserException(mark, message);
  }
  static void RefuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) Refuse(mark, "anchors are not supported, repeat the value");
  }
  int LineOf(const YAML::Mark& mark) {
    if (mark.line >= 0) last_line_ = mark.line + 1;
    return last_line_;
  }
  bool ExpectsKey() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMapping &&
           !open_.back().key;
  }

  void AddScalar(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode node) {
    RefuseAnchor(mark, anchor);
    node.line = LineOf(mark);
    if (!ExpectsKey()) return Add(std::move(node));
    if (!node.IsScalar()) Refuse(mark, "a key is missing before ':'");
    if (!open_.back().keys.insert(node.text).second) {
      Refuse(mark, fmt::format("key is given twice: '{}'", node.text));
    }
    open_.back().key = std::move(node.text);
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    RefuseAnchor(mark, anchor);
    if (!tag.empty() && tag != "?") Refuse(mark, "tags are not supported: " + tag);
    if (ExpectsKey()) Refuse(mark, "a key must be a text");
    if (open_.size() == limits_.max_depth) {
      Refuse(mark, fmt::format("nested deeper than {} levels", limits_.max_depth));
    }
    open_.push_back({.node = {.kind = kind, .line = LineOf(mark)}, .keys = {}, .key = {}});
  }

  void Close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    Add(std::move(node));
  }

  void Add(YamlNode node) {
    if (open_.empty()) {
      if (node.kind != YamlNode::Kind::kNull) documents_.push_back(std::move(node));
      return;
    }
    OpenNode& parent = open_.back();
    if (parent.key) node.key = *std::exchange(parent.key, std::nullopt);
    parent.node.children.push_back(std::move(node));
  }

  const YamlLimits limits_;
  size_t document_count_ = 0;
  int last_line_ = 1;
  std::vector<OpenNode> open_;
  std::vector<YamlNode> documents_;
};

}  // namespace

Result<std::vector<YamlNode>> ReadYaml(std::string_view text, const YamlLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("larger than {} bytes: {}", limits.max_bytes, text.size()));
  }
  if (!IsUtf8(text)) return Fail(ErrorKind::kInvalidInput, "not UTF-8 text");
  TreeBuilder builder(limits);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    if (error.mark.line < 0) return Fail(ErrorKind::kInvalidInput, error.msg);
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("line {}: {}", error.mark.line + 1, error.msg));
  } catch (const std::exception& error) {
    return Fail(ErrorKind::kInvalidInput, std::string("not YAML: ") + error.what());
  }
  return builder.TakeDocuments();
}

}  // namespace assay::rules
