// From files to kept checks, relations between fields among them.

#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <set>

#include "infer/suggestion.h"
#include "tests/engine/duckdb/local_table.h"
#include "tests/infer/field_profiles.h"

namespace assay::infer {
namespace {

using ::testing::Contains;
using ::testing::Not;

/// Orders: net + tax = gross, city determines country, ordered_on is at most shipped_on, and
/// celsius tells fahrenheit; but for `error_share` of the rows.
std::string Orders(int rows, double error_share) {
  testing::Dice dice(1);
  std::string text = "net,tax,gross,city,country,ordered_on,shipped_on,celsius,fahrenheit\n";
  for (int row = 0; row < rows; ++row) {
    const auto is_wrong = [&] { return dice.Chance(error_share); };
    const int64_t net = dice.Between(1000, 99999),
                  tax = net * (dice.Chance(0.5) ? 7 : 19) / 100;
    const int64_t gross = net + tax + (is_wrong() ? dice.Between(100, 9000) : 0);
    const int64_t city = dice.Between(1, 20), day = dice.Between(40, 300);
    const int64_t country = (is_wrong() ? city + 1 : city) % 4;
    const int64_t shipped = is_wrong() ? day - dice.Between(1, 30) : day + dice.Between(0, 30);
    const double celsius = static_cast<double>(dice.Between(-100, 350)) / 10;
    const double fahrenheit = celsius * 1.8 + 32 + (is_wrong() ? 5 : 0);
    text += fmt::format("{},{},{},city {},C{},{},{},{:.1f},{:.2f}\n", net, tax, gross, city,
                        country, day, shipped, celsius, fahrenheit);
  }
  return text;
}

class InferTest : public engine::LocalTableTest {
 protected:
  std::vector<InferredCheck> Checks(int level) {
    const InferenceOptions options{.level = level};
    const engine::DatasetSchema schema = Schema();
    const auto profile = engine::Profile(*session_, dataset_, schema,
                                         {.holdout_share = options.holdout_share}, {});
    EXPECT_TRUE(profile) << profile.error().message;
    const auto checks =
        Infer(*session_, dataset_, schema, *profile, options, testing::TestNow(), {});
    EXPECT_TRUE(checks) << checks.error().message;
    return *checks;
  }

  static std::set<std::string> Names(const std::vector<InferredCheck>& checks) {
    std::set<std::string> names;
    for (const InferredCheck& check : checks) {
      names.insert(fmt::format("{}({})", check.definition.rule,
                               fmt::join(check.definition.fields, ", ")));
    }
    return names;
  }
};

TEST_F(InferTest, FindsRelationsOfSmallTables) {
  Add("orders.csv", Orders(1000, 0.03));
  const std::set<std::string> names = Names(Checks(4));
  EXPECT_THAT(names, Contains("satisfiesExpression()"));
  EXPECT_THAT(names, Contains("functionalDependency(city, country)"));
  EXPECT_THAT(names, Contains("lessThanField(ordered_on)"));
  EXPECT_THAT(names, Contains("predictedBy(fahrenheit)"));
  const std::set<std::string> level_two = Names(Checks(2));
  for (const char* relation : {"satisfiesExpression()", "functionalDependency(city, country)",
                               "lessThanField(ordered_on)", "predictedBy(fahrenheit)"}) {
    EXPECT_THAT(level_two, Not(Contains(relation)));
  }
}

TEST_F(InferTest, TestsRelationsOnHeldOutRowsAndShowsExceptions) {
  Add("orders.csv", Orders(20'000, 0.03));
  std::set<std::string> tested;
  for (const InferredCheck& check : Checks(4)) {
    const std::string& rule = check.definition.rule;
    const bool is_relation = rule == "satisfiesExpression" || rule == "functionalDependency" ||
                             rule == "lessThanField" || rule == "predictedBy";
    if (!is_relation || check.holdout_exceptions == 0) continue;
    tested.insert(rule);
    EXPECT_GE(check.holdout_rows, 1000) << rule;
    EXPECT_LT(check.holdout_exceptions, check.holdout_rows / 10) << rule;
    if (rule == "lessThanField" && check.definition.fields.front() == "ordered_on") {
      ASSERT_EQ(check.examples.size(), static_cast<size_t>(kMostExamples));
      for (const Json& example : check.examples)
        EXPECT_GT(example["ordered_on"].get<int64_t>(), example["shipped_on"].get<int64_t>());
    }
  }
  EXPECT_EQ(tested, (std::set<std::string>{"functionalDependency", "lessThanField",
                                           "predictedBy", "satisfiesExpression"}));
}

TEST_F(InferTest, SurvivesTinyTablesConstantsAndNulls) {
  Add("a.csv", "a,b\n1,\n1,\n");
  EXPECT_EQ(Checks(5).size(), 0u);
  std::string constant = "a,b,c\n";
  for (int row = 0; row < 500; ++row) constant += "1,x,\n";
  dataset_.files.clear();
  Add("b.csv", constant);
  for (const InferredCheck& check : Checks(5))
    EXPECT_LE(check.level, 2) << check.definition.rule;
}

TEST_F(InferTest, IndependentFieldsHaveNoRelations) {
  size_t relations = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    testing::Dice dice(seed);
    std::string text = "a,b,c,d,e,f\n";
    for (int row = 0; row < 600; ++row) {
      text += fmt::format("{},{},{:.3f},{:.3f},t{},u{}\n", dice.Between(1, 20),
                          dice.Between(1, 30), dice.Normal(), 2 * dice.Normal(),
                          dice.Between(1, 8), dice.Between(1, 30));
    }
    dataset_.files.clear();
    Add(fmt::format("{}.csv", seed), text);
    for (const InferredCheck& check : Checks(4)) relations += check.level >= 3;
  }
  EXPECT_EQ(relations, 0u);  // of 20 tables with 15 pairs of fields each
}

}  // namespace
}  // namespace assay::infer
