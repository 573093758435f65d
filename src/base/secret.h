// Secret text: printing it gives ***, reading it is an explicit call.

#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace assay {

/// A password, key or token. Its memory is wiped when it is destroyed or overwritten.
/// Anything that prints it (streams, fmt through ToString, JSON) shows "***".
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret(Secret&&) = default;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret() { Wipe(); }

  /// The text itself. Call it only where the secret leaves for its destination.
  const std::string& Reveal() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::string ToString() const { return text_.empty() ? "" : "***"; }

  friend bool operator==(const Secret& a, const Secret& b) = default;
  friend std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return out << secret.ToString();
  }

 private:
  void Wipe();

  std::string text_;
};

}  // namespace assay
