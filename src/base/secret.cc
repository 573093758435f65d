#include "base/secret.h"

#include <string.h>

namespace assay {

void Secret::Wipe() {
  if (!text_.empty()) explicit_bzero(text_.data(), text_.size());
  text_.clear();
}

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) {
    Wipe();
    text_ = other.text_;
  }
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    Wipe();
    text_ = std::move(other.text_);
  }
  return *this;
}

}  // namespace assay
