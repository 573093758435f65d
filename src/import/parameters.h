// The parameters of one item of the source. Each remembers whether it was read, so that none is
// dropped without a word.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace assay::imports {

class Parameters {
 public:
  Parameters() = default;
  /// The keys of an object; none of any other value.
  explicit Parameters(const Json& object);

  void Add(std::string name, Json value);

  // Each of these marks the parameter as read. Null counts as absent. kInvalidInput "name: ..."
  // when a required one is absent or a value has another type.

  /// nullptr when absent. Stays valid until the next Add.
  const Json* Find(std::string_view name);
  /// The first of several spellings that is there.
  const Json* FindAny(std::initializer_list<std::string_view> names);
  Result<std::string> Text(std::string_view name);
  Result<std::optional<std::string>> OptionalText(std::string_view name);
  Result<std::string> TextOr(std::string_view name, std::string_view otherwise);
  Result<std::optional<double>> OptionalNumber(std::string_view name);
  Result<bool> Flag(std::string_view name, bool otherwise);
  /// At least one scalar; a scalar by itself is a list of one.
  Result<std::vector<Json>> Values(std::string_view name);
  Result<std::vector<std::string>> Texts(std::string_view name);

  /// Names that nobody has read yet, in the order of the source; nulls left out.
  std::vector<std::string> Unread() const;

 private:
  struct Parameter {
    std::string name;
    Json value;
    bool is_read = false;
  };
  std::vector<Parameter> all_;
};

}  // namespace assay::imports
