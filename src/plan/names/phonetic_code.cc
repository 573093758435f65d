#include "plan/names/phonetic_code.h"

#include <cstddef>

namespace assay::plan::names {
namespace {

bool IsOneOf(char c, std::string_view letters) {
  return c != 0 && letters.find(c) != std::string_view::npos;
}

bool IsVowel(char c) {
  return IsOneOf(c, "aeiou");
}

/// Makes c and g soft.
bool IsFront(char c) {
  return IsOneOf(c, "eiy");
}

/// The word with its silent beginning left out.
std::string Pronounced(std::string_view word) {
  for (const std::string_view silent : {"kn", "gn", "pn", "ae", "wr"}) {
    if (word.starts_with(silent)) return std::string(word.substr(1));
  }
  if (word.starts_with("wh")) return "w" + std::string(word.substr(2));
  if (word.starts_with("x")) return "s" + std::string(word.substr(1));
  return std::string(word);
}

/// Codes one word, letter by letter.
class Coder {
 public:
  explicit Coder(std::string_view word) : word_(Pronounced(word)) {}

  std::string Code() {
    for (at_ = 0; at_ < word_.size(); ++at_) {
      // A doubled letter is one sound, but for c.
      if (At(0) != 'c' && At(0) == At(-1)) continue;
      CodeLetter(At(0));
    }
    return code_;
  }

 private:
  /// The letter so far from the present one; 0 beyond the ends.
  char At(int offset) const {
    const auto i = static_cast<ptrdiff_t>(at_) + offset;
    return i < 0 || i >= static_cast<ptrdiff_t>(word_.size()) ? '\0'
                                                              : word_[static_cast<size_t>(i)];
  }
  bool Follows(std::string_view letters) const {
    return std::string_view(word_).substr(at_ + 1).starts_with(letters);
  }
  bool Ends(std::string_view letters) const {
    return std::string_view(word_).substr(at_ + 1) == letters;
  }

  void CodeLetter(char letter) {
    switch (letter) {
      case 'a':
      case 'e':
      case 'i':
      case 'o':
      case 'u':
        if (at_ == 0) code_ += static_cast<char>(letter - ('a' - 'A'));
        break;
      case 'b':
        if (!(At(-1) == 'm' && Ends(""))) code_ += 'B';
        break;
      case 'c': CodeC(); break;
      case 'd': CodeD(); break;
      case 'g': CodeG(); break;
      case 'h':
        if (IsVowel(At(1)) && !IsOneOf(At(-1), "csptg")) code_ += 'H';
        break;
      case 'k':
        if (At(-1) != 'c') code_ += 'K';
        break;
      case 'p': code_ += At(1) == 'h' ? 'F' : 'P'; break;
      case 'q': code_ += 'K'; break;
      case 's': code_ += Follows("h") || Follows("io") || Follows("ia") ? 'X' : 'S'; break;
      case 't':
        if (Follows("ia") || Follows("io")) {
          code_ += 'X';
        } else if (Follows("h")) {
          code_ += '0';
        } else if (!Follows("ch")) {
          code_ += 'T';
        }
        break;
      case 'v': code_ += 'F'; break;
      case 'w':
      case 'y':
        if (IsVowel(At(1))) code_ += static_cast<char>(letter - ('a' - 'A'));
        break;
      case 'x': code_ += "KS"; break;
      case 'z': code_ += 'S'; break;
      case 'f':
      case 'j':
      case 'l':
      case 'm':
      case 'n':
      case 'r': code_ += static_cast<char>(letter - ('a' - 'A')); break;
      default: code_ += letter;
    }
  }

  void CodeC() {
    if (At(-1) == 's' && IsFront(At(1))) return;
    if (Follows("ia")) {
      code_ += 'X';
    } else if (IsFront(At(1))) {
      code_ += 'S';
    } else {
      code_ += Follows("h") && At(-1) != 's' ? 'X' : 'K';
    }
  }

  void CodeD() {
    if (At(1) == 'g' && IsFront(At(2))) {
      code_ += 'J';
      ++at_;
    } else {
      code_ += 'T';
    }
  }

  void CodeG() {
    if (At(1) == 'h' && !IsVowel(At(2))) return;
    if (Ends("n") || Ends("ned")) return;
    code_ += IsFront(At(1)) ? 'J' : 'K';
  }

  const std::string word_;
  std::string code_;
  size_t at_ = 0;
};

}  // namespace

std::string PhoneticCode(std::string_view word) {
  return Coder(word).Code();
}

}  // namespace assay::plan::names
