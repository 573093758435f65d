"""Logging in: at a real OpenID Connect provider with a browser's cookies and forms, and with the first password."""
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

import server


class Browser:
    """Follows redirects, keeps cookies, and fills in the provider's forms."""

    def __init__(self):
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, url, form=None):
        """(address, status, text) of the page where it ends up."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            with self.opener.open(url, data, timeout=60) as page:
                return page.url, page.status, page.read().decode()
        except urllib.error.HTTPError as failure:
            return failure.url, failure.code, failure.read().decode()

    def log_in(self, url, name):
        address, status, text = self.open(url)
        for form in ({"prompt": "login", "login": name, "password": "any"}, {"prompt": "consent"}):
            assert status == 200 and "/interaction/" in address, (address, status, text)
            action = re.search(r'<form[^>]* action="([^"]+)"', text)[1]
            address, status, text = self.open(urllib.parse.urljoin(address, action), form)
        return address, status, json.loads(text)


@pytest.fixture(params=["RS256", "ES256"])
def with_provider(tmp_path, request):
    """A server whose users log in at a provider: (server, provider)."""
    running = server.AssayServer(tmp_path / "state")
    running.stop()
    provider = server.Service("oidc", f"http://127.0.0.1:{running.port}/api/callback", OIDC_ALG=request.param)
    config = tmp_path / "assay.yaml"
    config.write_text(f"""\
oidc:
  issuer: {provider.facts["OIDC_ISSUER"]}
  client_id: {provider.facts["OIDC_CLIENT_ID"]}
  client_secret: ${{OIDC_CLIENT_SECRET}}
  redirect_url: http://127.0.0.1:{running.port}/api/callback
  create_users: true
""")
    running.start("--config", config, environment={"OIDC_CLIENT_SECRET": provider.facts["OIDC_CLIENT_SECRET"]})
    yield running, provider
    running.stop()
    provider.stop()


def test_a_browser_logs_in_at_the_provider(with_provider):
    assay, provider = with_provider
    known = assay.ok("POST", "/users", {"name": "ana", "email": "ana@example.com", "role": "Manager"})
    login = f"http://127.0.0.1:{assay.port}/api/oidc/login"

    address, status, session = Browser().log_in(login, "ana@example.com")
    assert status == 200 and address.startswith(f"http://127.0.0.1:{assay.port}/api/callback?"), (address, session)
    assert (session["user"]["id"], session["user"]["role"]) == (known["id"], "Manager")
    assert assay.call("GET", "/users/me", token=session["token"])[1]["name"] == "ana"

    _, status, session = Browser().log_in(login, "new@example.com")
    assert status == 200 and (session["user"]["name"], session["user"]["role"]) == ("new@example.com", "Member")

    _, status, refused = Browser().log_in(login, "unverified@example.com")
    assert status == 403 and "not verified" in refused["message"]

    address, _, _ = Browser().log_in(login, "ana@example.com")
    assert Browser().open(address)[1] == 401, "the answer of the provider was taken from another browser"

    logins = assay.ok("GET", "/audit?action=login")["items"]
    assert [entry["user"] for entry in logins] == ["ana", "new@example.com", "ana"]
    assert not any(provider.facts["OIDC_CLIENT_SECRET"] in text for text in assay.bodies)


def test_the_first_password_serves_one_login(tmp_path):
    running = server.AssayServer(tmp_path / "state", reads_output=True)
    password = next(running.output[i + 1] for i, line in enumerate(running.output) if line.startswith("Password of the user admin"))
    status, answer = running.call("POST", "/login", {"username": "admin", "password": password})
    assert status == 403 and "new_password" in answer["message"]
    status, session = running.call("POST", "/login", {"username": "admin", "password": password, "new_password": "a password of admin"})
    assert status == 200
    assert running.call("GET", "/users/me", token=session["token"])[1]["role"] == "Admin"
    assert running.call("POST", "/login", {"username": "admin", "password": password})[0] == 401
    assert running.call("POST", "/login", {"username": "admin", "password": "a password of admin"})[0] == 200
    running.stop()
    store = b"".join(file.read_bytes() for file in (tmp_path / "state").rglob("assay.db*"))
    for secret in (password, "a password of admin", session["token"]):
        assert secret.encode() not in store
