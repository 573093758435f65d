#include "net/url.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::net {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Calls `use` with each part of `text` between separators, empty ones included.
template <class Use>
Status ForEachPart(std::string_view text, char separator, Use use) {
  while (true) {
    const size_t end = std::min(text.find(separator), text.size());
    ASSAY_RETURN_IF_ERROR(use(text.substr(0, end)));
    if (end == text.size()) return {};
    text.remove_prefix(end + 1);
  }
}

Result<std::string> FormDecode(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return PercentDecode(spaced);
}

}  // namespace

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '-' || c == '_' || c == '.' || c == '~';
}

std::string PercentEncode(std::string_view text, SlashEncoding slash) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (IsUnreserved(c) || (c == '/' && slash == SlashEncoding::kKeep)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kDigits[byte >> 4];
      encoded += kDigits[byte & 15];
    }
  }
  return encoded;
}

Result<std::string> PercentDecode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return Fail(
          ErrorKind::kInvalidInput,
          fmt::format("two hexadecimal digits must follow '%' in the URL, at byte {}", i));
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

Result<std::vector<std::string>> SplitPath(std::string_view path) {
  std::vector<std::string> segments;
  ASSAY_RETURN_IF_ERROR(ForEachPart(path, '/', [&](std::string_view part) -> Status {
    if (part.empty()) return {};
    ASSAY_TRY(std::string segment, PercentDecode(part));
    segments.push_back(std::move(segment));
    return {};
  }));
  return segments;
}

Result<std::vector<std::pair<std::string, std::string>>> ParseQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  ASSAY_RETURN_IF_ERROR(ForEachPart(query, '&', [&](std::string_view part) -> Status {
    if (part.empty()) return {};
    const size_t equals = std::min(part.find('='), part.size());
    ASSAY_TRY(std::string key, FormDecode(part.substr(0, equals)));
    ASSAY_TRY(std::string value, FormDecode(part.substr(std::min(equals + 1, part.size()))));
    pairs.emplace_back(std::move(key), std::move(value));
    return {};
  }));
  return pairs;
}

}  // namespace assay::net
