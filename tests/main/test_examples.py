"""What lies beside the program for those who run it: compose.yaml, systemd's unit, app.json, Prometheus' rules, Grafana's dashboard."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.operations import metrics
from bot.settings.settings import Settings
from tests.process.program import ROOT

BESIDE = ROOT / "docs/operations"
KNOWN = {name.upper() for name in Settings.model_fields}


def composed() -> dict[str, Any]:
    """compose.yaml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_compose_has_everything_that_production_needs() -> None:
    services = composed()["services"]
    assert set(services) == {"database", "objects", "migrate", "web", "worker"}
    for name in ("migrate", "web", "worker"):
        one = services[name]
        assert (one["read_only"], one["cap_drop"], one["tmpfs"]) == (True, ["ALL"], ["/tmp"]), name
        assert one["command"] == ["python", "-m", "bot", name]
        assert set(one["environment"]) <= KNOWN, "each name is a setting"
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"]["database"] == {"condition": "service_healthy"}
    assert services["web"]["environment"].items() >= services["worker"]["environment"].items()
    published = [port for one in services.values() for port in one.get("ports", [])]
    assert published == ["127.0.0.1:8080-8089:8080"], "nothing but the web, and only to this machine's proxy"


def test_compose_names_only_what_it_declares() -> None:
    found = composed()
    volumes = {volume.partition(":")[0] for one in found["services"].values() for volume in one.get("volumes", [])}
    assert volumes == set(found["volumes"])
    for one in found["services"].values():
        assert set(one.get("depends_on", {})) <= set(found["services"])
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text()))
    assert asked == {"POSTGRES_PASSWORD", "OBJECTS_PASSWORD", "SECRET_KEY", "PUBLIC_URL"}
    head = (ROOT / "compose.yaml").read_text().partition("name:")[0]
    assert all(name in head for name in asked), "whoever reads the first lines knows what to put into .env"


def test_what_compose_sets_are_settings_that_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"POSTGRES_PASSWORD": "abc123", "OBJECTS_PASSWORD": "abcd1234", "SECRET_KEY": "x" * 40}
    given["PUBLIC_URL"] = "https://samverkan.example.se"
    for name in ("web", "worker", "migrate"):
        for key, value in composed()["services"][name]["environment"].items():
            asked = re.fullmatch(r"(.*?)\$\{(\w+)(?::[?-](.*?))?\}(.*)", str(value))
            before, which, default, after = asked.groups() if asked else ("", "", str(value), "")
            monkeypatch.setenv(key, f"{before}{given.get(which, '' if asked and '?' in value else default)}{after}")
        assert Settings().metrics_host == "0.0.0.0"
        assert not Settings().embedded


def test_app_json_names_settings_and_processes_that_there_are() -> None:
    found = json.loads((ROOT / "app.json").read_text(encoding="utf-8"))
    assert set(found["env"]) <= KNOWN
    processes = {line.partition(":")[0] for line in (ROOT / "Procfile").read_text().splitlines()}
    assert set(found["formation"]) == processes - {"release"}
    assert found["env"]["SECRET_KEY"]["generator"] == "secret"
    assert all(one["description"] for one in found["env"].values())


@pytest.mark.parametrize("process", ["web", "worker"])
def test_systemd_takes_the_unit(process: str, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not there")
    unit = (BESIDE / "samverkansguiden@.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/samverkansguiden/.venv/bin/python -m bot %i\n" in unit
    path = tmp_path / f"samverkansguiden@{process}.service"
    path.write_text(unit.replace("/opt/samverkansguiden/.venv/bin/python", sys.executable))
    said = subprocess.run([analyze, "verify", path], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    rated = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=20", path], capture_output=True, check=False
    )
    assert rated.returncode == 0, "its exposure is at most 2.0 of 10"


def named(expression: str) -> set[str]:
    """The metrics of ours in an expression."""
    return set(re.findall(r"\bsamverkansguiden_\w+", expression))


def counted() -> set[str]:
    """Every name that /metrics has."""
    found = set[str]()
    for family in metrics.REGISTRY.collect():
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "info": ("_info",)}
        found |= {f"{family.name}{ending}" for ending in endings.get(family.type, ("",))}
    return found


def rules() -> list[dict[str, Any]]:
    """Every rule of docs/operations/alerts.yml."""
    found = yaml.safe_load((BESIDE / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in found["groups"] for rule in group["rules"]]


def test_each_rule_asks_for_metrics_that_there_are_and_says_what_to_do() -> None:
    for rule in rules():
        assert rule["alert"].startswith("Samverkansguiden")
        assert named(rule["expr"]), rule["alert"]
        assert named(rule["expr"]) <= counted(), rule["alert"]
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
    assert len({rule["alert"] for rule in rules()}) == len(rules())


def test_each_panel_asks_for_metrics_that_there_are() -> None:
    dashboard = json.loads((BESIDE / "dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    assert len(asked) > 20
    for expression in asked:
        assert named(expression), expression
        assert named(expression) <= counted(), expression
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    words = " ".join(asked)
    for wanted in ("pool_in_use", "database_seconds", "outbox_oldest", "loop_beat_age"):
        assert wanted in words


SILENT = """
rule_files: [alerts.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - {series: 'samverkansguiden_outbox_oldest_seconds{channel="mail"}', values: '0+120x30'}
      - {series: 'samverkansguiden_build_info', values: '1x30'}
      - {series: 'samverkansguiden_loop_beat_age_seconds{instance="a", loop="delivery"}', values: '0x10 200x20'}
    alert_rule_test:
      - {eval_time: 5m, alertname: SamverkansguidenMessagesDoNotGetThrough, exp_alerts: []}
      - eval_time: 10m
        alertname: SamverkansguidenMessagesDoNotGetThrough
        exp_alerts: [{exp_labels: {severity: page, channel: mail}, exp_annotations: &said {}}]
      - {eval_time: 5m, alertname: SamverkansguidenLoopStands, exp_alerts: []}
      - {eval_time: 20m, alertname: SamverkansguidenIsAway, exp_alerts: []}
"""


def test_prometheus_takes_the_rules_and_they_ring(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not there (Debian: prometheus)")
    shutil.copy(BESIDE / "alerts.yml", tmp_path)
    subprocess.run([promtool, "check", "rules", "alerts.yml"], cwd=tmp_path, check=True)
    annotations = next(one for one in rules() if one["alert"].endswith("DoNotGetThrough"))["annotations"]
    said = json.dumps({name: text.replace("{{ $labels.channel }}", "mail") for name, text in annotations.items()})
    (tmp_path / "test.yml").write_text(SILENT.replace("&said {}", said))
    done = subprocess.run(
        [promtool, "test", "rules", "test.yml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
