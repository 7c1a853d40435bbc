"""Bytes into text: which encoding, and how one knows; what is no text is refused with its reason."""

import gzip
import io
import re
import zlib
from dataclasses import dataclass

from provenance.errors import UnreadableFile

LARGEST_FILE = 4_000_000_000  # bytes; a pile in one file is held in memory while it is read
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
    if b"\x00" in data[:SAMPLE]:
        raise UnreadableFile("binary, not text (it holds NUL bytes)")
    try:
        decoded = Decoded(data.decode("utf-8"), None)
    except UnicodeDecodeError:
        decoded = _not_utf8(data)
    if len(_CONTROL.findall(decoded.text[:SAMPLE])) > CONTROL_SHARE * min(len(decoded.text), SAMPLE):
        raise UnreadableFile("binary, not text (too many control characters)")
    return decoded


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
    out = io.BytesIO()
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            while chunk := packed.read(1 << 20):
                out.write(chunk)
                if out.tell() > min(LARGEST_FILE, max(BOMB_BYTES, BOMB_RATIO * len(data))):
                    raise UnreadableFile(
                        f"unpacks to over {BOMB_RATIO} times its size; unpack it yourself if that is right"
                    )
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(f"no readable gzip file ({error})") from error
    return out.getvalue()
