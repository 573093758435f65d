#include "connectors/folder_levels.h"

#include <algorithm>

#include "connectors/file_ending.h"
#include "connectors/name_tokens.h"
#include "connectors/name_words.h"

namespace assay::connectors {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// "january", "q1", "W05": a part of a date if the level above is one.
bool IsPeriodName(std::string_view level, const NameTokens& tokens) {
  if (IsMonthName(level)) return true;
  if (tokens.tokens.size() != 1 || level.size() > 3) return false;
  const NameToken& token = tokens.tokens[0];
  return token.prefix.size() == 1 && token.suffix.empty() &&
         std::string_view("qwhmdQWHMD").find(token.prefix[0]) != std::string_view::npos;
}

/// Whether a level is nothing but numbers, dates and identifiers. "1.2" is a version, not that.
bool VariesWholly(const NameTokens& tokens) {
  return !tokens.tokens.empty() &&
         std::all_of(tokens.tokens.begin(), tokens.tokens.end(), [](const NameToken& token) {
           return token.varies && token.prefix.empty() && token.suffix.empty() &&
                  token.separator.find('.') == std::string_view::npos;
         });
}

/// "export_2024-01-01" gives "export_*"; short numbers ("client_17") and versions stay.
std::string StarDates(const NameTokens& tokens) {
  constexpr size_t kShortestCertainDate = 6;
  std::string pattern;
  for (const NameToken& token : tokens.tokens) {
    pattern += token.separator;
    const size_t dated_size = token.text.size() - token.prefix.size() - token.suffix.size();
    const bool is_date =
        (token.kind == TokenKind::kDate || token.kind == TokenKind::kDatedWord) &&
        dated_size >= kShortestCertainDate;
    if (token.kind == TokenKind::kId || is_date) {
      pattern.append(token.prefix).append("*").append(token.suffix);
    } else {
      pattern += token.text;
    }
  }
  return pattern.append(tokens.tail);
}

void AppendLevel(std::string& path, std::string_view level) {
  if (!path.empty()) path += '/';
  path += level;
}

}  // namespace

std::string DecodePercent(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[i + 2]) : -1;
    if (low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

FolderLevels ReadFolders(std::string_view folder) {
  FolderLevels levels;
  NameTokens tokens;
  bool below_date = false;
  while (!folder.empty()) {
    const size_t slash = std::min(folder.find('/'), folder.size());
    const std::string_view level = folder.substr(0, slash);
    folder.remove_prefix(std::min(slash + 1, folder.size()));
    if (level.empty()) continue;
    if (levels.reason_to_skip.empty()) levels.reason_to_skip = ReasonToSkipFolder(level);
    const size_t equals = level.find('=');
    if (equals != std::string_view::npos && equals != 0) {
      std::string key = DecodePercent(level.substr(0, equals));
      const auto is_same = [&](const auto& known) { return known.first == key; };
      if (std::none_of(levels.partition_values.begin(), levels.partition_values.end(),
                       is_same)) {
        AppendLevel(levels.pattern_with_keys, key + "=*");
        levels.partition_values.emplace_back(std::move(key),
                                             DecodePercent(level.substr(equals + 1)));
        below_date = false;
        continue;
      }
    }
    CutName(level, tokens);
    const bool varies = VariesWholly(tokens) || (below_date && IsPeriodName(level, tokens));
    const std::string pattern = varies ? "*" : StarDates(tokens);
    AppendLevel(levels.pattern, pattern);
    AppendLevel(levels.pattern_with_keys, pattern);
    below_date = varies;
  }
  return levels;
}

}  // namespace assay::connectors
