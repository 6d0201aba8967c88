"""What comes from outside and is not ours to believe: hosts, sessions, packages; and what browsers are told of us."""

import re
from pathlib import Path

import pytest

from tests.web.cases import comes_in
from tests.web.conftest import Served, serve
from tests.web.visitor import Visitor

ROOT = Path(__file__).parent.parent.parent
PUBLIC = "https://samverkan.example.se"


async def test_a_made_up_host_is_in_no_link_and_no_redirect(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path, PUBLIC)
    strange = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    async with Visitor(served.url) as visitor:
        async with visitor.session.post(
            f"{served.url}/", data={"press": "accept"}, headers=strange, allow_redirects=False
        ) as answer:
            assert answer.headers["Location"].startswith("/")
            chat = re.search(r"chat=([^;]+)", answer.headers["Set-Cookie"])
        assert chat
        async with visitor.session.post(
            f"{served.url}/link", headers=strange | {"Cookie": f"__Host-chat={chat[1]}"}
        ) as answer:
            page = await answer.text()
    assert f"{PUBLIC}/back/" in page
    assert chat[1] not in page
    assert "evil.example" not in page
    await served.close()


async def test_behind_tls_browsers_are_told_to_keep_to_it(sqlite_url: str, tmp_path: Path, served: Served) -> None:
    behind = await serve(sqlite_url, tmp_path, PUBLIC)
    for one, expected in ((behind, "max-age=31536000"), (served, None)):
        async with Visitor(one.url) as visitor:
            for path in ("/", "/queue", "/nowhere", "/static/style.css"):
                assert (await visitor.open(path)).headers.get("Strict-Transport-Security") == expected
    await behind.close()


async def test_a_session_begins_anew_with_each_sign_in(served: Served) -> None:
    """A session that somebody put into the browser before is not the one that is let in."""
    async with Visitor(served.url) as visitor:
        planted = served.keys.new()
        visitor.session.cookie_jar.update_cookies({"desk": planted}, served.server.make_url("/queue"))
        await comes_in(served, visitor)
        kept = {(one.key, one["path"]): one.value for one in visitor.session.cookie_jar}
        assert kept["desk", "/queue"] != planted
        async with Visitor(served.url) as thief:
            thief.session.cookie_jar.update_cookies({"desk": planted}, served.server.make_url("/queue"))
            assert "SAM-" not in (await thief.open("/queue")).html
            assert (await thief.open("/queue/start")).status == 404


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(
        r"^\s*(-i|--index-url|--extra-index-url|-f|--find-links|--trusted-host|-e|--editable)\b", lock, re.MULTILINE
    )
    packages = [
        one for one in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE)) if one.strip()
    ]
    assert len(packages) > 20
    for one in packages:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,-]+\])?==\S+", one), one[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", one), one[:80]


def test_what_is_installed_is_asked_for_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)


def test_no_secret_stands_in_the_repository() -> None:
    """Nothing that looks like a bot's token or a private key, but in the tests."""
    shapes = re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b|BEGIN [A-Z ]*PRIVATE KEY")
    for folder in ("bot", "dialogs", "storage", "docs", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in (".py", ".md", ".toml", ".html", ".js", ".css", ".txt", ".typ", ""):
                assert not shapes.search(path.read_text(encoding="utf-8", errors="replace")), path
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"^(?:SECRET_KEY|\w+_TOKEN)=\S+", example, re.MULTILINE) == []
