#include "import/reference.h"

#include <fmt/format.h>

#include "import/mapping.h"

namespace assay::imports {
namespace {

constexpr std::string_view kIntroduction = R"(# Checks of other tools

`assay checks import` turns checks that were written for other tools into a check file
([rules.md](rules.md) says what the rules mean), and reports for every item of the source what it
became or why it could not be taken over.

```
assay checks import orders_suite.json -o checks.yaml
assay checks import models/schema.yml --from dbt -o checks/
assay checks import ruleset.dqdl --container orders.parquet > checks.yaml
```

The language is found from the content; `--from great-expectations|dbt|soda|dqdl` says it. The check
file goes to standard output or to `-o`; when that is a folder, to one file for each container in
it. The report goes to standard error, a line for each item, with the line of the source:

```
schema.yml:12: not_null(order_id) -> notNull(order_id)
schema.yml:19: accepted_values(status) -> expectedValues(status) where region = 'EU'
schema.yml:31: dbt_utils.sequential_values(id) -> not taken over: no counterpart: the order of rows is not looked at
```

Exit codes: 0 when all was taken over, 1 when something was lost, 2 when a file could not be read.

## What holds for all of them

- Every parameter is either in the check or in the report: `lost` is what changes the meaning of the
  check, `note` what does not, or what is said in another way. A check whose filter is no expression
  of ours ([expressions.md](expressions.md)) is not taken over: without it, it would look at other rows.
- Each check is compiled, as far as that is possible without the data, before it is written. So a
  regular expression that RE2 does not know (look-around, back references) is reported. A rule that
  this version does not have is reported too; a row rule is then written as `satisfiesExpression`.
- `mostly`, thresholds and percentages become `coverage`. Great Expectations counts only rows with a
  value, so such a check also gets the filter `field IS NOT NULL`. A number of rows that may fail
  becomes `aggregateBetween` of `count_if(NOT ...)`.
- Null passes every rule that is not about nulls. Where it fails in the other tool (DQDL), a check
  `notNull` is added.
- Patterns are found anywhere in the text unless they are anchored.
- Names of tables become containers, without their datastore. Suites of Great Expectations and DQDL
  rulesets name none: give `--container`, or scan a single container.
- The identity of a check (`_qualytics_check_uid`) comes from its container, rule and fields, and is the
  same at the next import; the second check with the same three ends with `_2`.

This file is generated from the tables in `src/import`.
)";

std::string EscapeCell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string Table(std::string_view title, std::string_view introduction,
                  std::span<const Mapping> table) {
  std::string text =
      fmt::format("\n## {}\n\n{}\n\n| there | here |\n|---|---|\n", title, introduction);
  for (const Mapping& mapping : table) {
    text += fmt::format("| `{}` | {}{} |\n", mapping.name,
                        mapping.map == nullptr ? "not taken over: " : "",
                        EscapeCell(mapping.becomes));
  }
  return text;
}

}  // namespace

std::string ImportReference() {
  std::string text(kIntroduction);
  text += Table(
      "Great Expectations",
      "Suites in JSON, of 0.18 (`expectation_type`) and of 1.x (`type`). `row_condition` "
      "becomes the filter: `col(\"a\") > 5`, `col(\"a\").notNull()`, the objects of 1.x, and "
      "texts of pandas and Spark that are expressions of ours too.",
      GreatExpectationsTable());
  text += Table(
      "dbt",
      "Property files with `models`, `sources`, `seeds`, `snapshots`: tests below `tests` or "
      "`data_tests` of tables and columns, their arguments also below `arguments`. `where` "
      "and `row_condition` become the filter, `error_if: \">10\"` a number of rows that may "
      "fail; tags are kept, severity and meta are in the metadata.",
      DbtTable());
  text += Table(
      "Soda",
      "SodaCL (`checks for ...`, `for each dataset`, filters and configurations of datasets; "
      "of alerts, `fail` or else `warn`), and data contracts.",
      SodaTable());
  text += Table(
      "AWS Glue Data Quality (DQDL)",
      "Rulesets, with `where`, `with threshold`, labels and variables. Rules joined by `and` "
      "become checks side by side; those joined by `or` become one `satisfiesExpression` when "
      "all are about single rows. Analyzers assert nothing and are not taken over.",
      DqdlTable());
  return text;
}

}  // namespace assay::imports
