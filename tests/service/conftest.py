import shutil
import subprocess

import pytest

import server
from postgres import Postgres


def pytest_configure(config):
    config.addinivalue_line("markers", "judge: takes long; left out unless asked for")


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The demo's data with its list of injected errors and its authored checks."""
    folder = tmp_path_factory.mktemp("sample") / "demo"
    subprocess.run([server.ASSAY, "demo", "--once", "--dir", folder, "--quiet"], check=True, capture_output=True)
    return folder


@pytest.fixture
def s3(sample):
    running = server.S3Server(["lake", "results", "empty"])
    shutil.copytree(sample / "data", running.bucket_path("lake"), dirs_exist_ok=True)
    yield running
    running.stop()


@pytest.fixture
def assay(tmp_path):
    running = server.AssayServer(tmp_path / "state")
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def lake(assay, s3):
    """A source and a linked enrichment datastore on S3, synchronised: (source id, enrichment id)."""
    source = assay.ok("POST", "/datastores", {"name": "lake", "teams": ["Public"], "trigger_catalog": True, "root_path": "/",
                                              "enrich_only": False, "connection": s3.connection("lake", "lake")})
    target = assay.ok("POST", "/datastores", {"name": "results", "teams": ["Public"], "trigger_catalog": False, "root_path": "/quality",
                                              "enrichment_only": True, "connection": s3.connection("results", "results")})
    assay.wait(assay.ok("GET", f"/datastores/{source['id']}")["latest_operation"]["id"])
    assay.ok("PATCH", f"/datastores/{source['id']}/enrichment/{target['id']}")
    return source["id"], target["id"]


@pytest.fixture(scope="module")
def running_postgres():
    running = Postgres()
    yield running
    running.stop()


@pytest.fixture
def postgres(running_postgres):
    """The module's server with an empty schema and no other users."""
    yield running_postgres
    running_postgres.clear()
