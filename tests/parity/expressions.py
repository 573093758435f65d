"""Random typed expressions in the subset of Spark SQL that docs/expressions.md describes.

Left out on purpose are the places where that page says that the meaning differs: integers beyond 64 bits, doubles cast to text
or to integers that do not hold them, letters that change their number with case, patterns beyond what RE2 and Java share, years beyond
9999, texts of a time without a date.
"""

import random

NUMBER, INTEGER, DOUBLE, DECIMAL, TEXT, BOOLEAN, DATE, TIME = "number integer double decimal text boolean date time".split()

COLUMNS = {
    INTEGER: ["i", "j"],
    DOUBLE: ["d", "e"],
    DECIMAL: ["m", "n"],
    TEXT: ["s", "t"],
    BOOLEAN: ["b", "c"],
    DATE: ["dt", "du"],
    TIME: ["ts", "tu"],
}
LITERALS = {
    INTEGER: ["0", "1", "2", "-3", "7", "10", "100"],
    DOUBLE: ["0.5D", "-1.5D", "2D", "1e3", "0D"],
    DECIMAL: ["0.01", "1.25", "-2.5", "99.990", "10.0"],
    TEXT: ["''", "' '", "'a'", "'b'", "'abc'", "'ABC'", "'é'", "','", "'日'", "'%'"],
    BOOLEAN: ["TRUE", "FALSE"],
    DATE: ["DATE '2024-02-29'", "DATE '1970-01-01'", "DATE '2023-12-31'"],
    TIME: ["TIMESTAMP '2024-02-29 12:30:45'", "TIMESTAMP '1999-12-31 23:59:59.999999'", "TIMESTAMP '1970-01-01 00:00:00'"],
}
LIKE_PATTERNS = ["'a%'", "'%b%'", "'_b%'", "'%'", "''", "'x\\\\%y\\\\_z'", "'%é%'", "'ABC'"]
REGULAR_EXPRESSIONS = ["'^[a-z]+$'", "'b'", "'^$'", "'[0-9]'", "'(a|b)c?'", "'^ *[A-Z]'", "'a.c'"]
TIME_UNITS = ["'year'", "'quarter'", "'month'", "'week'", "'day'", "'hour'", "'minute'", "'second'"]
DAY_UNITS = ["'year'", "'quarter'", "'month'", "'week'"]
TIME_PATTERNS = ["'yyyy-MM-dd'", "'dd/MM/yyyy'", "'yyyy-MM-dd HH:mm:ss'", "'yyyyMMdd'", "'HH:mm'"]
INTERVALS = ["INTERVAL 1 DAY", "INTERVAL 3 MONTHS", "INTERVAL '2' HOURS", "INTERVAL 1 YEAR", "INTERVAL 90 MINUTES"]

# Each production: the result's kind, and a template of which {kind} is an expression of that kind.
PRODUCTIONS = [
    (BOOLEAN, "({boolean} AND {boolean})"), (BOOLEAN, "({boolean} OR {boolean})"), (BOOLEAN, "(NOT {boolean})"),
    (BOOLEAN, "({boolean} IS TRUE)"), (BOOLEAN, "({boolean} IS NOT FALSE)"), (BOOLEAN, "({any} IS NULL)"),
    (BOOLEAN, "({any} IS NOT NULL)"), (BOOLEAN, "({number} {compare} {number})"), (BOOLEAN, "({text} {compare} {text})"),
    (BOOLEAN, "({date} {compare} {date})"), (BOOLEAN, "({time} {compare} {time})"), (BOOLEAN, "({date} {compare} {time})"),
    (BOOLEAN, "({boolean} {compare} {boolean})"), (BOOLEAN, "(big {compare} {number})"), (BOOLEAN, "(digits {compare} i)"), (BOOLEAN, "(digits {compare} {double})"),
    (BOOLEAN, "(digits {compare} {date})"), (BOOLEAN, "(digits {compare} {time})"),
    (BOOLEAN, "({number} BETWEEN {number} AND {number})"), (BOOLEAN, "({date} NOT BETWEEN {date} AND {date})"),
    (BOOLEAN, "({number} IN ({number}, {number}, {number}))"), (BOOLEAN, "({text} NOT IN ({text}, {text}))"),
    (BOOLEAN, "({text} LIKE {like})"), (BOOLEAN, "({text} NOT LIKE {like})"), (BOOLEAN, "({text} RLIKE {regex})"),
    (BOOLEAN, "startswith({text}, {text})"), (BOOLEAN, "endswith({text}, {text})"), (BOOLEAN, "contains({text}, {text})"),
    (BOOLEAN, "isnan({double})"), (BOOLEAN, "if({boolean}, {boolean}, {boolean})"), (BOOLEAN, "coalesce({boolean}, {boolean})"),
    (INTEGER, "({integer} + {integer})"), (INTEGER, "({integer} - {integer})"), (INTEGER, "(j * {small})"),
    (INTEGER, "({integer} % {integer})"), (INTEGER, "({integer} div {integer})"), (INTEGER, "(- {integer})"),
    (INTEGER, "abs({integer})"), (INTEGER, "length({text})"), (INTEGER, "octet_length({text})"),
    (INTEGER, "instr({text}, {text})"), (INTEGER, "locate({text}, {text}, {small})"), (INTEGER, "ascii({text})"),
    (INTEGER, "year({date})"), (INTEGER, "quarter({date})"), (INTEGER, "month({date})"), (INTEGER, "day({date})"),
    (INTEGER, "dayofweek({date})"), (INTEGER, "weekday({date})"), (INTEGER, "dayofyear({date})"), (INTEGER, "weekofyear({date})"),
    (INTEGER, "hour({time})"), (INTEGER, "minute({time})"), (INTEGER, "second({time})"), (INTEGER, "datediff({date}, {date})"),
    (INTEGER, "unix_timestamp({time})"), (INTEGER, "CAST(digits AS BIGINT)"), (INTEGER, "CAST(digits AS INT)"),
    (INTEGER, "CAST({decimal} AS BIGINT)"), (INTEGER, "CAST({boolean} AS INT)"),
    (INTEGER, "greatest({integer}, {integer}, {integer})"), (INTEGER, "least({integer}, {integer})"),
    (INTEGER, "coalesce({integer}, {integer})"), (INTEGER, "nullif({integer}, {integer})"),
    (INTEGER, "CASE WHEN {boolean} THEN {integer} WHEN {boolean} THEN {integer} ELSE {integer} END"),
    (INTEGER, "CASE {integer} WHEN 1 THEN {integer} WHEN {integer} THEN {integer} END"),
    (INTEGER, "nvl2({text}, {integer}, {integer})"),
    (DOUBLE, "({double} + {number})"), (DOUBLE, "({double} - {number})"), (DOUBLE, "({double} * {double})"),
    (DOUBLE, "({integer} / {integer})"), (DOUBLE, "({double} / {number})"), (DOUBLE, "({double} % {double})"),
    (DOUBLE, "sqrt({double})"), (DOUBLE, "exp({small})"), (DOUBLE, "ln({double})"), (DOUBLE, "log10({double})"),
    (DOUBLE, "log2({double})"), (DOUBLE, "power({double}, {small})"), (DOUBLE, "sign({number})"), (DOUBLE, "abs({double})"),
    (DOUBLE, "CAST(digits AS DOUBLE)"), (DOUBLE, "CAST({integer} AS DOUBLE)"), (DOUBLE, "CAST({decimal} AS DOUBLE)"),
    (DOUBLE, "greatest({double}, {double})"), (DOUBLE, "least({double}, {double})"), (DOUBLE, "coalesce({double}, {double})"),
    (DOUBLE, "nullif({double}, {double})"), (DOUBLE, "(digits + {integer})"), (DOUBLE, "(digits * {double})"),
    (DECIMAL, "({decimal} + {decimal})"), (DECIMAL, "({decimal} - {decimal})"), (DECIMAL, "(m * {decimalliteral})"),
    (DECIMAL, "(m + {integer})"), (DECIMAL, "(m % {decimalliteral})"), (DECIMAL, "abs({decimal})"), (DECIMAL, "(- {decimal})"),
    (DECIMAL, "round({decimal}, 1)"), (DECIMAL, "ceil(m)"), (DECIMAL, "floor(m)"), (DECIMAL, "CAST({integer} AS DECIMAL(20, 2))"),
    (DECIMAL, "CAST(digits AS DECIMAL(10, 2))"), (DECIMAL, "coalesce({decimal}, {decimal})"), (DECIMAL, "(m / {decimalliteral})"),
    (TEXT, "upper({text})"), (TEXT, "lower({text})"), (TEXT, "trim({text})"), (TEXT, "ltrim({text})"), (TEXT, "rtrim({text})"),
    (TEXT, "TRIM(BOTH 'a' FROM {text})"), (TEXT, "substring({text}, {small})"), (TEXT, "substring({text}, {small}, {small})"),
    (TEXT, "left({text}, {small})"), (TEXT, "right({text}, {small})"), (TEXT, "({text} || {text})"),
    (TEXT, "concat({text}, {text}, {text})"), (TEXT, "concat_ws(',', {text}, {text})"),
    (TEXT, "replace({text}, {textliteral}, {textliteral})"), (TEXT, "translate({text}, 'abc', 'xy')"),
    (TEXT, "repeat({text}, {small})"), (TEXT, "lpad({text}, {small}, '*')"), (TEXT, "rpad({text}, {small}, 'ab')"),
    (TEXT, "split_part({text}, ',', {position})"), (TEXT, "md5({text})"), (TEXT, "sha2({text}, 256)"), (TEXT, "initcap(s)"),
    (TEXT, "regexp_replace({text}, '[ab]+', '-')"), (TEXT, "regexp_extract({text}, '(b)(.)', 2)"),
    (TEXT, "CAST({integer} AS STRING)"), (TEXT, "CAST({decimal} AS STRING)"), (TEXT, "CAST({boolean} AS STRING)"),
    (TEXT, "CAST({date} AS STRING)"), (TEXT, "CAST({time} AS STRING)"), (TEXT, "coalesce({text}, {text})"),
    (TEXT, "nullif({text}, {text})"), (TEXT, "ifnull({text}, digits)"), (TEXT, "if({boolean}, {text}, {text})"),
    (TEXT, "date_format({time}, {timepattern})"), (TEXT, "from_unixtime({integer})"),
    (TEXT, "greatest({text}, {text})"), (TEXT, "least({text}, {text})"), (TEXT, "concat({text}, {integer})"),
    (DATE, "date_add({date}, {small})"), (DATE, "date_sub({date}, {small})"), (DATE, "add_months({date}, {small})"),
    (DATE, "last_day({date})"), (DATE, "trunc({date}, {dayunit})"), (DATE, "CAST({time} AS DATE)"), (DATE, "CAST(digits AS DATE)"),
    (DATE, "to_date(digits)"), (DATE, "coalesce({date}, {date})"), (DATE, "greatest({date}, {date})"),
    (DATE, "if({boolean}, {date}, {date})"),
    (TIME, "({time} + {interval})"), (TIME, "({time} - {interval})"), (TIME, "date_trunc({timeunit}, {time})"),
    (TIME, "CAST({date} AS TIMESTAMP)"), (TIME, "CAST(digits AS TIMESTAMP)"), (TIME, "to_timestamp(digits)"),
    (TIME, "coalesce({time}, {time})"), (TIME, "least({time}, {time})"), (TIME, "if({boolean}, {time}, {time})"),
]
# The last digit of these is free, so they are tried by themselves only.
INEXACT = ("exp(", "ln(", "log(", "log10(", "log2(", "power(", "sqrt(", "m / n")
BY_KIND = {}
for kind, template in PRODUCTIONS:
    if not template.startswith(INEXACT):
        BY_KIND.setdefault(kind, []).append(template)

# For engines that run what our dialects print: corners of their functions, each as it stands.
CORNERS = {
    BOOLEAN: ["CAST(digits AS BOOLEAN)", "(s ILIKE 'AB%')", "(t ILIKE '%Ö_')", r"s RLIKE r'^\w+\s*\w*$'", r"s RLIKE r'\.|%|k$'",
              "s RLIKE '[^a-z]$'", "t RLIKE '^.{3}$'", "s RLIKE '[[:alpha:]]{2,}?b'", "luhn_check(digits)", "(d BETWEEN e AND 5)",
              "(d NOT BETWEEN -1 AND e)", "(d IN (e, 1.5D, NULL))", "(d NOT IN (1, 2))", "(d = e)", "(d <> e)", "(d <= e)", "(d > e)",
              "(d >= 2)", "(d > 2.5)", "(d < 1)", "(d <=> e)", "CAST(i AS BOOLEAN)", "CAST(d AS BOOLEAN)", "(i IN (1, 2.5, 7))",
              "(m > 1.255)", "(i > 12.5)", "(big < 9223372036854775807.5)", "(big >= 1e19)", "(big = 9223372036854775807)",
              "(big > -9223372036854775808)", "(digits IN (i, 'abc'))", "(dt = '2024-02-29')", "(ts >= '2024-01-01')", "isnan(e)",
              "(s LIKE '%!%%' ESCAPE '!')", "(s LIKE 'quo\"te')", "(NOT b AND c)", "(b IS TRUE)", "(b IS FALSE)", "(t IN (s, nullif(s, digits)))", "(t = s OR t = nullif(s, digits))",
              "(t <> s AND nullif(s, digits) <> t)", "(lower(t) IN (lower(s), nullif(lower(s), digits)))",
              "(d IN (e, nullif(e, 1D), 2))", "(dt = du OR dt = last_day(du) OR dt = NULL)"],
    INTEGER: ["CAST(d AS BIGINT)", "CAST(d AS INT)", "CAST(e AS TINYINT)", "CAST(ts AS BIGINT)", "ceil(d)", "floor(d)", "round(i, -1)",
              "round(i, 2)", "CAST(m AS INT)", "(m div 3)", "(i div j)", "CAST(n AS SMALLINT)", "abs(big)", "(- big)", "(big + i)",
              "(big * i)", "(big - big)", "(big % j)", "(big div -1)", "locate('b', t, i)", "locate(s, t, 2)", "unix_timestamp(dt)",
              "ascii(t)", "dayofweek(ts)", "year(digits)", "month(digits)", "instr(t, 'b')", "CASE WHEN d > e THEN 1 ELSE j END"],
    DOUBLE: ["round(d, 2)", "round(d, -1)", "round(e)", "log(2, d)", "log(e, d)", "power(d, e)", "power(i, 2)", "power(1, d)",
             "sqrt(m)", "CAST(ts AS DOUBLE)", "(m / e)", "(d % e)", "(digits / 2)", "CAST(concat('1e', abs(j % 500)) AS DOUBLE)",
             "CAST(concat(s, digits) AS DOUBLE)", "nullif(d, e)", "greatest(d, e, 1)", "least(d, e, 1)"],
    DECIMAL: ["CAST(e AS DECIMAL(5, 1))", "CAST(d AS DECIMAL(12, 3))", "(m * n)", "(n * n)", "m / n", "(m + n)", "(m - big)",
              "(n % m)", "CAST(ts AS DECIMAL(18, 3))", "CAST(digits AS DECIMAL(20, 4))", "CAST(m AS DECIMAL(6, 1))", "ceil(n)", "floor(n)",
              "round(n, 2)", "round(m, -1)", "round(n)", "greatest(m, n)", "(i * m)", "CAST(concat('15e', j % 50) AS DECIMAL(10, 2))"],
    TEXT: ["trim('a' FROM s)", "TRIM(LEADING ' a' FROM s)", "ltrim(concat('\u3000 \u00a0', t))", "substring(t, i, 2)", "substring(t, -3, j)",
           "substring(t, i)", "left(t, i)", "right(t, j)", "lpad(t, j, s)", "rpad(t, i, '')", "repeat(t, j)", "split_part(t, s, 1)",
           "split_part(t, ',', j)", "replace(t, s, 'x')", "replace(t, s)", "translate(t, s, 'xy')", "initcap(t)", "concat_ws(s, t, digits)",
           "regexp_extract(t, '([a-z])([a-z])?', 2)", "regexp_replace(t, '([a-z])([a-z])', '$2-$1')",
           "regexp_replace(t, '[0-9 ]', '\\\\$1')", "date_format(ts, 'EEEE, d MMMM yyyy hh:mm a')",
           "date_format(ts, 'E yy/M/d D H:m:s.SSS SSSSSS')", "date_format(tu, 'DDD MMM EEE ss h')", "from_unixtime(j, 'yyyy-MM-dd')",
           "CASE s WHEN t THEN 'x' ELSE digits END", "CASE d WHEN e THEN 'x' WHEN 1 THEN 'y' END", "upper(t)", "lower(concat(t, 'İK'))"],
    DATE: ["to_date(s)", "date_add(dt, i % 1000)", "date_sub(du, j % 1000)", "add_months(dt, j % 1000)", "(dt + INTERVAL 13 MONTHS)",
           "(dt - INTERVAL 1 YEAR)", "(dt + 5)", "last_day(ts)", "trunc(dt, 'year')", "CAST(concat(digits, ' x') AS DATE)"],
    TIME: ["CAST(j % 100000 AS TIMESTAMP)", "(ts + INTERVAL 1 MONTH)", "(tu - INTERVAL 40 DAYS)", "(dt + INTERVAL 25 HOURS)",
           "date_trunc('millisecond', ts)", "date_trunc('microsecond', ts)", "CAST(concat(dt, ' 10:20:30+05:30') AS TIMESTAMP)",
           "CAST(concat(dt, ' 10:20:30-0030') AS TIMESTAMP)", "CAST(concat(dt, ' 10:20:30+09') AS TIMESTAMP)",
           "CAST(concat(dt, 'T', hour(ts), ':', minute(ts), ':7.1234567Z') AS TIMESTAMP)", "CAST(concat(dt, ' 1:2') AS TIMESTAMP)",
           "CAST(concat(dt, ' 23:59:59.9999999 UTC') AS TIMESTAMP)", "CAST(concat(dt, ' 10:20:30 Z') AS TIMESTAMP)",
           "CAST(concat(dt, ' 1:2:3.') AS TIMESTAMP)", "CAST(concat(digits, ' 10:20') AS TIMESTAMP)"],
}

CHOICES = {
    "compare": ["=", "<>", "<", "<=", ">", ">=", "<=>"],
    "like": LIKE_PATTERNS, "regex": REGULAR_EXPRESSIONS, "timeunit": TIME_UNITS, "dayunit": DAY_UNITS,
    "timepattern": TIME_PATTERNS, "interval": INTERVALS, "small": ["0", "1", "2", "3", "-1", "-2", "5"],
    "position": ["1", "2", "-1", "3"], "decimalliteral": ["1.5", "-0.25", "3", "0.0"], "textliteral": LITERALS[TEXT],
}
KINDS = [INTEGER, DOUBLE, DECIMAL, TEXT, BOOLEAN, DATE, TIME]


def expression(dice, kind, depth):
    if kind == "any":
        kind = dice.choice(KINDS)
    if kind == NUMBER:
        kind = dice.choice([INTEGER, INTEGER, DOUBLE, DECIMAL])
    if depth <= 0 or dice.random() < 0.15:
        return dice.choice(COLUMNS[kind] if dice.random() < 0.75 else LITERALS[kind])
    return fill(dice, dice.choice(BY_KIND[kind]), depth)


def fill(dice, template, depth):
    out, rest = "", template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        out += before + (dice.choice(CHOICES[name]) if name in CHOICES else expression(dice, name, depth - 1))
    return out + rest


def generate(count, seed):
    """(kind, text) of `count` expressions: first each production over columns and literals, then random ones."""
    dice = random.Random(seed)
    made = [(kind, fill(dice, template, 1)) for kind, template in PRODUCTIONS for _ in range(2)]
    while len(made) < count:
        kind = dice.choice(KINDS)
        made.append((kind, expression(dice, kind, dice.choice([2, 2, 3, 4]))))
    return made[:count]


def corners():
    """(kind, text) of CORNERS."""
    return [(kind, text) for kind, texts in CORNERS.items() for text in texts]
