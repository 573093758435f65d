"""A PostgreSQL server of the tests, and what tests ask of the datastores on it."""
import contextlib

import psycopg2

import server

SCHEMA = "Säle \"x\" 'y'"


class Postgres:
    def __init__(self, **environment):
        self.service = server.Service("postgres", **{"POSTGRES_TLS": "1"} | environment)
        self.facts, self.port = self.service.facts, self.service.port
        self.password = self.facts["POSTGRES_PASSWORD"]
        self.sql(f"CREATE SCHEMA {name(SCHEMA)}")

    def clear(self):
        """Leaves an empty schema."""
        self.sql(f"DROP SCHEMA {name(SCHEMA)} CASCADE; CREATE SCHEMA {name(SCHEMA)}")

    def open(self, database="assay"):
        session = psycopg2.connect(host="127.0.0.1", port=self.port, user="assay", password=self.password, dbname=database)
        session.autocommit = True
        return session

    def sql(self, text, *values):
        """The rows of the last statement, if it has any."""
        with contextlib.closing(self.open()) as session, session.cursor() as cursor:
            cursor.execute(f"SET search_path TO {name(SCHEMA)}")
            cursor.execute(text, values or None)
            return cursor.fetchall() if cursor.description else None

    def connection(self, label="warehouse", **changes):
        return {"name": label, "type": "postgresql", "host": "127.0.0.1", "port": self.port, "username": "assay",
                "password": self.password} | changes

    def datastore(self, assay, label="warehouse", sync=True, **changes):
        made = assay.ok("POST", "/datastores", {"name": label, "connection": self.connection(label), "database": "assay", "schema": SCHEMA,
                                                "trigger_sync": sync} | changes)
        if sync:
            self.synced = assay.wait(made["latest_operation"]["id"])
        return made["id"]

    def stop(self):
        self.service.stop()


def name(text):
    return '"' + text.replace('"', '""') + '"'


def container(assay, datastore, wanted):
    return next(c["id"] for c in assay.ok("GET", f"/containers/listing?datastore={datastore}") if c["name"] == wanted)


def check(assay, container_id, rule, columns, **properties):
    return assay.ok("POST", "/quality-checks", {"container_id": container_id, "rule": rule, "fields": columns, "properties": properties,
                                                "description": rule, "coverage": 1})["id"]
