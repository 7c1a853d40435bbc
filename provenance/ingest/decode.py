"""Bytes into text: which encoding, and how one knows; what is no text is refused with its reason."""

import gzip
import io
import re
import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from provenance.errors import UnreadableFile

LARGEST_FILE = 4_000_000_000  # bytes; a pile in one file is held in memory while it is read, JSON lines are not
BOMB_BYTES, BOMB_RATIO = 100_000_000, 100  # unpacked bytes from which more than so many times the packed size is a bomb
SAMPLE = 65_536  # bytes that charset-normalizer looks at; more does not change its mind
FEW_FOREIGN = 24  # bytes beyond ASCII below which charset-normalizer misreads cp1252 (design 9)
BROKEN_SHARE = 0.005  # of the characters of a text that is otherwise UTF-8
CONTROL_SHARE = 0.02  # of the characters; text has no more control characters than that

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and, unless it was plain UTF-8, which encoding it was read in and what decided that."""

    text: str
    note: str | None


def decode(data: bytes) -> Decoded:
    """The text that some bytes hold.

    Order: byte order mark, strict UTF-8, the charset that a page names, UTF-8 with a few broken characters,
    charset-normalizer, cp1252.

    Args:
        data: a whole file.

    Returns:
        The text and how it was read.

    Raises:
        UnreadableFile: when the bytes are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            note = None if name == "utf-8-sig" else f"{name}, by its byte order mark"
            return Decoded(data.decode(name, errors="replace"), note)
    _refuse_nul(data)
    try:
        decoded = Decoded(data.decode("utf-8"), None)
    except UnicodeDecodeError:
        decoded = _not_utf8(data)
    _refuse_controls(decoded.text)
    return decoded


def _refuse_nul(data: bytes) -> None:
    if b"\x00" in data[:SAMPLE]:
        raise UnreadableFile("binary, not text (it holds NUL bytes)")


def _refuse_controls(text: str) -> None:
    if len(_CONTROL.findall(text[:SAMPLE])) > CONTROL_SHARE * min(len(text), SAMPLE):
        raise UnreadableFile("binary, not text (too many control characters)")


def _not_utf8(data: bytes) -> Decoded:
    named = _META.search(data[:4096])
    if named and (text := _try(data, named[1].decode("ascii"))) is not None:
        return Decoded(text, f"{named[1].decode('ascii').lower()}, named by the page")
    text = data.decode("utf-8", errors="replace")
    foreign = sum(byte > 127 for byte in data[:SAMPLE])
    broken = text.count("\ufffd")
    if broken <= BROKEN_SHARE * len(text) and broken * 8 < len(data) - len(text):
        return Decoded(text, f"utf-8 with {broken} broken characters")
    if foreign >= FEW_FOREIGN:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:SAMPLE]).best()
        if _is_western(data):
            return Decoded(data.decode("cp1252"), "cp1252, because all its letters are western European")
        if best is not None and (text := _try(data, best.encoding)) is not None:
            return Decoded(text, f"{best.encoding}, by charset-normalizer")
    return Decoded(data.decode("cp1252", errors="replace"), "cp1252, for want of a better reading")


_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ€£¥§°ºª–—‘’“”„…«»¡¿·•™©®\u00a0\u00ad")


def _is_western(data: bytes) -> bool:
    """Whether every byte beyond ASCII is, in cp1252, a letter or mark that western European text uses.

    charset-normalizer takes such text for one of a dozen code pages that share most of these bytes.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return all(letter in _WESTERN for letter in set(text) if ord(letter) > 127)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") <= BROKEN_SHARE * len(text) + 1 else None


def unpack(data: bytes) -> bytes:
    """The bytes inside a gzip file.

    Raises:
        UnreadableFile: when it is broken, or unpacks to far more than articles would.
    """
    return b"".join(unpacked(io.BytesIO(data), len(data)))


def unpacked(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The bytes inside a gzip file of so many bytes, a block at a time.

    Raises:
        UnreadableFile: when it is broken, or unpacks to far more than articles would.
    """
    done = 0
    try:
        with gzip.open(file) as packed:
            while block := packed.read(BLOCK):
                done += len(block)
                if done > min(LARGEST_FILE, max(BOMB_BYTES, BOMB_RATIO * size)):
                    raise UnreadableFile(
                        f"unpacks to over {BOMB_RATIO} times its size; unpack it yourself if that is right"
                    )
                yield block
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(f"no readable gzip file ({error})") from error


# --- a block at a time ----------------------------------------------------------------------------------------------

PACKED = b"\x1f\x8b"  # how gzip files begin
BLOCK = 1 << 20  # bytes read at a time; more is no faster


def text_blocks(blocks: Iterator[bytes]) -> Iterator[str]:
    """Blocks of UTF-8 as text, each of whole lines, so that a file is never held in memory as a whole.

    Args:
        blocks: the bytes of a file.

    Raises:
        UnreadableFile: when the bytes are no text.
        UnicodeDecodeError: when they are text in another encoding; only ``decode``, which sees the whole, can tell it.
    """
    first = next(blocks, b"")
    if first.startswith(tuple(mark for mark, name in _BOMS if name != "utf-8-sig")):
        raise UnicodeDecodeError("utf-8", first[:4], 0, 2, "marked as another encoding")
    is_marked = first.startswith(_BOMS[0][0])
    if not is_marked:
        _refuse_nul(first)
        _refuse_controls(getincrementaldecoder("utf-8")().decode(first))  # the last character may have been cut
    for lines in _whole_lines(chain((first.removeprefix(_BOMS[0][0]),), blocks)):
        yield lines.decode("utf-8", errors="replace" if is_marked else "strict")


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    begun: list[bytes] = []
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        if cut:
            yield b"".join((*begun, block[:cut]))
            begun = []
        begun.append(block[cut:])
    if any(begun):
        yield b"".join(begun)
