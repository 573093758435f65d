// Functions whose SQL is a template, and what Trino lacks of those that it has.

#include "plan/dialects/trino_printer.h"

namespace assay::plan::dialects {

const Templates& TrinoTemplates() {
  static const Templates templates = {
      {"not", "(NOT $1)"},
      {"is_null", "($1 IS NULL)"},
      {"is_not_null", "($1 IS NOT NULL)"},
      {"is_true", "coalesce($1, FALSE)"},
      {"is_false", "coalesce(NOT $1, FALSE)"},
      {"if", "CASE WHEN $1 THEN $2 ELSE $3 END"},
      {"nvl", "coalesce($1, $2)"},
      {"nvl2", "CASE WHEN $1 IS NOT NULL THEN $2 ELSE $3 END"},
      {"isnan", "coalesce(is_nan($1), FALSE)"},
      {"sign", "sign($1)"},
      {"sqrt", "sqrt($1)"},
      // As C has it; Java makes these NaN.
      {"power",
       "CASE WHEN ($1 = 1 AND is_nan($2)) OR ($1 = -1 AND is_infinite($2)) THEN 1e0 "
       "ELSE power($1, $2) END"},
      {"exp", "exp($1)"},
      {"ln", "CASE WHEN $1 <= 0 THEN NULL ELSE ln($1) END"},
      {"log/1", "CASE WHEN $1 <= 0 THEN NULL ELSE ln($1) END"},
      {"log/2", "CASE WHEN $1 <= 0 OR $2 <= 0 THEN NULL ELSE (ln($2) / ln($1)) END"},
      {"log10", "CASE WHEN $1 <= 0 THEN NULL ELSE log10($1) END"},
      {"log2", "CASE WHEN $1 <= 0 THEN NULL ELSE log2($1) END"},
      {"length", "length($1)"},
      {"octet_length", "length(to_utf8($1))"},
      {"upper", "upper($1)"},
      {"lower", "lower($1)"},
      {"initcap",
       "array_join(transform(split(lower($1), ' '), v -> upper(substr(v, 1, 1)) || substr(v, "
       "2)), ' ')"},
      {"replace/2", "CASE WHEN $2 = '' THEN $1 ELSE replace($1, $2) END"},
      {"replace/3",
       "CASE WHEN $2 = '' AND $3 IS NOT NULL THEN $1 ELSE replace($1, $2, $3) END"},
      {"translate", "translate($1, $2, $3)"},
      {"instr", "strpos($1, $2)"},
      {"locate/2", "strpos($2, $1)"},
      {"locate/3",
       "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN coalesce($3, 0) < 1 THEN 0 WHEN $1 = "
       "'' THEN 1 WHEN strpos(substr($2, least($3, 4294967295)), $1) = 0 THEN 0 ELSE "
       "strpos(substr($2, least($3, 4294967295)), $1) + $3 - 1 END"},
      {"startswith", "starts_with($1, $2)"},
      {"endswith",
       "CASE WHEN length($2) > length($1) THEN FALSE ELSE (substr($1, length($1) - length($2) "
       "+ "
       "1) = $2) END"},
      {"contains", "(strpos($1, $2) > 0)"},
      {"repeat",
       "CASE WHEN $2 <= 0 OR ($1 = '' AND $2 > 0) THEN substr($1, 1, 0) WHEN "
       "length(to_utf8($1)) <= 65536 / "
       "$2 THEN rpad('', length($1) * $2, $1) END"},
      {"split_part",
       "CASE WHEN $1 IS NULL OR $2 IS NULL OR $3 = 0 THEN NULL WHEN $2 <> '' AND $3 IS NOT "
       "NULL "
       "THEN coalesce(element_at(split($1, $2), $3), '') WHEN $3 IN (1, -1) THEN $1 WHEN $3 IS "
       "NOT NULL THEN '' END"},
      {"ascii",
       "CASE WHEN $1 = '' THEN 0 ELSE codepoint(CAST(substr($1, 1, 1) AS varchar(1))) END"},
      {"md5", "lower(to_hex(md5(to_utf8($1))))"},
      {"sha2", "lower(to_hex(sha256(to_utf8($1))))"},
      {"luhn_check",
       "CASE WHEN regexp_like($1, '\\A[0-9]+\\z') THEN luhn_check($1) WHEN $1 IS NOT NULL THEN "
       "FALSE END"},
      {"current_date", "CAST(current_timestamp AT TIME ZONE 'UTC' AS date)"},
      {"current_timestamp", "CAST(current_timestamp(6) AT TIME ZONE 'UTC' AS timestamp(6))"},
      {"year", "year($1)"},
      {"quarter", "quarter($1)"},
      {"month", "month($1)"},
      {"weekofyear", "week($1)"},
      {"day", "day($1)"},
      {"dayofweek", "(day_of_week($1) % 7 + 1)"},
      {"weekday", "(day_of_week($1) - 1)"},
      {"dayofyear", "day_of_year($1)"},
      {"hour", "hour($1)"},
      {"minute", "minute($1)"},
      {"second", "second($1)"},
      {"datediff", "date_diff('day', $2, $1)"},
      {"last_day", "last_day_of_month($1)"},
      {"to_date/1", "$1"},
      {"to_timestamp/1", "$1"},
  };
  return templates;
}

std::string_view TrinoWithout(std::string_view function) {
  if (function == "cast") {
    return "doubles to text, doubles to decimals of more than 18 digits, fractional numbers to "
           "timestamps";
  }
  if (function == "multiply" || function == "divide")
    return "results that would need more than 38 digits";
  if (function == "interval") return "fractions of a millisecond, more than 10,000 years";
  if (function == "like" || function == "ilike") return "patterns out of fields";
  if (function == "rlike" || function == "regexp_extract")
    return "flags, \\b, \\p, \\Q, and what may be empty under *, + or ?";
  if (function == "regexp_replace") return "as RLIKE, and patterns that may match nothing";
  if (function == "text_is") return "all but luhn";
  if (function == "to_date" || function == "to_timestamp" || function == "unix_timestamp")
    return "patterns";
  if (function == "sum" || function == "avg") return "decimals of more than 24 digits";
  return "";
}

}  // namespace assay::plan::dialects
