"""How text files are read: encodings, compressions, cells of another type, line numbers."""
import gzip
import json
import subprocess

import pytest

import server

ROWS = [(i, ["Zürich", "naïve café", "plain", "€ 5,00 – „quoted“"][i % 4]) for i in range(500)]
CSV = "id,text\n" + "".join(f'{i},"{text}"\n' for i, text in ROWS)
NDJSON = "".join(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n" for i, text in ROWS)


def fields(path, *options):
    done = subprocess.run([server.ASSAY, "profile", str(path), "--json", "-", "--quiet", *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (container,) = json.loads(done.stdout)["containers"]
    assert (container["failures"], container["record_count"]) == ([], len(ROWS))
    return container["fields"]


def zstd(data, folder):
    (folder / "plain").write_bytes(data)
    subprocess.run(["zstd", "-q", "-f", folder / "plain", "-o", folder / "packed"], check=True)
    return (folder / "packed").read_bytes()


@pytest.mark.parametrize("compression", ["", ".gz", ".zst"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_encodings_and_compressions_change_nothing(tmp_path, form, encoding, compression):
    if form == "ndjson" and encoding == "windows-1252":
        pytest.skip("JSON is Unicode")
    text = CSV if form == "csv" else NDJSON
    (tmp_path / f"x.{form}").write_text(text)
    expected = fields(tmp_path / f"x.{form}")
    assert [f["field_type"] for f in expected] == ["Integral", "String"]
    data = text.encode(encoding)
    data = {"": lambda: data, ".gz": lambda: gzip.compress(data), ".zst": lambda: zstd(data, tmp_path)}[compression]()
    other = tmp_path / "other"
    other.mkdir()
    (other / f"x.{form}{compression}").write_bytes(data)
    assert fields(other / f"x.{form}{compression}") == expected


def test_latin_1_is_told_from_utf_8_in_the_same_container(tmp_path):
    for number, encoding in enumerate(["utf-8", "latin-1", "utf-16"]):
        (tmp_path / f"x_{number}.csv").write_bytes("id,text\n1,Zürich\n2,Köln\n".encode(encoding))
    done = subprocess.run([server.ASSAY, "profile", tmp_path, "--json", "-", "--quiet"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (container,) = json.loads(done.stdout)["containers"]
    assert {b["value"]: b["count"] for b in container["fields"][1]["histogram_buckets"]} == {"Zürich": 3, "Köln": 3}


def test_an_encoding_that_is_given_wins(tmp_path):
    (tmp_path / "x.csv").write_bytes("id,text\n1,Zürich\n".encode("latin-1"))
    done = subprocess.run([server.ASSAY, "profile", tmp_path / "x.csv", "--json", "-", "--quiet", "--encoding", "utf-8"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["containers"][0]["fields"][1]["invalid_utf8_count"] == 1


def test_cells_of_another_type_are_counted(tmp_path):
    (tmp_path / "x.csv").write_text("id,n\n" + "".join(f"{i},{'?' if i % 50 == 7 else i}\n" for i in range(200)) + "200,\n")
    done = subprocess.run([server.ASSAY, "profile", tmp_path / "x.csv", "--json", "-"], capture_output=True, text=True)
    (container,) = json.loads(done.stdout)["containers"]
    counts = [(f["field_type"], f["null_count"], f["unparsable_count"]) for f in container["fields"]]
    assert counts == [("Integral", 0, 0), ("Integral", 5, 4)]


def test_rows_may_carry_their_number(tmp_path):
    for number in (1, 2):
        (tmp_path / f"x_{number}.csv").write_text("id\n7\n8\n9\n")
    done = subprocess.run([server.ASSAY, "profile", tmp_path, "--json", "-", "--line-field", "line"], capture_output=True, text=True)
    (container,) = json.loads(done.stdout)["containers"]
    line = container["fields"][-1]
    assert (line["name"], line["min"], line["max"], line["sum"]) == ("line", 1, 3, 12)
    checks = tmp_path / "checks.yaml"
    checks.write_text("- rule_type: maxValue\n  fields: [id]\n  properties: {value: 8}\n")
    done = subprocess.run([server.ASSAY, "scan", tmp_path, "--checks", checks, "--json", "-", "--line-field", "line"], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count('"line": 3') == 2
    taken = subprocess.run([server.ASSAY, "profile", tmp_path, "--line-field", "id"], capture_output=True, text=True)
    assert taken.returncode == 2 and "id" in taken.stderr


@pytest.mark.parametrize("form, rows", [("csv", "id,text\n{0},a\n"), ("ndjson", '{{"id": {0}, "text": "a"}}\n')])
def test_hive_folders_give_a_field(tmp_path, form, rows):
    for number in (1, 2):
        folder = tmp_path / "k=v" / "orders" / f"year={number}"
        folder.mkdir(parents=True)
        (folder / f"p.{form}").write_text(rows.format(number))
    done = subprocess.run([server.ASSAY, "profile", tmp_path / "k=v" / "orders", "--json", "-", "--quiet"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (container,) = json.loads(done.stdout)["containers"]
    assert [(f["name"], f["field_type"]) for f in container["fields"]] == [("id", "Integral"), ("text", "String"), ("year", "Integral")]
    assert [(f.get("min"), f.get("max")) for f in container["fields"]][0] == (1, 2)


def test_one_ragged_line_costs_its_file_with_a_reason(tmp_path):
    good = "a,b,c\n" + "".join(f"{i},x,{i}\n" for i in range(1000))
    (tmp_path / "x_1.csv").write_text(good + "5,6\n")
    (tmp_path / "x_2.csv").write_text(good)
    done = subprocess.run([server.ASSAY, "profile", tmp_path, "--json", "-", "--quiet"], capture_output=True, text=True)
    assert done.returncode == 2
    (container,) = json.loads(done.stdout)["containers"]
    assert [f["name"] for f in container["fields"]] == ["a", "b", "c"]
    assert (container["record_count"], len(container["failures"])) == (1000, 1)
    assert "line 1002" in done.stdout
