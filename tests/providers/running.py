"""Starts the identity providers of this folder with Node; CI has their packages, elsewhere the tests are skipped."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from intranet import sign_in_settings

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
MODULES = Path(os.environ.get("NODE_PROVIDERS", CACHE / "flurfunk-ci" / "node_modules"))


def start(script, package, **environment):
    """The process and the first line that it prints; skips the test when Node or `package` is missing."""
    node = shutil.which("node")
    if node is None or not (MODULES / package).is_dir():
        assert not os.environ.get("CI"), f"CI needs Node and {package}"
        pytest.skip(f"Node with {package} was not found: NODE_PROVIDERS names its node_modules")
    process = subprocess.Popen(
        [node, HERE / script],
        env={"PATH": os.environ["PATH"], "MODULES": str(MODULES), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for line in process.stdout:
        if line.startswith("http"):
            return process, line.strip()
    raise RuntimeError(f"{script} did not start")


def end(process):
    process.terminate()
    process.wait(10)


class OpenID:
    """The running provider. `answer(url, person)` goes through its forms and gives the address it leads back to."""

    PEOPLE = {
        "new": {
            "email": "nora@example.com",
            "given_name": "Nora",
            "family_name": "Çelik",
            "department": "Foundry",
        },
        "eva": {"email": "eva@example.com", "given_name": "Eva", "family_name": "Lindner"},
        "odd": {"email": "=?utf-8?q?eva=40example.com?=", "given_name": "Odd"},
        "unsure": {"email": "unsure@example.com", "email_verified": False},
        "mute": {},
    }

    def __init__(self):
        self.process, self.issuer = start("oidc.mjs", "oidc-provider", PEOPLE=json.dumps(self.PEOPLE))

    def answer(self, url, person):
        visitor = requests.Session()
        page = visitor.get(url, allow_redirects=False)
        for _step in range(12):
            while page.is_redirect:
                target = requests.compat.urljoin(page.url, page.headers["Location"])
                if "/login/callback/" in target:
                    return target
                page = visitor.get(target, allow_redirects=False)
            action = re.search(r'action="([^"]+)"', page.text)
            if action is None:
                return None
            prompt = re.search(r'name="prompt" value="(\w+)"', page.text)[1]
            fields = {"prompt": prompt, "login": person, "password": "any"}
            page = visitor.post(requests.compat.urljoin(page.url, action[1]), fields, allow_redirects=False)
        raise AssertionError("the provider never led back")


class Saml:
    """The running provider, and what the site is told about it."""

    ACS = "http://localhost/accounts/saml/works/acs/"
    AUDIENCE = "http://localhost/accounts/saml/works/metadata/"
    PEOPLE = {
        "id-eva": {"mail": "eva@example.com", "givenName": "Eva", "sn": "Lindner"},
        "id-new": {"mail": "nora@example.com", "givenName": "Nora", "sn": "Çelik"},
    }

    def __init__(self, folder):
        key, cert = folder / "key.pem", folder / "cert.pem"
        order = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=idp", "-days", "2"]
        subprocess.run([*order, "-keyout", key, "-out", cert], check=True, capture_output=True)
        self.certificate = cert.read_text()
        environment = {
            "KEY": key.read_text(),
            "CERT": self.certificate,
            "ACS": self.ACS,
            "AUDIENCE": self.AUDIENCE,
        }
        self.process, self.url = start("saml.mjs", "samlp", PEOPLE=json.dumps(self.PEOPLE), **environment)

    def answer(self, url, person):
        """What the form of the provider would post to us."""
        page = requests.get(f"{url}&as={person}", timeout=10).text
        return {"SAMLResponse": re.search(r'name="SAMLResponse"\s+value="([^"]+)"', page)[1]}


@pytest.fixture(scope="session")
def openid():
    provider = OpenID()
    yield provider
    end(provider.process)


@pytest.fixture
def strict(openid, settings, monkeypatch):
    """The provider, named in the environment as an administrator would."""
    for name, value in {
        "OIDC_STRICT_ISSUER": openid.issuer,
        "OIDC_STRICT_CLIENT_ID": "flurfunk",
        "OIDC_STRICT_CLIENT_SECRET": "secret-of-the-test",
        "OIDC_STRICT_NAME": "Works account",
        "OIDC_STRICT_DIRECTORY": "urn:directory",
    }.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [sign_in_settings._oidc("strict")]}}
    settings.SIGN_IN_HELP = "the gate, -2000"
    return openid
