// LIKE and regular expressions.

#include <fmt/format.h>

#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"
#include "plan/like_pattern.h"
#include "plan/portable_pattern.h"

namespace assay::plan::dialects {
namespace {

Result<std::string> PrintLike(const Typed& call, const Arguments& arguments) {
  // Trino refuses faulty patterns otherwise than Spark.
  if (!IsLiteral(call.arguments[1], LiteralKind::kString))
    return TrinoLacks(call, "a pattern out of a field");
  const std::string escape = arguments.size() == 3 ? call.arguments[2].literal.text : "\\";
  ASSAY_TRY(const std::vector<LikePiece> pieces,
            ParseLikePattern(call.arguments[1].literal.text, escape[0]));
  const std::string pattern = TrinoString(PrintLikePattern(pieces, LikeEscapes::kBackslash));
  if (call.function->name == "like")
    return fmt::format("({} LIKE {} ESCAPE '\\')", arguments[0], pattern);
  return fmt::format("(lower({}) LIKE lower({}) ESCAPE '\\')", arguments[0], pattern);
}

Result<PortablePattern> PatternOf(const Typed& call) {
  Result<PortablePattern> pattern = MakePortable(call.arguments[1].literal.text);
  if (!pattern) return FailWithin(call.function->name, pattern.error());
  return pattern;
}

Result<std::string> PrintRegexMatch(const Typed& call, const Arguments& arguments) {
  ASSAY_TRY(const PortablePattern pattern, PatternOf(call));
  return fmt::format("regexp_like({}, {})", arguments[0], TrinoString(pattern.text));
}

/// Groups stay "$1"; what could be taken for more of their number or for a group is escaped.
std::string EngineReplacement(const std::string& replacement) {
  std::string result;
  for (size_t i = 0; i < replacement.size(); ++i) {
    const bool followed = i + 1 < replacement.size();
    if (replacement[i] == '$' && followed) {
      result += '$';
      result += replacement[++i];
      continue;
    }
    if (replacement[i] == '\\' && followed) ++i;
    const char c = replacement[i];
    if (c == '$' || c == '\\' || (c >= '0' && c <= '9')) result += '\\';
    result += c;
  }
  return result;
}

Result<std::string> PrintRegexReplace(const Typed& call, const Arguments& arguments) {
  ASSAY_TRY(const PortablePattern pattern, PatternOf(call));
  if (pattern.may_match_empty) return TrinoLacks(call, "a pattern that may match nothing");
  return fmt::format("regexp_replace({}, {}, {})", arguments[0], TrinoString(pattern.text),
                     TrinoString(EngineReplacement(call.arguments[2].literal.text)));
}

/// Empty where nothing matches, but null for null.
Result<std::string> PrintRegexExtract(const Typed& call, const Arguments& arguments) {
  ASSAY_TRY(const PortablePattern pattern, PatternOf(call));
  return fmt::format("coalesce(regexp_extract({0}, {1}, {2}), substr({0}, 1, 0))", arguments[0],
                     TrinoString(pattern.text), arguments.size() == 3 ? arguments[2] : "1");
}

}  // namespace

OwnCall TrinoPatternCall(std::string_view function) {
  if (function == "like" || function == "ilike") return PrintLike;
  if (function == "rlike") return PrintRegexMatch;
  if (function == "regexp_replace") return PrintRegexReplace;
  if (function == "regexp_extract") return PrintRegexExtract;
  return nullptr;
}

}  // namespace assay::plan::dialects
