"""Puts errors of one kind into a table and says where."""

import datetime
import random
import string

KINDS = ["missing", "typo", "swapped", "outlier", "drift", "dependency"]
PLACEHOLDERS = ["", "N/A", "-", "unknown"]


def _typo(dice, text):
    """One edit of a letter or digit: left out, doubled, exchanged with the next, or another."""
    while True:
        at = dice.randrange(len(text))
        how = dice.randrange(4)
        if how == 0:
            changed = text[:at] + text[at + 1:]
        elif how == 1:
            changed = text[:at] + text[at] + text[at:]
        elif how == 2:
            changed = text[:at] + text[at + 1:at + 2] + text[at] + text[at + 2:]
        else:
            changed = text[:at] + dice.choice(string.ascii_letters) + text[at + 1:]
        if changed != text:
            return changed


def _outlier(dice, value, values):
    largest = max(abs(v) for v in values if v is not None)
    far = dice.choice([-1, 1, 1]) * (largest + 1) * dice.choice([5, 10, 100])
    return int(far) if isinstance(value, int) else round(far * dice.uniform(1, 2), 3)


def put(table, kind, rate, seed):
    """Changes cells of `table` in place: in each column (or pair) that can have this kind of error, each with the probability
    `rate`. The set of (row, column) that are wrong now."""
    dice = random.Random(f"{table.name} {kind} {rate} {seed}")
    wrong = set()
    columns = table.columns
    rows = range(table.rows())
    if kind == "swapped":
        for first, second in table.swapped:
            for row in rows:
                a, b = columns[first][row], columns[second][row]
                if dice.random() < rate and a != b and not {(row, first), (row, second)} & wrong:
                    columns[first][row], columns[second][row] = _as(b, columns[first]), _as(a, columns[second])
                    wrong |= {(row, first), (row, second)}
        return wrong
    values = {name: list(column) for name, column in columns.items()}
    for column in getattr(table, kind):
        for row in rows:
            value = values[column][row]
            if dice.random() >= rate or value is None and kind != "dependency":
                continue
            if kind == "missing":
                changed = dice.choice([None] + PLACEHOLDERS) if isinstance(value, str) else None
            elif kind == "typo":
                changed = _typo(dice, value)
            elif kind == "outlier":
                changed = _outlier(dice, value, values[column])
            elif kind == "drift":
                changed = table.drift[column](dice, value)
            else:
                changed = table.dependency[column](dice, {name: values[name][row] for name in values})
            if changed != value:
                columns[column][row] = changed
                wrong.add((row, column))
    return wrong


def _as(value, column):
    """A swapped value as its new column can hold it."""
    model = next(v for v in column if v is not None)
    if isinstance(model, str) or isinstance(value, datetime.datetime) or value is None:
        return value
    return type(model)(value)
