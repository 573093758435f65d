"""Rows that expressions are tried on: ordinary values beside those at which engines part ways."""

import datetime
import decimal
import random

import pyarrow

UTC = datetime.timezone.utc

SCHEMA = pyarrow.schema([
    ("row", pyarrow.int64()),
    ("i", pyarrow.int64()),  # small enough that sums and products of a few stay within 64 bits
    ("j", pyarrow.int64()),
    ("big", pyarrow.int64()),  # for comparisons, not for arithmetic
    ("d", pyarrow.float64()),
    ("e", pyarrow.float64()),
    ("m", pyarrow.decimal128(12, 2)),
    ("n", pyarrow.decimal128(18, 6)),
    ("s", pyarrow.string()),
    ("t", pyarrow.string()),
    ("digits", pyarrow.string()),  # texts that look like numbers, dates and times, and some that nearly do
    ("b", pyarrow.bool_()),
    ("c", pyarrow.bool_()),
    ("dt", pyarrow.date32()),
    ("du", pyarrow.date32()),
    ("ts", pyarrow.timestamp("us", tz="UTC")),
    ("tu", pyarrow.timestamp("us", tz="UTC")),
])

INTEGERS = [0, 1, -1, 2, 3, 7, -7, 10, 12, 100, 255, 365, -1000, 2**31 - 1, -(2**31)]
EXTREMES = [2**63 - 1, -(2**63), 2**53, 2**53 + 1, -(2**53) - 1, 0, 1]
DOUBLES = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1e-9, 123.456, 1e15, -1e15, 9007199254740993.0,
           float("nan"), float("inf"), float("-inf")]
DECIMALS = ["0.00", "0.01", "-0.01", "1.00", "1.25", "-1.25", "2.50", "99.99", "12345678.90", "-9999999999.99"]
TEXTS = ["", " ", "a", "A", "ab", "abc", "ABC", "Abc abc", "  padded  ", "a,b,c", "ÄÖÜ", "ключ", "日本語",
         "e\u0301", "\U0001F600", "x%y_z", "100%", "line\nbreak", "tab\there", "o'neill", 'quo"te', "back\\slash",
         "zzz", "NULL", "a b", "aXbXc"]
DIGITS = ["0", "1", "-1", "+7", "007", "12.5", "-0.5", ".5", "-.5", ".", "5.", "1e3", "1E-2", " 42 ", "4 2", "", "abc", "NaN", "Infinity",
          "2147483648", "9223372036854775808", "2024-02-29", "2023-02-29", "2024-1-5", "2024-01-05 10:20:30",
          "2024-01-05T10:20:30.123456", "2024-01-05 25:00:00", "1970-01-01", "0001-01-01", "9000-12-31", "true", "FALSE",
          "t", "yes", "1.0", "0x1F", "1_000"]
DATES = [datetime.date(*at) for at in [(1970, 1, 1), (1969, 12, 31), (2000, 2, 29), (2024, 2, 29), (2023, 12, 31), (2024, 1, 1),
                                       (2024, 1, 31), (1900, 3, 1), (2100, 2, 28), (1600, 1, 1), (9000, 12, 31)]]
TIMES = [datetime.datetime(*at, tzinfo=UTC) for at in [
    (1970, 1, 1), (1969, 12, 31, 23, 59, 59, 999999), (2024, 2, 29, 12, 30, 45, 123456), (2024, 3, 31, 1, 59, 59),
    (2024, 10, 27, 2, 30), (1999, 12, 31, 23, 59, 59), (2000, 1, 1, 0, 0, 0, 1), (1900, 1, 1), (2262, 4, 12), (9000, 12, 31, 23, 59, 59)]]


def _decimal(dice, text_choices, scale):
    step = decimal.Decimal(1).scaleb(-scale)
    if dice.random() < 0.6:
        return decimal.Decimal(dice.choice(text_choices)).quantize(step)
    return (decimal.Decimal(dice.randint(-10**9, 10**9)) * step).quantize(step)


def table(rows, seed):
    """A table of SCHEMA; about one value in eight is null."""
    dice = random.Random(seed)

    def some(make):
        return None if dice.random() < 0.12 else make()

    def date():
        return dice.choice(DATES) if dice.random() < 0.6 else datetime.date(1950, 1, 1) + datetime.timedelta(dice.randrange(40000))

    def time():
        if dice.random() < 0.6:
            return dice.choice(TIMES)
        return datetime.datetime(1950, 1, 1, tzinfo=UTC) + datetime.timedelta(microseconds=dice.randrange(10**15 * 3))

    def text():
        return dice.choice(TEXTS) if dice.random() < 0.8 else "".join(dice.choice("abcXYZ 12%_é") for _ in range(dice.randrange(9)))

    records = []
    for row in range(rows):
        records.append({
            "row": row,
            "i": some(lambda: dice.choice(INTEGERS) if dice.random() < 0.6 else dice.randint(-50, 50)),
            "j": some(lambda: dice.choice(INTEGERS) if dice.random() < 0.5 else dice.randint(-9, 9)),
            "big": some(lambda: dice.choice(EXTREMES)),
            "d": some(lambda: dice.choice(DOUBLES) if dice.random() < 0.6 else dice.uniform(-100, 100)),
            "e": some(lambda: dice.choice(DOUBLES) if dice.random() < 0.6 else float(dice.randint(-20, 20))),
            "m": some(lambda: _decimal(dice, DECIMALS, 2)),
            "n": some(lambda: _decimal(dice, DECIMALS, 6)),
            "s": some(text),
            "t": some(text),
            "digits": some(lambda: dice.choice(DIGITS)),
            "b": some(lambda: dice.random() < 0.5),
            "c": some(lambda: dice.random() < 0.5),
            "dt": some(date),
            "du": some(date),
            "ts": some(time),
            "tu": some(time),
        })
    return pyarrow.Table.from_pylist(records, SCHEMA)
