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
INEXACT = ("exp(", "ln(", "log10(", "log2(", "power(", "sqrt(")
BY_KIND = {}
for kind, template in PRODUCTIONS:
    if not template.startswith(INEXACT):
        BY_KIND.setdefault(kind, []).append(template)

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
