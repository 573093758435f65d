// Functions whose SQL is a template.

#include "plan/dialects/duckdb_printer.h"

namespace assay::plan::dialects {

const Templates& DuckDbTemplates() {
  static const Templates templates = {
      {"not", "(NOT $1)"},
      {"is_null", "($1 IS NULL)"},
      {"is_not_null", "($1 IS NOT NULL)"},
      {"is_true", "($1 IS TRUE)"},
      {"is_false", "($1 IS FALSE)"},
      {"if", "CASE WHEN $1 THEN $2 ELSE $3 END"},
      {"nvl", "coalesce($1, $2)"},
      {"nvl2", "CASE WHEN $1 IS NOT NULL THEN $2 ELSE $3 END"},
      {"isnan", "coalesce(isnan($1), FALSE)"},
      {"sign", "CASE WHEN isnan($1) THEN $1 ELSE CAST(sign($1) AS DOUBLE) END"},
      {"sqrt", "CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END"},
      {"power", "pow($1, $2)"},
      {"exp", "exp($1)"},
      {"ln", "ln(CASE WHEN $1 > 0 THEN $1 END)"},
      {"log/1", "ln(CASE WHEN $1 > 0 THEN $1 END)"},
      {"log/2", "(ln(CASE WHEN $2 > 0 THEN $2 END) / ln(CASE WHEN $1 > 0 THEN $1 END))"},
      {"log10", "log10(CASE WHEN $1 > 0 THEN $1 END)"},
      {"log2", "log2(CASE WHEN $1 > 0 THEN $1 END)"},
      {"length", "length($1)"},
      {"octet_length", "strlen($1)"},
      {"upper", "upper($1)"},
      {"lower", "lower($1)"},
      {"initcap",
       "array_to_string(list_transform(string_split(lower($1), ' '), "
       "lambda word: upper(left(word, 1)) || substring(word, 2)), ' ')"},
      {"trim/1", "trim($1)"},
      {"trim/2", "trim($1, $2)"},
      {"ltrim/1", "ltrim($1)"},
      {"ltrim/2", "ltrim($1, $2)"},
      {"rtrim/1", "rtrim($1)"},
      {"rtrim/2", "rtrim($1, $2)"},
      {"replace/2", "replace($1, $2, '')"},
      {"replace/3", "replace($1, $2, $3)"},
      {"translate", "translate($1, $2, $3)"},
      {"instr", "instr($1, $2)"},
      {"locate/2", "instr($2, $1)"},
      {"startswith", "starts_with($1, $2)"},
      {"endswith", "ends_with($1, $2)"},
      {"contains", "contains($1, $2)"},
      {"reverse", "reverse($1)"},
      {"repeat",
       "CASE WHEN $2 <= 0 THEN left($1, 0) WHEN strlen($1) <= 65536 // $2 THEN repeat($1, $2) "
       "END"},
      {"split_part",
       "CASE WHEN $3 = 0 THEN NULL WHEN $2 <> '' THEN split_part($1, $2, $3) "
       "WHEN $2 = '' AND $3 IN (1, -1) THEN $1 WHEN $2 = '' AND $3 <> 0 THEN left($1, 0) END"},
      {"ascii", "ascii($1)"},
      {"md5", "md5($1)"},
      {"sha2", "sha256($1)"},
      // The engine's own function.
      {"luhn_check", "assay_text_is($1, 'luhn')"},
      {"text_is", "assay_text_is($1, $2)"},
      {"current_date", "CAST(make_timestamp(epoch_us(current_timestamp)) AS DATE)"},
      {"current_timestamp", "make_timestamp(epoch_us(current_timestamp))"},
      {"year", "year($1)"},
      {"quarter", "quarter($1)"},
      {"month", "month($1)"},
      {"weekofyear", "week($1)"},
      {"day", "day($1)"},
      {"dayofweek", "(dayofweek($1) + 1)"},
      {"weekday", "(isodow($1) - 1)"},
      {"dayofyear", "dayofyear($1)"},
      {"hour", "hour($1)"},
      {"minute", "minute($1)"},
      {"second", "second($1)"},
      {"date_add", "TRY($1 + TRY_CAST($2 AS INTEGER))"},
      {"date_sub", "TRY($1 - TRY_CAST($2 AS INTEGER))"},
      {"datediff", "($1 - $2)"},
      {"add_months", "TRY_CAST(TRY($1 + to_months(TRY_CAST($2 AS INTEGER))) AS DATE)"},
      {"last_day", "TRY(last_day($1))"},
      {"to_date/1", "$1"},
      {"to_timestamp/1", "$1"},
      {"unix_timestamp/1", "(epoch_us($1) // 1000000)"},
  };
  return templates;
}

}  // namespace assay::plan::dialects
