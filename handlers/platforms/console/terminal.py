"""Gives the console its lines: from a terminal or pipe."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from typing import TYPE_CHECKING, Protocol

import anyio
import anyio.lowlevel
from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from bot.bangla.normalise import key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO, TextIO

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from handlers.platforms.console.render import ConsoleLine

PROMPT = "খবর › "
LONGEST_LINE = 2**20
"""Bytes of one line from a pipe that are kept; the rest of it is read and dropped."""
CLEAN = ("[ZeroWidthEscape]", "\r\x1b[K")
"""To the line's true beginning: no two count the cells of Bengali alike, and going back by a count leaves a rest."""
STYLE = Style.from_dict({"strong": "bold", "dim": "ansibrightblack", "link": "ansiblue underline"})


class Terminal(Protocol):
    """Gives what is typed, shows lines."""

    interactive: bool

    def texts(self) -> AsyncIterator[str]:
        """Yield each message until there are no more."""

    def show(self, lines: Sequence[ConsoleLine]) -> None:
        """Print lines, above what is being typed."""

    def forget(self) -> None:
        """Forget what was typed."""

    @property
    def columns(self) -> int:
        """How wide it is."""


class WordCompleter(Completer):
    """Completes commands, their aliases and busy topics.

    It offers whatever of them begins like the typed text.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Offer these words."""
        self._words = [(key(word), word) for word in words]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Offer what begins like the text so far.

        An empty line is offered nothing.
        """
        del complete_event
        typed = document.text_before_cursor
        begun = key(typed.removeprefix("/"))
        if begun:
            for folded, word in self._words:
                if folded.startswith(begun):
                    yield Completion(("/" if typed.startswith("/") else "") + word, start_position=-len(typed))


class Prompt:
    """A terminal that somebody sits at.

    It has history and completion, and lines arrive above its prompt.
    """

    interactive = True

    def __init__(
        self,
        history: Path,
        words: Sequence[str],
        *,
        source: Input | None = None,
        output: Output | None = None,
    ) -> None:
        """Keep what is typed in ``history``.

        ``source`` and ``output`` stand in for the real terminal.
        """
        self._kept = history
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)),
            completer=WordCompleter(words),
            complete_while_typing=False,
            enable_suspend=True,
            input=source,
            output=output,
        )

    async def texts(self) -> AsyncIterator[str]:
        """Yield each line; Ctrl+C clears it, Ctrl+D ends."""
        with patch_stdout(raw=True):
            while True:
                try:
                    text = await self._session.prompt_async(FormattedText([CLEAN, ("", PROMPT)]))
                except KeyboardInterrupt:
                    continue
                except EOFError:
                    return
                yield text

    def show(self, lines: Sequence[ConsoleLine]) -> None:
        """Print above the prompt."""
        text = [(f"class:{line.style}" if line.style else "", line.text + "\n") for line in lines]
        print_formatted_text(FormattedText([CLEAN, *text]), style=STYLE, output=self._session.output, end="")

    def forget(self) -> None:
        """Begin another history, without what was typed."""
        self._kept.unlink(missing_ok=True)
        self._session.history = FileHistory(str(self._kept))

    @property
    def columns(self) -> int:
        """How wide the terminal is now."""
        return self._session.output.get_size().columns


class Pipe:
    """A pipe or a file.

    It takes plain lines and prints plain lines; the end of one is the end of the other.
    """

    interactive = False
    columns = 80

    def __init__(self, source: TextIO | None = None, output: TextIO | None = None) -> None:
        """Read standard input and write standard output unless told otherwise."""
        self._source = source or sys.stdin
        self._output = output or sys.stdout

    async def texts(self) -> AsyncIterator[str]:
        """Yield each line as it comes.

        Bytes that are no UTF-8 do not end the conversation.
        """
        async for raw in self._lines():
            yield raw.decode("utf-8", "replace").rstrip("\r\n")

    def forget(self) -> None:
        """Do nothing: a pipe has no history."""

    async def _lines(self) -> AsyncIterator[bytes]:
        source = self._source.buffer
        if not _can_be_watched(source):
            async for line in _split(_AlwaysReady(source)):
                yield line
            return
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), source
        )
        try:
            async for line in _split(reader):
                yield line
        finally:
            transport.close()

    def show(self, lines: Sequence[ConsoleLine]) -> None:
        """Print at once: whoever reads the pipe may be waiting."""
        for line in lines:
            self._output.write(line.text + "\n")
        self._output.flush()


class _AlwaysReady:
    """A file that the event loop cannot watch, read in pieces."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    async def read(self, most: int) -> bytes:
        """Return the next piece; a device without an end stops nobody."""
        await anyio.lowlevel.checkpoint()
        return self._source.read(most)


def _can_be_watched(source: BinaryIO) -> bool:
    """Return whether the event loop can watch a file.

    A pipe, a socket or a terminal can; a regular file or /dev/null is always ready.
    """
    mode = os.fstat(source.fileno()).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or source.isatty()


async def _split(reader: asyncio.StreamReader | _AlwaysReady) -> AsyncIterator[bytes]:
    line = b""
    while chunk := await reader.read(2**16):
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            yield line + part
            line = b""
        line = (line + rest)[:LONGEST_LINE]
    if line:
        yield line
