#include "engine/text_decoder.h"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>

namespace assay::engine {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // U+FEFF

/// Drops a byte order mark from the start of what a conversion yields.
class MarkFilter {
 public:
  void Drop(std::string& text, size_t from) {
    if (is_past_start_ || text.size() == from) return;
    is_past_start_ = true;
    if (std::string_view(text).substr(from).starts_with(kMark)) text.erase(from, kMark.size());
  }

 private:
  bool is_past_start_ = false;
};

class Utf8Decoder final : public TextDecoder {
 public:
  void Decode(std::string_view bytes, InputEnds ends, std::string& text) override {
    const size_t from = text.size();
    if (carried_.empty()) {
      carried_ = bytes.substr(AppendEscaped(bytes, ends, text));
    } else {
      carried_ += bytes;
      carried_.erase(0, AppendEscaped(carried_, ends, text));
    }
    mark_.Drop(text, from);
  }

 private:
  std::string carried_;  // of a sequence that is cut
  MarkFilter mark_;
};

/// By iconv, unit by unit where it finds nothing that the bytes could mean.
class IconvDecoder final : public TextDecoder {
 public:
  IconvDecoder(iconv_t conversion, size_t unit_bytes)
      : conversion_(conversion), unit_bytes_(unit_bytes) {}
  ~IconvDecoder() override { iconv_close(conversion_); }
  IconvDecoder(const IconvDecoder&) = delete;
  IconvDecoder& operator=(const IconvDecoder&) = delete;

  void Decode(std::string_view bytes, InputEnds ends, std::string& text) override {
    const size_t from = text.size();
    carried_ += bytes;
    char* in = carried_.data();
    size_t left = carried_.size();
    while (left > 0) {
      std::array<char, 16384> buffer;
      char* out = buffer.data();
      size_t room = buffer.size();
      const bool failed =
          iconv(conversion_, &in, &left, &out, &room) == static_cast<size_t>(-1);
      const int reason = errno;
      text.append(buffer.data(), buffer.size() - room);
      if (!failed || reason == E2BIG) continue;
      if (reason == EINVAL && ends == InputEnds::kNo) break;  // the end cuts a character
      for (size_t i = 0; i < unit_bytes_ && left > 0; ++i, ++in, --left) {
        AppendEscapedByte(static_cast<unsigned char>(*in), text);
      }
    }
    carried_.erase(0, carried_.size() - left);
    mark_.Drop(text, from);
  }

 private:
  iconv_t conversion_;
  size_t unit_bytes_;
  std::string carried_;  // of a character that is cut
  MarkFilter mark_;
};

}  // namespace

Result<std::unique_ptr<TextDecoder>> TextDecoder::Make(std::string_view encoding) {
  struct Known {
    std::string_view name;
    const char* iconv_name;
    size_t unit_bytes;
  };
  static constexpr std::array<Known, 4> kKnown = {{{"utf-16", "UTF-16LE", 2},
                                                   {"utf-16be", "UTF-16BE", 2},
                                                   {"latin-1", "ISO-8859-1", 1},
                                                   {"windows-1252", "WINDOWS-1252", 1}}};
  if (encoding == "utf-8") return std::make_unique<Utf8Decoder>();
  for (const Known& known : kKnown) {
    if (known.name != encoding) continue;
    const iconv_t conversion = iconv_open("UTF-8", known.iconv_name);
    if (conversion == reinterpret_cast<iconv_t>(-1)) {
      return Fail(ErrorKind::kInternal,
                  fmt::format("this system's iconv has no {}", known.iconv_name));
    }
    return std::make_unique<IconvDecoder>(conversion, known.unit_bytes);
  }
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("no such encoding; use utf-8, utf-16, utf-16be, latin-1 or windows-1252: {}",
                  encoding));
}

}  // namespace assay::engine
