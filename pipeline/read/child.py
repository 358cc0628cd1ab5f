"""A process that parses documents, so that a parser that hangs or crashes takes nothing else with it.

It stays up from one document to the next: what a document costs besides is two messages over a pipe.  Each
message is its length (8 bytes) and a value in MessagePack.  Run as ``python -m pipeline.read.child``.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from pipeline.read.incoming import Content, ReadError
from pipeline.read.options import Limits, Options
from pipeline.read.passage import Asked, Shown

_LENGTH = 8
_ATTACHED, _ORIGINAL = "attached", "original"  # what is asked besides the parsing of a document
_SLOWER = 5.0  # seconds after its own alarm at which a child is stopped from outside
#: Attempts at opening a connection or a program, none of which reading needs.
_FORBIDDEN = (
    "socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.exec", "os.system", "os.posix_spawn",
)  # fmt: skip


class _Request(msgspec.Struct):
    """What is asked: a document parsed (`kind` of `PARSERS`), a mail's parts, the original of a release shown, or,
    with a `path`, a large file parsed bit by bit.
    """

    kind: str
    data: bytes
    options: Options
    asked: Asked | None = None
    path: str | None = None


class _Answer(msgspec.Struct):
    contents: list[Content] | None = None
    itself: bool = False
    parts: list[tuple[str, bytes]] | None = None
    shown: Shown | None = None
    more: bool = False
    error: str | None = None
    message: str = ""


class _Child:
    """The process and the pipes to it; started at the first document, started anew after a death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def ask(self, request: _Request) -> _Answer:
        """What became of a document.  Raises `ReadError` when its parser hangs or crashes."""
        with self._lock:
            return self._exchange(request, request.options.limits)

    def stream(self, request: _Request) -> Iterator[_Answer]:
        """The answers about a large file, one after the other; nothing else may be asked meanwhile."""
        answer = self._exchange(request, request.options.limits)
        yield answer
        while answer.more:
            answer = self._exchange(None, request.options.limits)
            yield answer

    def _exchange(self, request: _Request | None, limits: Limits) -> _Answer:
        """Send a request, if there is one, and wait for an answer."""
        process = self._running() if request is not None or self._process is None else self._process
        late = threading.Timer(limits.seconds + _SLOWER, process.kill)
        late.start()
        try:
            if request is not None:
                _send(process.stdin, msgspec.msgpack.encode(request))
            answer = _receive(process.stdout)
        except (BrokenPipeError, EOFError):
            answer = None
        finally:
            late.cancel()
        if answer is None:
            raise self._died(limits)
        return msgspec.msgpack.decode(answer, type=_Answer)

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):  # it may be gone; an OCR that it began ends with it
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe is not None:
                        pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.read.child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_environment(), start_new_session=True,
            )  # fmt: skip
        return self._process

    def _died(self, limits: Limits) -> ReadError:
        process = self._process
        code = process.wait() if process is not None else None
        self.stop()
        if code in (-signal.SIGALRM, -signal.SIGKILL):
            return ReadError(
                "too-slow",
                f"not read within {limits.seconds:g} seconds; --max-seconds gives it more time, "
                "or save it again as a plain text",
            )
        return ReadError("reader-died", f"its parser crashed (exit {code}); open it and save it again")


def _environment() -> dict[str, str]:
    """This process's environment, with the folder that it has the program from."""
    import pipeline

    root = str(Path(pipeline.__file__).resolve().parents[1])
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]).rstrip(":;"),
    }


_child = _Child()
_serving = False  # whether this is that process, which asks itself


def parse(kind: str, data: bytes, options: Options) -> Sequence[Content]:
    """The contents that a document of a kind (a key of `PARSERS`) gives, parsed in the other process.

    Raises `ReadError` for one that cannot be read, whatever its parser does.
    """
    contents = _answered(_Request(kind, data, options)).contents
    if contents is None:
        raise ReadError("unknown", "the reading process answered something else")
    return contents


def stream(kind: str, path: Path, options: Options) -> Iterator[Content]:
    """The contents of a large file of a kind (a key of `STREAMED`), parsed bit by bit in a process of its own.

    Raises `ReadError` for one that cannot be read, whatever its parser does; the limit of time is for each bit.
    """
    process = _Child()
    try:
        for answer in process.stream(_Request(kind, b"", options, path=str(path.absolute()))):
            if answer.error is not None:
                raise ReadError(answer.error, answer.message)
            yield from answer.contents or ()
    finally:
        process.stop()


def attached(data: bytes, options: Options) -> tuple[bool, Sequence[tuple[str, bytes]]]:
    """Whether the body of a mail is a release itself, and the files attached to it (`mail.attachments`).

    Raises `ReadError` for a mail that cannot be opened.
    """
    answer = _answered(_Request(_ATTACHED, data, options))
    return answer.itself, answer.parts or ()


def show(asked: Asked, options: Options) -> Shown:
    """The original of a release with a passage in it (`origin.shown`), parsed and drawn in the other process.

    Raises `ReadError` for one that cannot be shown, whatever its parser does.
    """
    shown = _answered(_Request(_ORIGINAL, b"", options, asked)).shown
    if shown is None:
        raise ReadError("unknown", "the reading process answered something else")
    return shown


def _answered(request: _Request) -> _Answer:
    answer = _answer(request) if _serving else _child.ask(request)
    if answer.error is not None:
        raise ReadError(answer.error, answer.message)
    return answer


def _send(pipe: IO[bytes] | None, message: bytes) -> None:
    if pipe is None:
        raise EOFError
    pipe.write(len(message).to_bytes(_LENGTH, "big") + message)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> bytes:
    length = pipe.read(_LENGTH) if pipe is not None else b""
    if pipe is None or len(length) < _LENGTH:
        raise EOFError
    size = int.from_bytes(length, "big")
    message = pipe.read(size)
    if len(message) < size:
        raise EOFError
    return message


def _answer(request: _Request) -> _Answer:
    return _told(lambda: _found(request))


def _found(request: _Request) -> _Answer:
    from pipeline.read.parsers import PARSERS

    if request.asked is not None:
        from pipeline.read.origin import shown

        return _Answer(shown=shown(request.asked, request.options))
    if request.kind == _ATTACHED:
        from pipeline.read.mail import attachments

        itself, parts = attachments(request.data, request.options.limits)
        return _Answer(itself=itself, parts=list(parts))
    return _Answer(contents=list(PARSERS[request.kind](request.data, request.options)))


def _told(find: Callable[[], _Answer]) -> _Answer:
    """What is found, or why nothing is."""
    try:
        return find()
    except ReadError as error:
        return _Answer(error=error.kind, message=str(error))
    except MemoryError:
        return _Answer(error="too-large", message="needs more memory than --max-memory allows; split it")
    except RecursionError:
        return _Answer(
            error="too-deep", message="its parts lie too deep in one another; save it as plain text"
        )
    except Exception as error:  # a parser may raise anything over a broken file: it is told in errors.jsonl
        told = " ".join(str(error).split())[:300]
        return _Answer(error=type(error).__name__, message=f"cannot be read ({told}); is the file whole?")


def _answers(request: _Request) -> Iterator[_Answer]:
    """The answer to a request, or those about a large file; each is worked out within the limits."""
    limits = request.options.limits
    _bound_memory(limits.memory)
    if request.path is None:
        yield _timed(lambda: _answer(request), limits.seconds)
        return
    from pipeline.read.parsers import STREAMED

    batches = STREAMED[request.kind](Path(request.path), request.options)

    def following() -> _Answer:
        batch = next(batches, None)
        return _Answer(contents=list(batch or ()), more=batch is not None)

    while (answer := _timed(lambda: _told(following), limits.seconds)).more:
        yield answer
    yield answer


def _timed(find: Callable[[], _Answer], seconds: float) -> _Answer:
    """What is found; without a handler the alarm ends this process even inside a parser written in C."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    answer = find()
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    return answer


def _confine() -> None:
    """No connection and no program from here on, whatever a document asks for."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" and str(arguments[0]).rpartition("/")[2] == "tesseract":
            return  # the OCR, which is given a picture that was drawn here
        if event in _FORBIDDEN:
            raise PermissionError(f"{event} while reading a file")

    sys.addaudithook(refuse)


def _bound_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit holds there too
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    bound = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _serve() -> None:
    """Answer one request after another until the pipe is closed."""
    global _serving
    _serving = True
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints, be it written in C, must not get among the answers
    sys.stdout = sys.stderr
    _confine()
    while True:
        try:
            request = msgspec.msgpack.decode(_receive(source), type=_Request)
        except EOFError:
            return
        for answer in _answers(request):
            try:
                message = msgspec.msgpack.encode(answer)
            except (TypeError, ValueError) as error:  # half characters, numbers beyond 64 bits
                unwritable = _Answer(error="unwritable", message=f"cannot be written ({error})")
                message = msgspec.msgpack.encode(unwritable)
            _send(sink, message)


if __name__ == "__main__":
    from pipeline.read import child  # the one that others import, not this copy of it

    child._serve()
