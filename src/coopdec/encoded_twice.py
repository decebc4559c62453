"""Letters of UTF-8 that were read as another encoding: « Ã© » for « é ». Apart from the rest of
text work: its pattern takes longer to compile than all others together."""

from __future__ import annotations

import re

__all__ = ["ENCODED_TWICE", "letter_before"]

#: The byte that a character was before it was read as Latin-1 or Windows-1252.
_BYTE = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    char: byte for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
#: In UTF-8, what goes on with a letter that another byte began.
_ON = "[" + "".join(char for char, byte in _BYTE.items() if byte < 0xC0) + "]"
_TWO, _THREE = f"[Ã-ß]{_ON}", f"[à-ï]{_ON}{_ON}"
#: A letter of UTF-8 that was read as Latin-1 or Windows-1252: « Ã© », « â€™ », « Å“ », of other
#: scripts where two such stand together; not « AMANHÃ» ». « Ã » alone is an « à » that lost its
#: non-breaking space. It begins with a set of letters: so it is found fastest.
ENCODED_TWICE = re.compile(
    rf"[Â-ï](?=[\s{_ON[1:]})"
    rf"(?!(?:(?<=[ÃÄÅÌÐÑ])(?<![a-zß-ÿ].)|(?<=[A-ZÀ-Þ]Â)|(?<=á)»)[»”’…–—](?!\w))"
    rf"(?:(?<=[ÃÄÅÌÐÑ]){_ON}|(?<=Â)[\xa0-¿]|(?<=â){_ON}{_ON}|(?<=á)[¸-»]{_ON}"
    rf"|(?<=Æ)[¡°]|(?<=È)[˜™š›\x98-\x9b]|(?<=Ã)(?<!\wÃ)(?=\s)"
    rf"|(?<=[Ã-ß]){_ON}(?:(?={_TWO})|(?<={_TWO}{_TWO}))"
    rf"|(?<=[à-ï]){_ON}{_ON}(?:(?={_THREE})|(?<={_THREE}{_THREE})))")


def letter_before(letter: str) -> str:
    """What an :data:`ENCODED_TWICE` was before.

    >>> ENCODED_TWICE.sub(lambda m: letter_before(m[0]), "lâ€™Ã©cole de SÃO TOMÉ")
    'l’école de SÃO TOMÉ'
    """
    try:
        return bytes(map(_BYTE.__getitem__, letter)).decode() if len(letter) > 1 else "à"
    except UnicodeDecodeError:  # bytes that no letter of UTF-8 has
        return letter
