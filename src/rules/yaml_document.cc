#include "rules/yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "base/utf8.h"

namespace assay::rules {
namespace {

/// A plain key of this name holds a mapping, or a list of them, whose keys are added to those
/// that are given beside it.
constexpr std::string_view kMergeKey = "<<";

size_t BytesOf(const YamlNode& node) {
  size_t bytes = sizeof(YamlNode) + node.key.size() + node.text.size();
  for (const YamlNode& child : node.children) bytes += BytesOf(child);
  return bytes;
}

/// Levels of sequences and mappings.
size_t DepthOf(const YamlNode& node) {
  size_t depth = 0;
  for (const YamlNode& child : node.children) depth = std::max(depth, DepthOf(child));
  return depth + (node.IsScalar() || node.kind == YamlNode::Kind::kNull ? 0 : 1);
}

YAML::Mark MarkOf(const YamlNode& node) {
  YAML::Mark mark;
  mark.line = node.line - 1;
  return mark;
}

/// Builds the trees. Faults are thrown as the parser's own exception, which ReadYaml catches.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const YamlLimits& limits) : limits_(limits) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++document_count_ > limits_.max_documents) {
      Refuse(mark, fmt::format("more than {} documents", limits_.max_documents));
    }
    anchored_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    AddScalar(mark, anchor, {.kind = YamlNode::Kind::kNull});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) Refuse(mark, "an alias stands in what it names");
    if (open_.size() + DepthOf(found->second) > limits_.max_depth) RefuseDepth(mark);
    YamlNode node = Copy(mark, found->second);
    node.line = LineOf(mark);
    if (!ExpectsKey()) return Add(std::move(node));
    AddKey(mark, std::move(node));
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
    YAML::anchor_t anchor = 0;
    std::set<std::string> keys;      // of a mapping
    std::optional<std::string> key;  // read, waiting for its value
    bool key_merges = false;
    std::vector<YamlNode> merged = {};  // mappings, in the order in which their keys count
  };

  [[noreturn]] static void Refuse(const YAML::Mark& mark, const std::string& message) {
    throw YAML::ParserException(mark, message);
  }
  [[noreturn]] void RefuseDepth(const YAML::Mark& mark) const {
    Refuse(mark, fmt::format("nested deeper than {} levels", limits_.max_depth));
  }
  int LineOf(const YAML::Mark& mark) {
    if (mark.line >= 0) last_line_ = mark.line + 1;
    return last_line_;
  }
  bool ExpectsKey() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMapping &&
           !open_.back().key;
  }

  YamlNode Copy(const YAML::Mark& mark, const YamlNode& node) {
    copied_bytes_ += BytesOf(node);
    if (copied_bytes_ > limits_.max_copied_bytes) {
      Refuse(mark, fmt::format("anchors and aliases stand for more than {} bytes",
                               limits_.max_copied_bytes));
    }
    return node;
  }
  void Remember(const YAML::Mark& mark, YAML::anchor_t anchor, const YamlNode& node) {
    if (anchor != 0) anchored_.insert_or_assign(anchor, Copy(mark, node));
  }

  void AddScalar(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode node) {
    node.line = LineOf(mark);
    Remember(mark, anchor, node);
    if (!ExpectsKey()) return Add(std::move(node));
    AddKey(mark, std::move(node));
  }

  void AddKey(const YAML::Mark& mark, YamlNode node) {
    if (node.kind == YamlNode::Kind::kNull) Refuse(mark, "a key is missing before ':'");
    if (!node.IsScalar()) Refuse(mark, "a key must be a text");
    OpenNode& mapping = open_.back();
    mapping.key_merges = node.kind == YamlNode::Kind::kPlain && node.text == kMergeKey;
    if (!mapping.keys.insert(node.text).second)
      Refuse(mark, fmt::format("key is given twice: '{}'", node.text));
    mapping.key = std::move(node.text);
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    if (!tag.empty() && tag != "?") Refuse(mark, "tags are not supported: " + tag);
    if (ExpectsKey()) Refuse(mark, "a key must be a text");
    if (open_.size() == limits_.max_depth) RefuseDepth(mark);
    open_.push_back({.node = {.kind = kind, .line = LineOf(mark)},
                     .anchor = anchor,
                     .keys = {},
                     .key = {}});
  }

  void Close() {
    OpenNode closed = std::move(open_.back());
    open_.pop_back();
    for (YamlNode& mapping : closed.merged) {
      for (YamlNode& child : mapping.children) {
        if (closed.keys.insert(child.key).second)
          closed.node.children.push_back(std::move(child));
      }
    }
    Remember(MarkOf(closed.node), closed.anchor, closed.node);
    Add(std::move(closed.node));
  }

  void Add(YamlNode node) {
    if (open_.empty()) {
      if (node.kind != YamlNode::Kind::kNull) documents_.push_back(std::move(node));
      return;
    }
    OpenNode& parent = open_.back();
    if (parent.key && parent.key_merges) return Merge(std::move(node), parent);
    node.key = parent.key ? *std::exchange(parent.key, std::nullopt) : "";
    parent.node.children.push_back(std::move(node));
  }

  static void Merge(YamlNode node, OpenNode& parent) {
    parent.key.reset();
    if (node.kind != YamlNode::Kind::kSequence) {
      parent.merged.push_back(std::move(node));
    } else {
      std::ranges::move(node.children, std::back_inserter(parent.merged));
    }
    for (const YamlNode& merged : parent.merged) {
      if (merged.kind != YamlNode::Kind::kMapping)
        Refuse(MarkOf(merged), "<< must be a mapping, or a list of mappings");
    }
  }

  const YamlLimits limits_;
  size_t document_count_ = 0;
  size_t copied_bytes_ = 0;
  int last_line_ = 1;
  std::map<YAML::anchor_t, YamlNode> anchored_;  // of the document
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
