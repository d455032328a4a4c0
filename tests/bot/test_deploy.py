"""How the program is put on a machine: as far as that can be told without its engine."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy/yozh.service"
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
PACKAGES = ("bot", "handlers", "services", "storage", "locales")
DRAIN = 10
"""Seconds within which the program ends after SIGTERM."""


def unit() -> dict[str, str]:
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_takes_the_unit_without_a_word(tmp_path: Path) -> None:
    """With a program that is there in the place of ours."""
    text = UNIT.read_text(encoding="utf-8").replace("/opt/yozh/.venv/bin/python", "/bin/true")
    place = tmp_path / "yozh.service"
    place.write_text(text.replace("/opt/yozh\n", "/\n"), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(place)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (found.returncode, found.stderr.strip()) == (0, "")


def test_the_unit_gives_the_program_time_to_drain() -> None:
    told = unit()
    assert told["KillSignal"] == "SIGTERM"
    assert int(told["TimeoutStopSec"]) > DRAIN
    assert told["Restart"] == "on-failure"
    assert told["User"] != "root"


def test_the_image_runs_our_own_process_as_nobody_s_root() -> None:
    """In the form of a list there is no shell between: SIGTERM comes to the program."""
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^STOPSIGNAL SIGTERM$", DOCKERFILE, re.MULTILINE)
    assert 'ENTRYPOINT ["python", "-m", "bot"]\nCMD ["run"]' in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE


def test_the_image_holds_every_package_and_the_context_lets_it_in() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE))
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert copied == set(PACKAGES)
    assert {f"!{name}" for name in PACKAGES} <= set(let_in)
    assert let_in[0] == "*"


def test_the_image_s_health_is_asked_where_the_program_answers() -> None:
    [listen] = re.findall(r"HEALTH_LISTEN=(\S+)", DOCKERFILE)
    assert f"http://{listen}/ready" in DOCKERFILE


def test_compose_gives_the_program_time_to_drain_and_a_volume_of_its_own() -> None:
    """Read as text: a machine without the engine has no compose to ask."""
    text = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    grace = re.search(r"^    stop_grace_period: (\d+)s$", text, re.MULTILINE)
    [place] = re.findall(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE)
    assert grace
    assert int(grace[1]) > DRAIN
    assert f"- data:{place}\n" in text
    assert "\nvolumes:\n  data:\n" in text
    assert "\t" not in text
