"""Keep a program alive exactly as long as the tests that started it.

Run as `python watchdog.py PID_FILE REMOVE STOP_SIGNAL USER COMMAND…` with a pipe as standard
input. The program's process id goes to PID_FILE. When the pipe closes, which the kernel does even
for a test process killed by SIGKILL, the program gets STOP_SIGNAL and the folder REMOVE (or `-`)
goes. One byte on the pipe says to stop without removing. It imports nothing of ours: it must start
quickly and outlive everything.
"""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

PATIENCE = 10.0


def main() -> int:
    """Watch the pipe and the program; give back the program's exit status."""
    pid_file, remove, stop_signal, user, *command = sys.argv[1:]
    for terminal_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(terminal_signal, signal.SIG_IGN)
    program = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        user=user if user != "-" else None,
        extra_groups=[] if user != "-" else None,
        restore_signals=True,
        preexec_fn=_default_signals,
    )
    Path(pid_file).write_text(str(program.pid))
    keep = _wait(program)
    if program.poll() is None:
        _stop(program, int(stop_signal))
    if not keep and remove != "-":
        shutil.rmtree(remove, ignore_errors=True)
    status = program.returncode
    return status if status >= 0 else 128 - status


def _default_signals() -> None:
    for terminal_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(terminal_signal, signal.SIG_DFL)


def _wait(program: "subprocess.Popen[bytes]") -> bool:
    """Until the pipe speaks or closes; whether the folder is to be kept.

    A program that ended by itself (a test killed it) leaves its folder for a restart.
    """
    ended = os.pidfd_open(program.pid) if hasattr(os, "pidfd_open") else None
    watched = [0] if ended is None else [0, ended]
    while program.poll() is None:
        ready, _, _ = select.select(watched, [], [], 0.5)
        if 0 in ready:
            return os.read(0, 1) != b""
    return True


def _stop(program: "subprocess.Popen[bytes]", stop_signal: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        program.send_signal(stop_signal)
    try:
        program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


if __name__ == "__main__":
    sys.exit(main())
