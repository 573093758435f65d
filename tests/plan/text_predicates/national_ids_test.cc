#include "plan/text_predicates/national_ids.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace assay::plan {
namespace {

struct Case {
  bool (*is_valid)(std::string_view);
  std::vector<std::string> valid;  // published samples
};

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {IsSpanishId, {"12345678Z", "54362315K", "X1234567L"}},
      {IsPesel, {"44051401359", "02070803628"}},
      {IsBsn, {"111222333", "123456782"}},
      {IsCpf, {"11144477735", "529.982.247-25"}},
      {IsNir, {"255081416802538", "295109912611193"}},
      {IsGermanTaxId, {"86095742719", "36574261809"}},
      {IsChineseId, {"11010519491231002X", "440524188001010014"}},
      {IsCodiceFiscale, {"RSSMRA85T10A562S", "RCCMNL83S18D969H"}}};
  return cases;
}

TEST(NationalIdsTest, PublishedSamplesAreValid) {
  for (const Case& each : Cases()) {
    for (const std::string& text : each.valid) EXPECT_TRUE(each.is_valid(text)) << text;
  }
}

TEST(NationalIdsTest, AnotherLastCharacterIsWrong) {
  for (const Case& each : Cases()) {
    for (std::string text : each.valid) {
      const char right = text.back();
      for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        if (c == right) continue;
        text.back() = c;
        EXPECT_FALSE(each.is_valid(text)) << text;
      }
    }
  }
}

TEST(NationalIdsTest, OtherFormsAreWrong) {
  for (const Case& each : Cases()) {
    for (const std::string& text : each.valid) {
      EXPECT_FALSE(each.is_valid(text + "0"));
      EXPECT_FALSE(each.is_valid(text.substr(1)));
      EXPECT_FALSE(each.is_valid(" " + text.substr(1)));
    }
    EXPECT_FALSE(each.is_valid(""));
    EXPECT_FALSE(each.is_valid(std::string(11, '0')));
    EXPECT_FALSE(each.is_valid(std::string(9, '0')));
  }
}

TEST(NationalIdsTest, CorsicanDepartmentsCountAsNumbers) {
  // 97 less the remainder of 1 55 08 19 168 025 and 1 55 08 18 168 025.
  const auto with_key = [](const std::string& digits, const std::string& written) {
    const int key = static_cast<int>(97 - std::stoll(digits) % 97);
    return written + (key < 10 ? "0" : "") + std::to_string(key);
  };
  EXPECT_TRUE(IsNir(with_key("1550819168025", "155082A168025")));
  EXPECT_TRUE(IsNir(with_key("1550818168025", "155082B168025")));
}

}  // namespace
}  // namespace assay::plan
