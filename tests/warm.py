"""Starts processes of the program from one that has loaded it already.

Importing the program takes most of what a short run of it costs: a chat of one line took 3.5 s of CPU, and takes 1.0.
Where a test starts ``python -m bot`` of this project, or a worker of its own, a server that has the modules loaded
forks instead. Such a process has its own memory, number, descriptors and environment, and is the test's child: it can
be killed and waited for. Only ``/proc`` shows the server's arguments and environment in its place, so tests that look
there ask for `cold`.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import inspect
import io
import json
import os
import runpy
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
LOADED: Final = {
    "program": ("bot.app", "handlers.platforms.console.terminal", "aiosqlite", "yarl", "discord", "telegram.ext"),
    "worker": ("bot.sources.worker", "bot.sources.kinds.feed", "bot.sources.kinds.page", "trafilatura"),
}
"""What each server loads before it forks."""
RUN: Final = {"bot": "program", "tests.benchmarks.crash_child": "program", "anyio.to_process": "worker"}
"""Modules that are run by forking, and which server forks."""
_TABLES: Final = ("bot.search.lexicon.tables", "bot.search.grammar.lexicon")
"""What the program builds whenever it starts."""
_SUBREAPER: Final = 36
"""PR_SET_CHILD_SUBREAPER of Linux: a child's orphans become this process's own children."""
_MESSAGE: Final = 2**18
_READY: Final = b"ready"
_SERVERS: Final[list[subprocess.Popen[Any]]] = []
_cold = False


@contextmanager
def cold() -> Iterator[None]:
    """Start every process anew, where one is looked at from outside."""
    global _cold  # noqa: PLW0603 - a switch of the whole process, as what it switches
    before, _cold = _cold, True
    try:
        yield
    finally:
        _cold = before


def install() -> None:
    """Fork what can be forked, where the system hands children over."""
    with suppress(AttributeError, OSError):
        if ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) == 0:
            subprocess.Popen = Popen  # type: ignore[misc]


class Popen(subprocess.Popen[Any]):
    """A process as the library starts it, or a forked one."""

    def _execute_child(self, *given: object) -> None:
        """Start the child.

        The library's own method with its own parameters, whatever their order.
        """
        usual = super()._execute_child  # type: ignore[misc]
        asked = inspect.signature(usual).bind(*given).arguments
        module = _module(asked)
        if module is None:
            usual(*given)
            return
        pipes = [asked[name] for name in ("p2cread", "c2pwrite", "errwrite")]
        wanted = {
            "module": module,
            "arguments": [os.fsdecode(word) for word in asked["args"]],
            "folder": os.fspath(asked["cwd"]) if asked["cwd"] is not None else str(Path.cwd()),
            "environment": dict(asked["env"] if asked["env"] is not None else os.environ),
            "session": asked["start_new_session"],
        }
        forked = _server(RUN[module], os.getpid()).fork(
            wanted, [own if pipe == -1 else pipe for own, pipe in enumerate(pipes)]
        )
        if forked is None:
            usual(*given)
            return
        self.pid, self._child_created = forked, True
        ends = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
        self._close_pipe_fds(*(asked[name] for name in ends))  # type: ignore[attr-defined]


def _module(asked: dict[str, Any]) -> str | None:
    """Return the module that a forked process would run.

    It is none where the process must be started anew.
    """
    words = asked["args"]
    if _cold or isinstance(words, str | bytes) or asked["preexec_fn"] or asked["pass_fds"] or asked["shell"]:
        return None
    first = [os.fsdecode(word) for word in words[:4] if os.fsdecode(word) != "-u"]
    if first[:2] != [sys.executable, "-m"] or len(first) < 3 or first[2] not in RUN:
        return None
    # A copy of the project in the folder, or at the front of the path, is another program.
    folder = Path(asked["cwd"] or ".").resolve()
    path = (asked["env"] if asked["env"] is not None else os.environ).get("PYTHONPATH", str(ROOT)).split(os.pathsep)
    if ((folder / "bot").is_dir() and folder != ROOT) or path[0] not in {"", str(ROOT)}:
        return None
    return first[2]


class ForkServer:
    """A server that loads, and then forks."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._loaded = False

    def fork(self, wanted: dict[str, object], streams: Sequence[int]) -> int | None:
        """Return the number of a new process.

        Return None while the server still loads: a test's own loop must not stand still for seconds.
        """
        if not self._loaded:
            with suppress(BlockingIOError):
                self._loaded = self._channel.recv(_MESSAGE, socket.MSG_DONTWAIT) == _READY
            if not self._loaded:
                return None
        socket.send_fds(self._channel, [json.dumps(wanted).encode("utf-8", "surrogateescape")], streams)
        return int(self._channel.recv(_MESSAGE))


@cache
def _server(name: str, owner: int) -> ForkServer:
    """Start a server, once for each process that asks.

    It ends when its owner does.
    """
    del owner  # a fork of this process has children of its own
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.warm", str(theirs.fileno()), name]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with cold(), theirs:
        _SERVERS.append(Popen(command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL))
    return ForkServer(ours)


def _serve(channel: socket.socket, name: str) -> None:
    """Fork for each message until there are none."""
    for module in LOADED[name]:
        importlib.import_module(module)
    if name == "program":
        for module in _TABLES:
            importlib.import_module(module).load()
    gc.freeze()
    channel.send(_READY)
    while True:
        message, streams, _, _ = socket.recv_fds(channel, _MESSAGE, 3)
        if not message:
            return
        reading, writing = os.pipe()
        between = os.fork()
        if between == 0:
            child = os.fork()
            if child == 0:
                _become(json.loads(message.decode("utf-8", "surrogateescape")), streams)
            os.write(writing, b"%d" % child)
            os._exit(0)
        # Only when its parent has ended is the child the test's.
        os.waitpid(between, 0)
        channel.send(os.read(reading, 32))
        for descriptor in (reading, writing, *streams):
            os.close(descriptor)


def _become(wanted: dict[str, Any], streams: Sequence[int]) -> NoReturn:
    """Turn this fork into the process that was asked for."""
    code = 1
    try:
        for own, stream in enumerate(streams):
            os.dup2(stream, own)
        os.closerange(3, 256)
        if wanted["session"]:
            os.setsid()
        os.chdir(wanted["folder"])
        os.environ.clear()
        os.environ.update(wanted["environment"])
        arguments = wanted["arguments"]
        module = wanted["module"]
        at = arguments.index(module)
        sys.argv = arguments[at:]
        sys.orig_argv = arguments
        sys.path[0] = wanted["folder"]
        unbuffered = "-u" in arguments[:at]
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - standard streams by number, closed by none
        sys.stdout, sys.stderr = _output(1, unbuffered=unbuffered), _output(2, unbuffered=unbuffered)
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = _code(end.code)
    except BaseException:  # noqa: BLE001 - as the interpreter would
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(Exception):
            sys.stdout.flush()
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(code)


def _code(given: object) -> int:
    if given is None or isinstance(given, int):
        return given or 0
    sys.stderr.write(f"{given}\n")
    return 1


def _output(number: int, *, unbuffered: bool) -> io.TextIOWrapper:
    errors = "strict" if number == 1 else "backslashreplace"
    binary = open(number, "wb", buffering=0 if unbuffered else -1)  # noqa: SIM115 - as above
    return io.TextIOWrapper(binary, "utf-8", errors, line_buffering=number != 1, write_through=unbuffered)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
