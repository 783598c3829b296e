"""Which characters do these bytes stand for?"""

from __future__ import annotations

import pytest

from firsthand.reading.decode import NotText, decode_text, find_declared_encoding, find_stated_encoding, name_encodings
from firsthand.reading.lists import load_groups

GERMAN = "Die Brücke über die Möhne sei gesperrt, hieß es am Montag."
RUSSIAN = "Мост через реку закрыт, сообщил в понедельник начальник станции, и никто не знает, на сколько."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_known_encoding_is_read_without_doubt(encoding: str) -> None:
    assert decode_text(GERMAN.encode(encoding)) == (GERMAN, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_read_and_said_so(encoding: str) -> None:
    text, doubt = decode_text(GERMAN.encode(encoding))
    assert text == GERMAN
    assert doubt == f"has no mark of its encoding and was read as {encoding.upper()}"


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "cp1252"), ("La señora dijo “mañana”.", "cp1252"), (RUSSIAN, "cp1251")]
)
def test_text_in_an_old_encoding_is_read_and_said_so(text: str, encoding: str) -> None:
    read, doubt = decode_text(text.encode(encoding))
    assert read == text
    assert doubt == f"is not UTF-8 and was read as {encoding}; check its accented letters"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08", b"a\0b", b"\1\2\3\4words", b"{\\rtf1 words}"])
def test_what_is_no_text_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NotText, match="not text"):
        decode_text(data)


def test_broken_wide_text_shows_marks_where_it_is_broken() -> None:
    text, doubt = decode_text("abc".encode("utf-16") + b"\x00\xd8")
    assert text.startswith("abc\ufffd")
    assert "UTF-16-LE" in doubt


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b'<meta charset="iso-8859-1">', ("cp1252",)),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', ("koi8-r",)),
        (b"<?xml version='1.0' encoding='iso-8859-2'?>", ("iso8859-2",)),
        (b'<meta charset="base64">', ()),
        (b'<meta charset="no-such-thing">', ()),
        (b"<p>charset=koi8-r</p>", ()),
    ],
)
def test_a_page_may_name_its_encoding(head: bytes, found: tuple[str, ...]) -> None:
    assert find_declared_encoding(head) == found


def test_a_town_in_capitals_is_not_taken_for_a_program() -> None:
    assert decode_text(b"MZUNGU, Monday - The dam holds.") == ("MZUNGU, Monday - The dam holds.", "")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1251", "cp1251"),
        ("x-sjis", "cp932"),
        ("gb2312", "gb18030"),
        ("EUC-KR", "cp949"),
        ("koi8-r", "koi8-r"),
        ("utf8", "utf-8"),
    ],
)
def test_an_encoding_is_the_one_browsers_take_a_label_for(label: str, name: str) -> None:
    assert name_encodings(label) == (name,)
    assert find_stated_encoding(f'text/html; Charset = "{label}"') == (name,)
    "".encode(name)


@pytest.mark.parametrize(
    "label", ["utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "hex", "no", ""]
)
def test_what_no_browser_reads_is_no_encoding_of_a_page(label: str) -> None:
    assert name_encodings(label) == ()


def test_every_encoding_listed_can_be_read() -> None:
    for name in load_groups("encodings.toml", "encodings"):
        assert "Skell".encode(name).decode(name) == "Skell"
