"""Clean tables of many shapes, made from a seed. Each says which columns may get which kind of error."""

import dataclasses
import datetime
import random
import string
import typing

import pyarrow

FIRST_NAMES = "Anna Ben Carla David Elena Felix Greta Hugo Ida Jonas Klara Liam Mia Noah Olga Paul Quinn Rosa Samuel Tessa".split()
LAST_NAMES = "Adler Brandt Costa Dubois Eriksen Fischer Garcia Hansen Ivanov Jensen Keller Lopez Meyer Novak Olsen Petrov Rossi Schmidt".split()
CITIES = {"Berlin": "DE", "Hamburg": "DE", "Munich": "DE", "Paris": "FR", "Lyon": "FR", "Nice": "FR", "Madrid": "ES", "Seville": "ES",
          "Rome": "IT", "Milan": "IT", "Vienna": "AT", "Graz": "AT"}
CATEGORIES = {"laptop": "computers", "tablet": "computers", "monitor": "computers", "sofa": "furniture", "desk": "furniture",
              "lamp": "furniture", "shirt": "clothing", "jacket": "clothing", "shoes": "clothing"}
DAY = datetime.timedelta(days=1)
START = datetime.datetime(2024, 1, 1)


@dataclasses.dataclass
class Table:
    name: str
    columns: dict  # name -> list of values
    # Of each kind of error, where it can be put and be known to be wrong.
    missing: list = dataclasses.field(default_factory=list)  # columns that are complete when clean
    typo: list = dataclasses.field(default_factory=list)  # columns of few or of regular texts
    swapped: list = dataclasses.field(default_factory=list)  # pairs of columns
    outlier: list = dataclasses.field(default_factory=list)  # columns of numbers
    drift: dict = dataclasses.field(default_factory=dict)  # column -> the same value in another format
    dependency: dict = dataclasses.field(default_factory=dict)  # column -> a value that is possible, but not in this row

    def rows(self):
        return len(next(iter(self.columns.values())))

    def arrow(self):
        return pyarrow.table({name: pyarrow.array(values, _type(values)) for name, values in self.columns.items()})


def _type(values):
    is_time = any(isinstance(value, datetime.datetime) for value in values)
    return pyarrow.timestamp("us", tz="UTC") if is_time else None


def _time(dice, days=365):
    return START + datetime.timedelta(seconds=dice.randrange(days * 86400))


def orders(dice, rows):
    c = {"order_id": [], "customer_id": [], "status": [], "quantity": [], "unit_price": [], "total": [], "currency": [],
         "ordered_at": [], "shipped_at": [], "comment": []}
    for row in range(rows):
        quantity, price, at = dice.randint(1, 20), round(dice.lognormvariate(3, 0.6), 2), _time(dice)
        for name, value in zip(c, [f"ORD-{row + 100000}", dice.randint(1000, 9999), dice.choice(["open", "paid", "shipped", "closed"]),
                                   quantity, price, round(quantity * price, 2), dice.choice(["EUR", "USD", "GBP"]), at,
                                   at + datetime.timedelta(hours=dice.randint(2, 240)),
                                   dice.choice([None, None, "gift", "call first", "leave at door"])]):
            c[name].append(value)
    return Table("orders", c, missing=["customer_id", "status", "quantity", "unit_price", "ordered_at"],
                 typo=["status", "currency", "order_id"], swapped=[("status", "currency"), ("ordered_at", "shipped_at")],
                 outlier=["quantity", "unit_price"],
                 drift={"order_id": lambda d, v: v.lower().replace("-", " "), "currency": lambda d, v: v.lower()},
                 dependency={"total": lambda d, r: round(r["total"] * d.uniform(1.2, 3), 2),
                             "shipped_at": lambda d, r: r["ordered_at"] - DAY * d.randint(1, 20)})


def people(dice, rows):
    c = {"person_id": [], "first_name": [], "last_name": [], "email": [], "phone": [], "born_on": [], "city": [], "country": [],
         "zip": [], "newsletter": []}
    for row in range(rows):
        first, last, city = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES), dice.choice(list(CITIES))
        for name, value in zip(c, [row + 1, first, last, f"{first}.{last}{dice.randint(1, 999)}@example.com".lower(),
                                   f"+49 {dice.randint(100, 999)} {dice.randint(1000000, 9999999)}",
                                   datetime.datetime(1940, 1, 1) + DAY * dice.randrange(23000), city, CITIES[city],
                                   f"{dice.randint(10000, 99999)}", dice.random() < 0.3]):
            c[name].append(value)
    return Table("people", c, missing=["first_name", "email", "phone", "born_on", "city", "zip"],
                 typo=["city", "country", "email"], swapped=[("city", "country"), ("email", "phone"), ("zip", "country")],
                 outlier=[], drift={"phone": lambda d, v: v.replace(" ", "").replace("+49", "0"), "zip": lambda d, v: "D-" + v},
                 dependency={"country": lambda d, r: d.choice([x for x in ("DE", "FR", "ES", "IT", "AT") if x != CITIES[r["city"]]])})


def sensors(dice, rows):
    c = {"device": [], "measured_at": [], "temperature_c": [], "temperature_f": [], "humidity": [], "pressure": [], "battery": [], "state": []}
    for row in range(rows):
        celsius = round(dice.gauss(20, 3), 2)
        for name, value in zip(c, [f"dev-{dice.randint(1, 60):03d}", START + datetime.timedelta(minutes=row), celsius,
                                   round(celsius * 1.8 + 32, 3), round(min(100, max(0, dice.gauss(50, 12))), 1),
                                   round(dice.gauss(1013, 8), 1), round(dice.betavariate(5, 1) * 100, 1),
                                   dice.choices(["ok", "warning", "error"], [90, 8, 2])[0]]):
            c[name].append(value)
    return Table("sensors", c, missing=["device", "temperature_c", "humidity", "state"], typo=["device", "state"],
                 swapped=[("temperature_c", "pressure"), ("device", "state")], outlier=["temperature_c", "humidity", "pressure"],
                 drift={"device": lambda d, v: v.replace("dev-", "DEVICE"), "state": lambda d, v: v.upper()},
                 dependency={"temperature_f": lambda d, r: round(r["temperature_f"] + d.choice([-1, 1]) * d.uniform(3, 9), 3)})


def products(dice, rows):
    c = {"sku": [], "kind": [], "category": [], "price": [], "cost": [], "stock": [], "rating": [], "weight_kg": [], "url": []}
    for row in range(rows):
        kind, price = dice.choice(list(CATEGORIES)), round(dice.lognormvariate(4, 0.8), 2)
        for name, value in zip(c, [f"{dice.choice(string.ascii_uppercase)}{dice.choice(string.ascii_uppercase)}-{row:05d}", kind,
                                   CATEGORIES[kind], price, round(price * dice.uniform(0.4, 0.9), 2), int(dice.expovariate(1 / 40)),
                                   dice.randint(1, 5), round(dice.uniform(0.1, 30), 2), f"https://shop.example/p/{row}"]):
            c[name].append(value)
    return Table("products", c, missing=["sku", "category", "price", "stock"], typo=["kind", "category", "sku", "url"],
                 swapped=[("kind", "category"), ("price", "cost"), ("sku", "url")], outlier=["price", "stock", "rating", "weight_kg"],
                 drift={"sku": lambda d, v: v.replace("-", "_"), "url": lambda d, v: v.replace("https://", "")},
                 dependency={"cost": lambda d, r: round(r["price"] * d.uniform(1.1, 2), 2),
                             "category": lambda d, r: d.choice(sorted(set(CATEGORIES.values()) - {r["category"]}))})


def employees(dice, rows):
    c = {"employee": [], "department": [], "grade": [], "salary": [], "hired_on": [], "left_on": [], "manager": [], "hours_a_week": []}
    for row in range(rows):
        grade, hired = dice.randint(1, 6), START - DAY * dice.randint(100, 6000)
        for name, value in zip(c, [row + 1, dice.choice(["sales", "support", "finance", "research", "legal"]), f"G{grade}",
                                   round(28000 + grade * 9000 + dice.gauss(0, 1500), 2), hired,
                                   hired + DAY * dice.randint(30, 3000) if dice.random() < 0.3 else None,
                                   dice.randint(1, max(1, rows // 20)), dice.choices([40, 32, 20], [80, 10, 10])[0]]):
            c[name].append(value)
    return Table("employees", c, missing=["department", "grade", "salary", "hired_on"], typo=["department", "grade"],
                 swapped=[("department", "grade"), ("salary", "hours_a_week")], outlier=["salary", "hours_a_week"],
                 drift={"grade": lambda d, v: v.replace("G", "grade "), "department": lambda d, v: v.title()},
                 dependency={"left_on": lambda d, r: r["hired_on"] - DAY * d.randint(1, 2000)})


def requests(dice, rows):
    c = {"at": [], "address": [], "method": [], "path": [], "status": [], "bytes": [], "duration_ms": [], "request": []}
    at = START
    for _ in range(rows):
        at += datetime.timedelta(milliseconds=dice.randint(5, 4000))
        for name, value in zip(c, [at, ".".join(str(dice.randint(1, 254)) for _ in range(4)), dice.choices(["GET", "POST", "PUT"], [80, 15, 5])[0],
                                   f"/{dice.choice(['api', 'web', 'img'])}/{dice.randint(1, 500)}", dice.choices([200, 304, 404, 500], [85, 8, 5, 2])[0],
                                   int(dice.lognormvariate(8, 1)), round(dice.lognormvariate(3, 0.7), 3), "%032x" % dice.getrandbits(128)]):
            c[name].append(value)
    return Table("requests", c, missing=["address", "method", "status", "bytes"], typo=["method", "address", "request"],
                 swapped=[("method", "path"), ("address", "request")], outlier=["bytes", "duration_ms"],
                 drift={"address": lambda d, v: v.replace(".", "-"), "request": lambda d, v: v.upper()}, dependency={})


def invoices(dice, rows):
    c = {"invoice": [], "net": [], "tax": [], "gross": [], "issued_on": [], "due_on": [], "iban": [], "paid": []}
    for row in range(rows):
        net, issued = round(dice.uniform(10, 5000), 2), START + DAY * dice.randrange(365)
        tax = round(net * 0.19, 2)
        for name, value in zip(c, [f"2024/{row + 1:06d}", net, tax, round(net + tax, 2), issued, issued + DAY * dice.choice([14, 30]),
                                   f"DE{dice.randint(10, 99)}{dice.randint(10**17, 10**18 - 1)}", dice.random() < 0.8]):
            c[name].append(value)
    return Table("invoices", c, missing=["invoice", "net", "issued_on", "iban", "paid"], typo=["invoice", "iban"],
                 swapped=[("net", "gross"), ("issued_on", "due_on"), ("invoice", "iban")], outlier=["net"],
                 drift={"iban": lambda d, v: " ".join(v[i:i + 4] for i in range(0, len(v), 4)), "invoice": lambda d, v: v.replace("/", "-")},
                 dependency={"tax": lambda d, r: round(r["net"] * d.choice([0.07, 0.25]), 2), "gross": lambda d, r: round(r["gross"] + d.uniform(5, 400), 2),
                             "due_on": lambda d, r: r["issued_on"] - DAY * d.randint(1, 60)})


def measurements(dice, rows):
    """Wide, numbers only."""
    c = {}
    for i in range(6):
        c[f"uniform_{i}"] = [round(dice.uniform(0, 10 ** (i % 4 + 1)), 3) for _ in range(rows)]
        c[f"normal_{i}"] = [round(dice.gauss(100 * i, 5 + i), 3) for _ in range(rows)]
        c[f"count_{i}"] = [dice.randint(0, 5 * (i + 1)) for _ in range(rows)]
    return Table("measurements", c, missing=list(c), swapped=[("normal_0", "normal_5"), ("uniform_3", "count_0")], outlier=list(c))


ALL: list[typing.Callable] = [orders, people, sensors, products, employees, requests, invoices, measurements]


def clean(make, rows, seed):
    return make(random.Random(f"{make.__name__} {seed}"), rows)
