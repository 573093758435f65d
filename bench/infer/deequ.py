"""Deequ's suggested constraints, read as checks of single rows so that they too can say which cells are wrong."""

import glob
import pathlib
import re

import pyarrow.parquet


class Deequ:
    """A running Spark with Deequ. `jars` is a folder (bench/deequ-pom.xml: mvn dependency:copy-dependencies)."""

    def __init__(self, jars):
        from pyspark.sql import SparkSession
        self.spark = (SparkSession.builder.master("local[2]").config("spark.jars", ",".join(sorted(glob.glob(f"{jars}/*.jar"))))
                      .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
                      .config("spark.sql.shuffle.partitions", "2").config("spark.driver.bindAddress", "127.0.0.1")
                      .config("spark.driver.host", "127.0.0.1").config("spark.sql.session.timeZone", "UTC").getOrCreate())
        self.spark.sparkContext.setLogLevel("OFF")

    def suggestions(self, path: pathlib.Path):
        """Lines of Scala as Deequ prints them, such as .isComplete("id")."""
        java = self.spark._jvm
        rows = self.spark.read.parquet(str(path))
        run = java.com.amazon.deequ.suggestions.ConstraintSuggestionRunner().onData(rows._jdf)
        for rule in _iterate(java.com.amazon.deequ.suggestions.Rules.DEFAULT()):
            run = run.addConstraintRule(rule)
        by_column = run.run().constraintSuggestions()
        return [s.codeForConstraint() for pair in _iterate(by_column) for s in _iterate(pair._2())]

    def findings(self, train, test):
        columns = pyarrow.parquet.read_table(test).to_pydict()
        return {(row, (column,)) for code in self.suggestions(train) for column, rows in [_failing(code, columns)] for row in rows}


def _iterate(scala):
    iterator = scala.iterator()
    while iterator.hasNext():
        yield iterator.next()


def _failing(code, columns):
    """(column, rows that fail). A constraint that asks for a share of rows blames them only when the share is missed."""
    method, column = re.match(r'\.(\w+)\("((?:[^"\\]|\\.)*)"', code).groups()
    values = columns[column]
    bound = re.search(r"_ >= ([0-9.]+)", code)
    if method in ("isComplete", "hasCompleteness"):
        failing = [row for row, value in enumerate(values) if value is None]
    elif method == "isContainedIn":
        listed = re.search(r"Array\((.*?)\)(?:,|\)$)", code, re.DOTALL).group(1)
        allowed = {re.sub(r"\\(.)", r"\1", text) for text in re.findall(r'"((?:[^"\\]|\\.)*)"', listed)}
        failing = [row for row, value in enumerate(values) if value is not None and _text(value) not in allowed]
    elif method == "isNonNegative":
        failing = [row for row, value in enumerate(values) if value is not None and _number(value) < 0]
    elif method in ("isUnique", "hasUniqueness"):
        counts = {}
        for value in values:
            counts[value] = counts.get(value, 0) + 1
        failing = [row for row, value in enumerate(values) if counts[value] > 1]
    elif method == "hasDataType":
        pattern = r"(-|\+)? ?\d*" if "Integral" in code else r"(-|\+)? ?\d*\.\d*" if "Fractional" in code else r"true|false"
        failing = [row for row, value in enumerate(values) if value is not None and not re.fullmatch(pattern, str(value))]
    else:  # lengths and ranges
        measure = (lambda value: len(value)) if "Length" in method else _number
        limit = re.search(r"_ (<=|>=) (-?[0-9.E]+)", code)
        sign, limit = limit.group(1), float(limit.group(2))
        failing = [row for row, value in enumerate(values)
                   if value is not None and (measure(value) > limit if sign == "<=" else measure(value) < limit)]
        bound = None
    if bound and 1 - len(failing) / len(values) >= float(bound.group(1)):
        return column, []
    return column, failing


def _number(value):
    """As Spark casts: what is no number is none, and passes."""
    try:
        return float(value)
    except ValueError:
        return float("nan")


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)
