"""Every statistic of a profile equals a computation by Polars, an implementation that shares nothing with the program's engine."""
import csv
import datetime
import decimal
import functools
import json
import math
import random
import subprocess

import duckdb
import polars as pl
import pytest

import server

SKETCHED_FROM = 16384  # distinct values above which sketches take over
HISTOGRAM_UP_TO = 100
CORRELATED_FROM = 0.5
CORRELATED_FIELDS = 64
SMALLEST_FOR_NORMALITY, CHI_SQUARED_2_AT_5_PERCENT = 20, 5.991464547107979

NUMBERS = ("Integral", "Fractional")


def run(path, *options):
    return subprocess.run([server.ASSAY, "profile", str(path), "--json", "-", "--quiet", *options], capture_output=True, text=True)


def profile(path, *options):
    """The only container there; its numbers as decimals, so that no digit is lost on the way."""
    done = run(path, *options)
    assert done.returncode == 0, done.stderr[:2000]
    (container,) = json.loads(done.stdout, parse_float=decimal.Decimal)["containers"]
    assert container["failures"] == []
    return container


# ---- What Polars says

def field_type(dtype):
    if dtype.is_integer():
        return "Integral"
    if dtype.is_numeric():
        return "Fractional"
    return {pl.Boolean: "Boolean", pl.String: "String", pl.Date: "Date", pl.Datetime: "Timestamp"}.get(dtype.base_type(), "Unknown")


def column(frame, name):
    """The values of a field by its name in a profile: a, a.b, a[], a[].b."""
    first, *members = name.replace("[]", ".[]").split(".")
    values = frame[first]
    for member in members:
        if member == "[]":
            values = values.filter(values.list.len() > 0).explode()
        else:
            values = values.struct.field(member)
    return values


def field_names(name, dtype):
    """A column and everything inside it."""
    yield name
    if isinstance(dtype, pl.Struct):
        for member in dtype.fields:
            yield from field_names(f"{name}.{member.name}", member.dtype)
    elif isinstance(dtype, pl.List):
        yield from field_names(f"{name}[]", dtype.inner)


def finite(values):
    return values.filter(values.is_finite()) if values.dtype.is_float() else values


def ordered(values):
    """Without nulls and NaN, ascending."""
    values = values.drop_nulls()
    return (values.filter(values.is_not_nan()) if values.dtype.is_float() else values).sort()


def as_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return str(value)


def same(ours, theirs):
    """Exactly equal, whether a number came as a number or as text."""
    if theirs is None or ours is None:
        return theirs is ours
    if isinstance(theirs, (int, float, decimal.Decimal)) and not isinstance(theirs, bool):
        theirs = as_text(theirs)
        if theirs in ("NaN", "Infinity", "-Infinity"):
            return ours == theirs
        return decimal.Decimal(ours if isinstance(ours, str) else str(ours)) == decimal.Decimal(theirs)
    return ours == as_text(theirs)


def same_text(ours, theirs):
    """Texts longer than 256 bytes are cut."""
    return ours == theirs or (ours is not None and ours.endswith("…") and len(theirs.encode()) > 256 and theirs.startswith(ours[:-1])
                              and len(ours.encode()) > 200)


def close(ours, theirs, relative=1e-9, absolute=1e-9):
    if theirs is None or not math.isfinite(theirs):
        return ours is None
    return ours is not None and math.isclose(float(ours), float(theirs), rel_tol=relative, abs_tol=absolute)


# ---- Comparing

def compare_counts(field, values):
    present = values.drop_nulls()
    assert field["record_count"] == len(values)
    assert field["null_count"] == values.null_count()
    assert close(field["completeness"], len(present) / len(values) if len(values) else 1, absolute=1e-15)
    is_real = values.dtype.is_float()
    assert field["nan_count"] == (present.is_nan().sum() if is_real else 0)
    assert field["infinite_count"] == (present.is_infinite().sum() if is_real else 0)


def compare_frequencies(field, present):
    counts = present.value_counts(name="times")
    distinct = len(counts)
    is_exact = distinct <= SKETCHED_FROM
    assert field["distinct_is_exact"] == is_exact
    if not is_exact:
        assert close(field["approximate_distinct_values"], distinct, 0.025)
    else:
        assert field["approximate_distinct_values"] == distinct
    if distinct == 0:
        assert field["unique_distinct_ratio"] is None and field["entropy"] is None and field["histogram_buckets"] == []
        return
    bound = 1e-9 if is_exact else 0.03
    assert close(field["unique_distinct_ratio"], (counts["times"] == 1).sum() / distinct, bound, bound)
    assert close(field["entropy"], counts["times"].entropy(base=2, normalize=True), bound)
    compare_histogram(field, counts, len(present))


def compare_histogram(field, counts, present):
    buckets = field["histogram_buckets"]
    if len(counts) > HISTOGRAM_UP_TO:
        assert buckets == []
        return
    assert [b["count"] for b in buckets] == counts["times"].sort(descending=True).to_list()
    assert all(close(b["ratio"], b["count"] / present) for b in buckets)
    left = list(buckets)
    for value, times in counts.rows():
        matches = [b for b in left if b["count"] == times and (same_text if isinstance(value, str) else same)(b["value"], value)]
        assert len(matches) == 1, (value, times, left[:10])
        left.remove(matches[0])


def compare_order(field, values):
    """Minimum, maximum and quartiles."""
    ranked = ordered(values)
    numbers_and_times = field["field_type"] in (*NUMBERS, "Date", "Timestamp")
    equal = same_text if values.dtype == pl.String else same
    assert equal(field["min"], ranked[0] if len(ranked) else None) and equal(field["max"], ranked[-1] if len(ranked) else None)
    ranked = finite(ranked)
    for name, share in {"q1": 0.25, "median": 0.5, "q3": 0.75}.items():
        if not numbers_and_times or not len(ranked):
            assert field[name] is None, name
        elif ranked.n_unique() <= SKETCHED_FROM:
            assert same(field[name], ranked[max(0, math.ceil(share * len(ranked)) - 1)]), (name, field[name])
        else:
            text = pl.Series([str(field[name])])
            got = text.str.to_datetime(time_unit="us")[0] if values.dtype == pl.Datetime else text.cast(ranked.dtype)[0]
            assert (ranked < got).sum() / len(ranked) <= share + 0.01 and (ranked <= got).sum() / len(ranked) >= share - 0.01, (name, got)


def compare_sketch(field, values):
    ranked = finite(ordered(values))
    if not len(ranked) or field["field_type"] not in (*NUMBERS, "Date", "Timestamp"):
        assert field["kll"] is None
        return
    buckets = field["kll"]["buckets"]
    slack = 0 if ranked.n_unique() <= SKETCHED_FROM else 0.01 * len(ranked)
    assert abs(sum(b["count"] for b in buckets) - len(ranked)) <= slack
    if field["field_type"] not in NUMBERS or ranked.n_unique() == 1:
        return
    ranked = ranked.cast(pl.Float64)
    assert len(buckets) == 60
    assert all(bucket[border] is not None for bucket in buckets for border in ("low", "high")), buckets[:3]
    rounding = (ranked[-1] - ranked[0]) * 1e-9
    counted = 0
    for bucket in buckets:  # a value on a border may be on either side
        counted += bucket["count"]
        high = float(bucket["high"])
        assert (ranked < high - rounding).sum() - slack <= counted <= (ranked <= high + rounding).sum() + slack
    assert close(buckets[0]["low"], ranked[0]), (buckets[0], ranked[0])
    assert close(buckets[-1]["high"], ranked[-1]), (buckets[-1], ranked[-1])


def compare_moments(field, values, text):
    numbers = finite(values.drop_nulls())
    if field["field_type"] not in NUMBERS or not len(numbers):
        assert [field[name] for name in ("sum", "mean", "std_dev", "skewness", "kurtosis", "is_not_normal")] == [None] * 6
        return
    magnitude = float(numbers.cast(pl.Float64).abs().sum())
    if numbers.dtype.is_float() or (text and field["field_type"] == "Fractional"):
        total = math.fsum(numbers.cast(pl.Float64))
        assert close(field["sum"], total, 1e-12, magnitude * 1e-15)
    else:
        total = (numbers.cast(pl.Int128) if numbers.dtype.is_integer() else numbers).sum()
        assert same(field["sum"], total), field["sum"]
    assert close(field["mean"], float(total) / len(numbers), 1e-9, magnitude / len(numbers) * 1e-12)
    numbers = numbers.cast(pl.Float64)
    if len(numbers) == 1:
        assert field["std_dev"] is None and field["skewness"] is None and field["kurtosis"] is None
        return
    assert close(field["std_dev"], numbers.std(), 1e-8, 1e-12)
    if numbers.n_unique() == 1:
        assert field["skewness"] is None and field["kurtosis"] is None
        return
    skewness, kurtosis = numbers.skew(), numbers.kurtosis()  # of the population; the kurtosis is the excess
    if not math.isfinite(skewness) or not math.isfinite(kurtosis):
        assert [field[name] for name in ("skewness", "kurtosis", "is_not_normal")] == [None] * 3
        return
    assert close(field["skewness"], skewness, 1e-6, 1e-8) and close(field["kurtosis"], kurtosis, 1e-6, 1e-8)
    statistic = len(numbers) / 6 * (skewness**2 + kurtosis**2 / 4)
    if len(numbers) < SMALLEST_FOR_NORMALITY:
        assert field["is_not_normal"] is None
    elif not math.isclose(statistic, CHI_SQUARED_2_AT_5_PERCENT, rel_tol=1e-6):
        assert field["is_not_normal"] == (statistic > CHI_SQUARED_2_AT_5_PERCENT)


def compare_lengths(field, values):
    present = values.drop_nulls()
    if not len(present) or not isinstance(values.dtype, (pl.String, pl.List)):
        assert field["min_length"] is None and field["max_length"] is None
        return
    lengths = present.str.len_chars() if values.dtype == pl.String else present.list.len()
    assert (field["min_length"], field["max_length"]) == (lengths.min(), lengths.max())
    assert close(field["mean_length"], lengths.mean())
    if values.dtype == pl.String:
        stripped = present.str.strip_chars(" \t\r\n")
        assert field["empty_count"] == (present == "").sum()
        assert field["blank_count"] == ((stripped == "") & (present != "")).sum()


def compare_field(field, values, text=False):
    """`text`: of a delimited or JSON file, where types are inferred and reals are read from digits."""
    if not (text and values.drop_nulls().is_empty()):
        assert field["field_type"] == field_type(values.dtype), field["field_type"]
    compare_counts(field, values)
    compare_lengths(field, values)
    if isinstance(values.dtype, (pl.List, pl.Struct)):
        return
    compare_frequencies(field, values.drop_nulls())
    compare_order(field, values)
    compare_moments(field, values, text)
    compare_sketch(field, values)


def differences(comparisons):
    """What each of `name -> call` says is wrong."""
    found = []
    for name, call in comparisons.items():
        try:
            call()
        except AssertionError as failure:
            found.append(f"{name}: {str(failure)[:300]}")
    return found


def compare_correlations(fields, frame):
    numeric = [name for name in fields if fields[name]["field_type"] in NUMBERS and "[]" not in name]
    if len(numeric) > CORRELATED_FIELDS:
        assert all(field["field_correlations"] == [] for field in fields.values())
        return
    values = {name: column(frame, name).cast(pl.Float64) for name in numeric}
    for name in numeric:
        told = {c["field"]: float(c["correlation"]) for c in fields[name]["field_correlations"]}
        for other in numeric:
            if other == name:
                continue
            both = values[name].is_finite() & values[other].is_finite()
            pair = pl.DataFrame({"a": values[name].filter(both), "b": values[other].filter(both)})
            r = pair.select(pl.corr("a", "b")).item() if len(pair) > 1 else None
            if r is None or math.isnan(r) or abs(r) < CORRELATED_FROM - 1e-9:
                assert other not in told, (name, other, r, told)
            elif abs(r) > CORRELATED_FROM + 1e-9:
                assert close(told.get(other), r), (name, other, r, told)


def compare(container, frame, text=False, every=1, unordered=False):
    names = [inner for name, dtype in frame.schema.items() for inner in field_names(name, dtype)]
    found = [field["name"] for field in container["fields"]]
    assert container["record_count"] == len(frame) == sum(file["row_count"] for file in container["files"])
    fields = {field["name"]: field for field in container["fields"]}
    comparisons = {name: functools.partial(compare_field, fields[name], column(frame, name), text) for name in names[::every] if name in fields}
    wrong = differences(comparisons | {"correlations": functools.partial(compare_correlations, fields, frame)})
    if unordered:
        names, found = sorted(names), sorted(found)
    if found != names:
        wrong.append(f"fields missing: {[n for n in names if n not in fields][:5]}, not expected: {[n for n in found if n not in names][:5]}, of {len(names)}")
    assert not wrong, "\n".join(wrong)


# ---- Writing the same rows in three formats

def json_text(value):
    """A number keeps all its digits."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{json_text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (datetime.date, datetime.datetime)):
        return json.dumps(as_text(value))
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def csv_text(value):
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, decimal.Decimal) else as_text(value)


def write(frame, path):
    if path.suffix == ".parquet":
        frame.write_parquet(path, row_group_size=max(1, len(frame) // 3))
    elif path.suffix == ".csv":
        with open(path, "w", newline="", encoding="utf-8") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(frame.columns)
            writer.writerows([csv_text(value) for value in row] for row in frame.iter_rows())
    else:
        path.write_text("".join(json_text(row) + "\n" for row in frame.iter_rows(named=True)), encoding="utf-8")
    return path


# ---- Data

def decimals(*texts):
    return pl.Series([None if text is None else decimal.Decimal(text) for text in texts], dtype=pl.Decimal(38, 3))


@functools.cache
def mixed():
    """Every type; fields with few and with very many values, gaps, an offset, and correlations."""
    chance = random.Random(20260131)
    rows = 30000
    some = lambda make, gaps=0.02: [None if chance.random() < gaps else make() for _ in range(rows)]
    signal = [chance.gauss(0, 1) for _ in range(rows)]
    day = datetime.date(2024, 1, 1)
    moment = datetime.datetime(2024, 1, 1)
    return pl.DataFrame({
        "id": list(range(rows)),
        "few": some(lambda: chance.randrange(7)),
        "constant": [42] * rows,
        "normal": signal,
        "offset": [1e6 + x for x in signal],
        "noisy": [None if chance.random() < 0.1 else 3 * x + chance.gauss(0, 2) for x in signal],
        "opposite": [-x for x in signal],
        "skewed": some(lambda: chance.expovariate(0.1)),
        "price": pl.Series(some(lambda: decimal.Decimal(chance.randrange(1, 10**7)) / 100), dtype=pl.Decimal(18, 2)),
        "flag": some(lambda: chance.random() < 0.3),
        "city": some(lambda: chance.choice(["Köln", "東京", "Rio de Janeiro", "a,b", 'say "x"', "Zürich 🏔", "  ", "x"])),
        "key": some(lambda: f"K-{chance.randrange(10**6):06d}"),
        "day": some(lambda: day + datetime.timedelta(chance.randrange(400))),
        "moment": some(lambda: moment + datetime.timedelta(seconds=chance.randrange(10**7))),
    }, schema_overrides={"id": pl.Int64, "few": pl.Int8, "constant": pl.Int32, "moment": pl.Datetime("us")})


# name -> (rows, formats in which they can be written). Text of no or only null values has no type to infer.
EDGES = {
    "no_rows": (lambda: pl.DataFrame(schema={"i": pl.Int64, "s": pl.String, "d": pl.Float64}), "parquet csv"),
    "all_null": (lambda: pl.DataFrame({"i": [None] * 50, "s": [None] * 50, "d": [None] * 50},
                                      schema={"i": pl.Int64, "s": pl.String, "d": pl.Float64}), "parquet csv ndjson"),
    "one_row": (lambda: pl.DataFrame({"i": [7], "s": ["x"], "d": [1.5], "b": [True], "t": [datetime.date(2024, 2, 29)]}), "parquet csv ndjson"),
    # Quartiles are the same with and without the infinities.
    "specials": (lambda: pl.DataFrame({"d": [math.nan, math.inf, -math.inf, None] + [1.5] * 10 + [2.5] * 10 + [4.0] * 10}), "parquet csv"),
    "only_nan": (lambda: pl.DataFrame({"d": [math.nan] * 3 + [None]}), "parquet"),
    "single_precision": (lambda: pl.DataFrame({"f": pl.Series([0.1, 0.2, 0.1, -3.5, None], dtype=pl.Float32)}), "parquet"),
    "zeros": (lambda: pl.DataFrame({"d": [0.0, -0.0, 0.0, 1.0]}), "parquet csv ndjson"),
    "tiny_and_huge": (lambda: pl.DataFrame({"d": [5e-324, 1.5e308, -1.5e308, 1e-300, 1.0]}), "parquet csv ndjson"),
    "integers": (lambda: pl.DataFrame({"i": [2**63 - 1, -(2**63), 2**53 + 1, 0, None, 2**53 + 1]}), "parquet csv ndjson"),
    "unsigned": (lambda: pl.DataFrame({"u": pl.Series([2**64 - 1, 2**63 + 1, 0, 2**63 + 1, 5], dtype=pl.UInt64)}), "parquet csv ndjson"),
    # JSON readers take numbers with a fraction as doubles.
    "decimals": (lambda: pl.DataFrame({"d": decimals("9" * 35 + ".999", "-" + "9" * 35 + ".999", "0.001", None, "12345678901234567.891")}), "parquet csv"),
    "dates": (lambda: pl.DataFrame({"d": [datetime.date(1, 1, 1), datetime.date(9999, 12, 31), datetime.date(1969, 12, 31), None],
                                    "t": [datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59, 999999),
                                          datetime.datetime(1969, 12, 31, 23, 59, 59, 500000), None]}), "parquet csv ndjson"),
    "long_texts": (lambda: pl.DataFrame({"i": [1, 2, 3, 4], "s": ["ä" * 5_000_000, "b" * 10_000_000, "x", None]}), "parquet csv ndjson"),
    "wide": (lambda: pl.DataFrame({f"c{c}": [None if (c + i) % 50 == 0 else c * i for i in range(40)] for c in range(2000)}), "parquet csv ndjson"),
    "mixed": (mixed, "parquet csv ndjson"),
}


@pytest.mark.parametrize("edge, form", [(edge, form) for edge, (_, forms) in EDGES.items() for form in forms.split()])
def test_edges_equal_polars(tmp_path, edge, form):
    frame = EDGES[edge][0]()
    path = write(frame, tmp_path / f"{edge}.{form}")
    compare(profile(path), frame, text=form != "parquet", every=40 if edge == "wide" else 1)


@pytest.mark.parametrize("header", ["id,name", "a,t", "name,date,f"])
def test_a_header_alone_is_no_row(tmp_path, header):
    (tmp_path / "x.csv").write_text(header + "\n")
    container = profile(tmp_path / "x.csv")
    assert (container["record_count"], [field["name"] for field in container["fields"]]) == (0, header.split(","))


def test_empty_and_blank_texts_are_values(tmp_path):
    frame = pl.DataFrame({"i": [1, 2, 3, 4, 5], "s": ["", " ", "\t ", None, "x"]})
    for form in ("parquet", "ndjson"):
        compare(profile(write(frame, tmp_path / f"x.{form}")), frame, text=form != "parquet")


def test_an_empty_cell_is_null_or_empty_text_as_asked(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("i,s\n1,a\n2,\n3,bc\n4,\n")
    compare(profile(path), pl.DataFrame({"i": [1, 2, 3, 4], "s": ["a", None, "bc", None]}), text=True)
    compare(profile(path, "--keep-empty"), pl.DataFrame({"i": [1, 2, 3, 4], "s": ["a", "", "bc", ""]}), text=True)


@pytest.mark.parametrize("name", ["x.csv", "x.ndjson", "x.parquet"])
def test_a_file_of_no_bytes_is_told_and_changes_nothing_beside_others(tmp_path, name):
    empty = tmp_path / name
    empty.touch()
    done = run(empty)
    assert done.returncode == 2 and name in done.stderr and "empty" in done.stderr
    frame = pl.DataFrame({"i": [1, 2, None]})
    folder = tmp_path / "data"
    folder.mkdir()
    write(frame, folder / f"a_1.{name.split('.')[1]}")
    (folder / f"a_2.{name.split('.')[1]}").touch()
    compare(profile(folder), frame, text=not name.endswith("parquet"))


@pytest.mark.parametrize("edge", ["mixed", "integers", "decimals"])
def test_several_files_are_as_one(tmp_path, edge):
    frame = EDGES[edge][0]()
    for part in range(3):
        write(frame[part::3], tmp_path / f"part_{part}.parquet")
    compare(profile(tmp_path), pl.concat([frame[part::3] for part in range(3)]))


@pytest.mark.parametrize("rows", [SKETCHED_FROM - 1, SKETCHED_FROM, SKETCHED_FROM + 1])
def test_the_change_from_exact_to_sketched_is_where_the_manual_says(tmp_path, rows):
    frame = pl.DataFrame({"i": pl.int_range(rows, eager=True) * 7919, "s": pl.Series([f"v{i}" for i in range(rows)])})
    compare(profile(write(frame, tmp_path / "x.parquet")), frame)


@pytest.mark.parametrize("distinct", [HISTOGRAM_UP_TO, HISTOGRAM_UP_TO + 1])
def test_a_histogram_ends_where_the_manual_says(tmp_path, distinct):
    frame = pl.DataFrame({"i": [i % distinct for i in range(1000)], "s": [f"v{i % distinct}" for i in range(1000)]})
    compare(profile(write(frame, tmp_path / "x.parquet")), frame)


# ---- Invalid UTF-8

BAD = [b"good", b"b\xffad", b"\xc3\x28zz", b"good", b"fine", b"\xed\xa0\x80a"]  # a lone byte, half a sequence, a surrogate
GOOD = pl.Series([text.decode() for text in BAD if text in (b"good", b"fine")])


def bad_texts(path):
    lines = enumerate(BAD, 1)
    if path.suffix == ".csv":
        path.write_bytes(b"i,s\n" + b"".join(b"%d,%s\n" % line for line in lines))
    elif path.suffix == ".ndjson":
        path.write_bytes(b"".join(b'{"i":%d,"s":"%s"}\n' % line for line in lines))
    else:
        stand_ins = [text if text in (b"good", b"fine") else b"Q%d" % i + b"Q" * (len(text) - 2) for i, text in lines]
        pl.DataFrame({"i": list(range(1, len(BAD) + 1)), "s": [text.decode() for text in stand_ins]}).write_parquet(
            path, compression="uncompressed", statistics=False)
        data = path.read_bytes()
        for stand_in, text in zip(stand_ins, BAD):
            if stand_in != text:
                assert data.count(stand_in) == 1 and len(stand_in) == len(text)
            data = data.replace(stand_in, text)
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("form", ["parquet", "csv", "ndjson"])
def test_texts_that_are_no_utf8_are_counted_and_kept(tmp_path, form):
    options = ["--encoding", "utf-8"] if form == "csv" else []
    numbers, texts = profile(bad_texts(tmp_path / f"x.{form}"), *options)["fields"]
    compare_field(numbers, pl.Series(range(1, len(BAD) + 1)), text=form != "parquet")
    values = pl.Series(BAD, dtype=pl.Binary)
    assert texts["field_type"] == "String"
    assert texts["invalid_utf8_count"] == len(BAD) - len(GOOD) == 3
    assert (texts["record_count"], texts["null_count"], texts["completeness"]) == (len(BAD), 0, 1)
    assert texts["approximate_distinct_values"] == values.n_unique()
    assert close(texts["unique_distinct_ratio"], values.is_unique().sum() / values.n_unique())
    assert {b["value"]: b["count"] for b in texts["histogram_buckets"]}.items() >= dict(GOOD.value_counts().rows()).items()


# ---- Nested data

def nested_struct(level, leaf):
    return {"v": leaf, "next": nested_struct(level - 1, leaf * 2)} if level else {"v": leaf}


NESTED = {
    "struct_of_20_levels": [{"s": None if i == 3 else nested_struct(20, i)} for i in range(30)],
    "lists_of_lists_of_structs": [{"id": i, "l": None if i % 7 == 0 else [[{"x": i * j + k, "y": f"t{(i + k) % 5}", "z": [k] * (j % 3)} for k in range(j)]
                                                                           for j in range(1 + i % 4)]} for i in range(40)],
    "list_of_20_levels": [{"l": functools.reduce(lambda inner, _: [inner], range(20), i)} for i in range(10)],
    "empty_lists": [{"l": [1, None, 3]}, {"l": [None]}, {"l": None}, {"l": [4]}, {"l": []}],
}


@pytest.mark.parametrize("form", ["parquet", "ndjson"])
@pytest.mark.parametrize("shape", NESTED)
def test_nested_fields_equal_polars(tmp_path, shape, form):
    frame = pl.DataFrame(NESTED[shape], infer_schema_length=None)
    compare(profile(write(frame, tmp_path / f"x.{form}")), frame, text=form != "parquet")


def test_maps_equal_polars(tmp_path):
    rows = [{"id": i, "m": [{"key": f"k{k}", "value": i * k} for k in range(i % 5)], "d": [{"key": "a", "value": [{"key": i, "value": i / 7}]}]} for i in range(50)]
    frame = pl.DataFrame(rows, schema_overrides={"m": pl.List(pl.Struct({"key": pl.String, "value": pl.Int64}))})
    pairs = write(frame, tmp_path / "pairs.parquet")
    (tmp_path / "maps").mkdir()
    # Polars writes no maps; it only computes here.
    duckdb.sql(f"""COPY (SELECT id, map_from_entries(m) AS m, map_from_entries(list_transform(d, lambda e: {{'key': e.key, 'value': map_from_entries(e.value)}})) AS d
                         FROM '{pairs}') TO '{tmp_path}/maps/x.parquet' (FORMAT parquet)""")
    container = profile(tmp_path / "maps/x.parquet")
    fields = {field["name"]: field for field in container["fields"]}
    in_polars = {"m": "m", "m.key[]": "m[].key", "m.value[]": "m[].value", "d": "d", "d.key[]": "d[].key", "d.value[]": "d[].value",
                 "d.value[].key[]": "d[].value[].key", "d.value[].value[]": "d[].value[].value", "id": "id"}
    assert set(fields) == set(in_polars)
    wrong = differences({ours: functools.partial(compare_field, fields[ours], column(frame, theirs)) for ours, theirs in in_polars.items()})
    assert not wrong, "\n".join(wrong)


# ---- The demo's data

PARSED = {"Integral": lambda c: c.cast(pl.Int64, strict=False), "Fractional": lambda c: c.cast(pl.Float64, strict=False),
          "Date": lambda c: c.str.to_date("%Y-%m-%d", strict=False),
          "Timestamp": lambda c: c.str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False, time_unit="us")}


def typed(texts):
    """The narrowest type that at least 95 % of the values have; all else reads as null."""
    present = texts.drop_nulls()
    for parse in PARSED.values():
        if len(present) and parse(present).is_not_null().sum() >= 0.95 * len(present):
            return parse(texts)
    return texts


def demo_frame(folder, container):
    files = sorted(path for path in (folder / container).rglob("*") if path.is_file())
    if container == "orders":
        parts = [pl.read_parquet(path, hive_partitioning=False).with_columns(order_month=pl.lit(path.parent.name.split("=")[1])) for path in files]
        return pl.concat(parts)
    if container == "customers":
        frame = pl.concat(pl.read_csv(path, infer_schema=False) for path in files)
    else:
        frame = pl.concat(pl.read_ndjson(path, infer_schema_length=None) for path in files)
    return frame.with_columns(typed(frame[name]) for name in frame.columns if frame[name].dtype == pl.String)


@pytest.mark.parametrize("container", ["orders", "customers", "events"])
def test_generated_data_equals_polars(sample, container):
    frame = demo_frame(sample / "data", container)
    assert len(frame) == {"orders": 60000, "customers": 10000, "events": 40000}[container]
    compare(profile(sample / "data" / container), frame, text=container != "orders", unordered=True)
