"""Disks that will be lost are told from those that stay."""

from pathlib import Path

import pytest

from bot.settings.disk import passing

MACHINE = """\
25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 25 0:27 / /tmp rw,nosuid,nodev shared:13 - tmpfs tmpfs rw
40 25 8:17 / /srv/the\\040guide rw,relatime shared:20 - xfs /dev/sdb1 rw
"""
CONTAINER = """\
1211 1009 0:301 / / rw,relatime master:405 - overlay overlay rw,lowerdir=/var/lib/l:/var/lib/m,workdir=/w
1212 1211 0:304 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
1220 1211 259:1 /volumes/files/_data /app/var rw,relatime master:1 - ext4 /dev/nvme0n1p1 rw
"""


@pytest.mark.parametrize(
    ("mounts", "path"),
    [(MACHINE, "/home/guide/var"), (MACHINE, "/srv/the guide/files"), (CONTAINER, "/app/var/files"), ("", "/app/var")],
)
def test_a_disk_that_stays(mounts: str, path: str) -> None:
    assert passing(Path(path), mounts, ()) == ""


@pytest.mark.parametrize(
    ("mounts", "path", "why"),
    [
        (MACHINE, "/tmp/files", "tmpfs, at /tmp"),
        (CONTAINER, "/app/files", "overlay, at /"),
        (CONTAINER, "/app/variant", "at /"),
    ],
)
def test_a_disk_that_will_be_lost(mounts: str, path: str, why: str) -> None:
    assert why in passing(Path(path), mounts, ())


def test_a_host_of_the_procfile_keeps_none() -> None:
    assert "DYNO" in passing(Path("/app/var"), MACHINE, ["DYNO"])
