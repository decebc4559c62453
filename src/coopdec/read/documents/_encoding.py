"""Which encoding a text is in, without guessing more than we must."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

from coopdec.model import Finding, Position, Severity

__all__ = ["Encoding", "decode", "decode_head", "encoding_findings", "encoding_of"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
# The five bytes that Windows-1252 leaves unassigned.
_UNASSIGNED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_ASCII = bytes(range(128))
#: Encodings of older machines, with the bytes of « é », « è » and « ç » in each: in Windows-1252
#: these are rare marks, and the letters stand above.
_OLDER = {"mac-roman": b"\x8e\x8f\x8d", "cp850": b"\x82\x8a\x87"}
_LETTERS = bytes(range(0xE0, 0x100))
_LABELS = {"windows-1252": "Windows-1252", "mac-roman": "Mac Roman", "cp850": "IBM 850 (DOS)"}
#: So many such letters are no chance.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name`` as Python's codecs know it; ``broken``: some characters will be U+FFFD."""

    name: str
    broken: bool = False


def _marked(head: bytes) -> str | None:
    """What a byte-order mark says, or the zero bytes that Western text has in UTF-16."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    sample = head[:4096]
    if len(sample) >= 4:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        half = len(sample) // 2
        if odd > 0.7 * half and even < 0.05 * half:
            return "utf-16-le"
        if even > 0.7 * half and odd < 0.05 * half:
            return "utf-16-be"
    return None


@dataclass(slots=True)
class _Tally:
    """Counts, block by block, what tells UTF-8 from Windows-1252, and from older encodings."""

    high: int = 0
    letters: int = 0
    older: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_OLDER, 0))
    wrong: int = 0
    replaced: int = 0
    unassigned: bool = False

    def add(self, decoder: codecs.IncrementalDecoder, block: bytes) -> None:
        # "replace" puts one U+FFFD for each undecodable sequence; one that the text
        # itself holds (lost by an earlier conversion) is counted apart.
        self.wrong += decoder.decode(block, not block).count("\ufffd")
        if not block.isascii():
            self.replaced += block.count(b"\xef\xbf\xbd")
            high = block.translate(None, _ASCII)  # few: what follows hardly costs
            self.high += len(high)
            self.unassigned = self.unassigned or _UNASSIGNED.search(high) is not None
            self.letters += len(high) - len(high.translate(None, _LETTERS))
            for name, letters in _OLDER.items():
                self.older[name] += len(high) - len(high.translate(None, letters))

    def verdict(self) -> Encoding:
        wrong = self.wrong - self.replaced
        # A few bad bytes in much good UTF-8 are damage, not another encoding.
        if wrong <= 0 or 20 * wrong <= self.high:
            return Encoding("utf-8", broken=self.wrong > 0)
        older, n = max(self.older.items(), key=lambda one: one[1])
        if n >= _LEAST and n > 2 * self.letters:
            return Encoding(older)
        return Encoding("windows-1252", broken=self.unassigned)


def decode(data: bytes) -> tuple[str, str]:
    """Text and the encoding's name.

    A byte-order mark decides; then UTF-8, which a text in another encoding almost never
    happens to be; then Windows-1252, what French office software writes, where the commonest
    French letters are not those of an older encoding. What cannot be decoded becomes U+FFFD, so
    that the caller can report it.

    >>> decode("Bénin".encode("cp1252"))
    ('Bénin', 'windows-1252')
    """
    name = _marked(data)
    if name is None:
        tally, decoder = _Tally(), codecs.getincrementaldecoder("utf-8")("replace")
        tally.add(decoder, data)
        tally.add(decoder, b"")
        name = tally.verdict().name
    return data.decode(name, "replace"), name


@lru_cache(maxsize=2)
def decode_head(head: bytes) -> str:
    """The text of a file's first bytes, which may end in the middle of a character."""
    name = _marked(head)
    if name is None:
        tally, decoder = _Tally(), codecs.getincrementaldecoder("utf-8")("replace")
        tally.add(decoder, head)
        name = tally.verdict().name
    return codecs.getincrementaldecoder(name)("replace").decode(head)


def encoding_of(stream: BinaryIO) -> Encoding:
    """Like :func:`decode`, in one pass of constant memory; the stream goes back to where
    it was."""
    start = stream.tell()
    block = stream.read(_BLOCK)
    name = _marked(block)
    if name is not None:
        stream.seek(start)
        # Whether anything is lost is then looked for line by line.
        return Encoding(name, broken=True)
    tally, decoder = _Tally(), codecs.getincrementaldecoder("utf-8")("replace")
    while block:
        tally.add(decoder, block)
        block = stream.read(_BLOCK)
    tally.add(decoder, b"")
    stream.seek(start)
    return tally.verdict()


def encoding_findings(encoding: str, name: str) -> list[Finding]:
    """What a person should know of a text's encoding: nothing, for Unicode."""
    if encoding not in _LABELS:
        return []
    return [Finding("not-utf8", Severity.WARNING, Position(name), {"encoding": _LABELS[encoding]})]
