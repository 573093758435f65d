#include "plan/names/phonetic_code.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace assay::plan::names {
namespace {

// Codes and homophones that the tests of Apache Commons Codec's Metaphone publish; that one
// cuts codes after four sounds.
TEST(PhoneticCodeTest, IsThatOfPublishedExamples) {
  const std::vector<std::pair<std::string, std::string>> codes = {
      {"howl", "HL"},    {"testing", "TSTN"}, {"the", "0"},         {"quick", "KK"},
      {"brown", "BRN"},  {"fox", "FKS"},      {"jumped", "JMPT"},   {"over", "OFR"},
      {"lazy", "LS"},    {"dogs", "TKS"},     {"comb", "KM"},       {"tomb", "TM"},
      {"womb", "WM"},    {"science", "SNS"},  {"scene", "SN"},      {"scy", "S"},
      {"why", ""},       {"ciapo", "XP"},     {"schedule", "SKTL"}, {"schematic", "SKMT"},
      {"teach", "TX"},   {"dodgy", "TJ"},     {"dodge", "TJ"},      {"adgiemti", "AJMT"},
      {"ghent", "KNT"},  {"baugh", "B"},      {"gnu", "N"},         {"signed", "SNT"},
      {"phish", "FX"},   {"shot", "XT"},      {"odsian", "OTXN"},   {"pulsion", "PLXN"},
      {"otia", "OX"},    {"portion", "PRXN"}, {"retch", "RX"},      {"watch", "WX"},
      {"axeaxe", "AKSK"}};
  for (const auto& [word, code] : codes)
    EXPECT_EQ(PhoneticCode(word).substr(0, 4), code) << word;
}

TEST(PhoneticCodeTest, IsTheSameForPublishedHomophones) {
  const std::vector<std::vector<std::string>> homophones = {
      {"lawrence", "lorenza"},
      {"aero", "eure"},
      {"white", "wade", "wait", "waite", "whit", "wiatt", "wit", "witty", "wood", "woodie"},
      {"gary", "cahra", "carey", "caria", "carrie", "cory", "gray", "karrah", "kerry", "kira"},
      {"john", "gena", "genia", "gianna", "ginny", "jayne", "jean", "joeann", "juana", "june"},
      {"knight", "hynda", "nadia", "natty", "neda", "nettie", "nita", "nydia"},
      {"mary", "mair", "mareah", "maura", "merry", "moira", "moyra", "muire", "myrah"},
      {"paris", "pearcy", "perris", "piercy", "pierz", "pryse"},
      {"peter", "peadar", "pedro", "peyter", "pietro", "piotr"},
      {"ray", "rey", "roi", "roy", "ruy"},
      {"susan", "siusan", "sosanna", "susannah", "suzanne", "zuzana"},
      {"wright", "rota", "rudd", "ryde"},
      {"xalan", "celene", "celina", "selena", "suellen", "xylina"}};
  for (const auto& words : homophones) {
    for (const std::string& word : words)
      EXPECT_EQ(PhoneticCode(word), PhoneticCode(words.front())) << word;
  }
}

TEST(PhoneticCodeTest, TellsOtherWordsApart) {
  EXPECT_EQ(PhoneticCode("smith"), PhoneticCode("smyth"));
  EXPECT_NE(PhoneticCode("smith"), PhoneticCode("smote"));
  EXPECT_NE(PhoneticCode("international"), PhoneticCode("interned"));
}

TEST(PhoneticCodeTest, TakesOtherCharactersOver) {
  EXPECT_EQ(PhoneticCode("r2d2"), "R2T2");
  EXPECT_EQ(PhoneticCode("東"), "東");
  EXPECT_EQ(PhoneticCode(""), "");
}

}  // namespace
}  // namespace assay::plan::names
