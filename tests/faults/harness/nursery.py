"""A process that has imported everything and forks on demand: servers, seeds and audits then
start at once. Talk to it through `Nursery`.

Each line of its input is an order: `{"serve": PORT, "fault": …, "mark": …, "log": …}` forks a
server and answers `{"pid": …}`; `{"run": MODULE, "arguments": […], "told": …, "output": …}` runs a
module's `main` and answers with its status; `{"reap": PID}` waits for a child's end.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.services.process import ServiceFailed
from tests.services.server import LARGEST_FRAME, ROOT

RUNNABLE: Final = (
    "tests.faults.harness.audit",
    "tests.faults.harness.seed",
    "tests.faults.harness.sql",
)
_DIE_WITH_PARENT: Final = 1


class Nursery:
    """The test's end of a nursery, over one database and environment."""

    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        self.data = data
        self._lock = threading.Lock()
        self._orders = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.harness.nursery"],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, **order: Any) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            raise ServiceFailed("the nursery has ended")
        found: dict[str, Any] = json.loads(answer)
        return found

    def run(self, module: str, *arguments: str, told: str = "") -> str:
        """What a module of `RUNNABLE` prints; `ServiceFailed` where it fails."""
        self._orders += 1
        output = self.data / f"run-{self._orders}.txt"
        done = self.order(run=module, arguments=arguments, told=told, output=str(output))
        if done["status"]:
            raise ServiceFailed(f"{module}:\n{output.read_text()}")
        return output.read_text()

    def close(self) -> None:
        """End it with all its children."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def main() -> None:
    """Import all that children need; then fork for each order, until the input ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    for module in (
        "tests.faults.harness.asgi",
        "uvicorn.protocols.websockets.websockets_sansio_impl",
    ):
        import_module(module)
    for module in RUNNABLE:
        import_module(module)
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "reap" in order:
            children.discard(order["reap"])
            _, status = os.waitpid(order["reap"], 0)
            answer = {"status": os.waitstatus_to_exitcode(status)}
        else:
            pid = os.fork() or _child(order)
            children.add(pid)
            answer = {"pid": pid}
            if "run" in order:
                children.discard(pid)
                answer = {"status": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for child in children:
        os.kill(child, signal.SIGKILL)


def _child(order: dict[str, Any]) -> NoReturn:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    status = 1
    try:
        with Path(order.get("log") or order["output"]).open("a", buffering=1) as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            sys.stdin = io.StringIO(order.get("told", ""))
            sys.argv = ["-m", *order.get("arguments", ())]
            (_serve if "serve" in order else _run)(order)
            sys.stdout.flush()
            status = 0
    except BaseException:  # noqa: BLE001 - nothing of the child may get back to the loop
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _run(order: dict[str, Any]) -> None:
    import_module(order["run"]).main()


def _serve(order: dict[str, Any]) -> None:
    import uvicorn

    from tests.faults.harness import asgi

    asgi.MARK = Path(order["mark"])
    asgi.build_in(order["fault"])
    uvicorn.run(
        asgi.application,
        host="127.0.0.1",
        port=order["serve"],
        ws="websockets-sansio",
        ws_max_size=int(LARGEST_FRAME),
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
    )


if __name__ == "__main__":
    main()
