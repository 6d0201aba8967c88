"""SIGTERM: what is under way ends first."""

import signal
import socket
import time
from pathlib import Path

from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import Program


def accepts(port: int) -> bool:
    """Whether anybody new is let in. False from the moment at which the program begins to end."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=30).close()
    except ConnectionRefusedError:
        return False
    return True


def test_a_request_under_way_is_answered_before_the_end(tmp_path: Path) -> None:
    program = Program(tmp_path).start()
    visitor = BlockingVisitor(program.url)
    visitor.press(visitor.see(), "accept")
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    body = b"press=yes+scope&draft=1&version=0"
    with socket.create_connection(("127.0.0.1", program.port), timeout=30) as line:
        line.sendall(
            f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nCookie: {cookies}\r\nConnection: close\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            "Expect: 100-continue\r\n\r\n".encode()
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 100"), "it is under way"
        line.sendall(body[:5])
        program.signal(signal.SIGTERM)
        ends_by = time.monotonic() + 60
        while accepts(program.port):
            assert time.monotonic() < ends_by, "it lets others in after SIGTERM"
            time.sleep(0.05)
        line.sendall(body[5:])
        answered = line.recv(4096)
    assert b"303" in answered.partition(b"\r\n")[0], answered
    assert program.ends() == 0
    program.start()
    assert visitor.see().question == "mixed_group", "what was answered was kept"
    assert program.stop() == 0
    visitor.close()
