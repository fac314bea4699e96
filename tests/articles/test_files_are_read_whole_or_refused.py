"""A file is read to its last letter, or refused with a sentence; never something between."""

from datetime import date

import pytest

from tests.articles.documents import LEAD, SECOND, STORY, bomb, page, pdf, word_document
from verify.articles.limits import LIMITS
from verify.articles.parsers import language_of
from verify.articles.readers import Reading
from verify.articles.readers import read as read_apart
from verify.errors import Refused


def read(content: bytes, name: str) -> Reading:
    """Read a file; the language of a plain text is told here instead of in a process of its own, to save time."""
    return read_apart(content, name, guess=language_of)


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        read(content, name)
    assert caught.value.field == "upload"
    return caught.value.message


def test_plain_text_keeps_every_character_and_tells_its_language() -> None:
    reading = read_apart(STORY.encode(), "road.txt")
    assert (reading.text, reading.language, reading.notes) == (STORY, "en", ())
    assert reading.media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(encoding: str) -> None:
    assert read("سقطت الولاية، قال المتحدث".encode(encoding), "a.txt").text == "سقطت الولاية، قال المتحدث"


def test_windows_newlines_become_plain_ones_and_nothing_else_changes() -> None:
    assert read(b"One line.\r\n\r\n  Two.\rThree. \r\n", "a.txt").text == "One line.\n\n  Two.\nThree. \n"


def test_windows_1252_is_read_and_said_openly() -> None:
    reading = read(
        "“Café” owner René said the naïve plan failed, a witness told us.".encode("cp1252"), "a.txt"
    )
    assert reading.text.startswith("“Café” owner René")
    assert any("Windows-1252" in note for note in reading.notes)


@pytest.mark.parametrize(
    "content",
    [
        "Талибан занял долину Панджшер".encode("cp1251"),
        "塔利班控制了山谷".encode("gb18030"),
        b"\x81\x8d\x8f\x90\x9d abc",
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused_and_never_becomes_mojibake(content: bytes) -> None:
    assert "save it as UTF-8" in refusal(content, "a.txt")


def test_damaged_utf_8_is_refused_with_the_place() -> None:
    assert "damaged at byte 20" in refusal("Долина взята".encode()[:20] + b"\xff rest", "a.txt")


@pytest.mark.parametrize("name", ["picture.txt", "picture.html"])
def test_a_binary_file_under_a_text_name_is_refused(name: str) -> None:
    assert "not a text file" in refusal(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", name)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.txt", "file is empty"),
        (b" \r\n\t ", "a.txt", "holds no text"),
        (b"x" * (LIMITS.upload_bytes + 600_000), "a.txt", "has 20.6 MB; at most 20.0 MB"),
        (b"word " * 300_000, "a.txt", "has 1,500,000 characters; an article may have at most 1,000,000"),
        (b"a,b", "a.csv", "this is .csv"),
        (b"PK\x03\x04", "a.xlsx", "this is .xlsx"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "old or locked Office file"),
        (b"words", "a.pdf", "named .pdf but is not one"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_own_sentence(
    content: bytes, name: str, sentence: str
) -> None:
    assert sentence in refusal(content, name)


def test_control_characters_in_a_file_are_taken_out_and_named() -> None:
    reading = read(b"He said\x08 that \x1b[31mit fell.", "a.txt")
    assert reading.text == "He said that [31mit fell."
    assert reading.notes == (
        "2 control characters were taken out (U+0008, U+001B): check the text around the gap.",
    )


def test_a_page_gives_its_article_and_what_it_says_about_itself() -> None:
    reading = read(page().encode(), "road.html")
    assert LEAD in reading.text
    assert SECOND in reading.text
    assert "Front page" not in reading.text
    assert (reading.title, reading.outlet, reading.byline) == ("Road closed", "Valley Courier", "Mina Rahimi")
    assert (reading.published_on, reading.language) == (date(2021, 9, 6), "en")
    assert reading.url == "https://courier.example/road-closed"


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    body = "<p>Командир сказал журналистам, что дорога закрыта и никто не проехал.</p>" * 3
    content = page(body, '<meta charset="windows-1251">').replace("—", "-").encode("cp1251", "ignore")
    assert "Командир сказал" in read(content, "a.html").text


def test_a_page_without_an_article_says_so() -> None:
    assert "No article text was found" in refusal(b"<html><body></body></html>", "a.html")


def test_a_pdf_gives_paragraphs_not_printed_lines() -> None:
    reading = read(pdf(), "road.pdf")
    assert LEAD in reading.text
    assert reading.text.count("\n") <= 2


def test_a_pdf_without_text_says_what_to_do() -> None:
    assert "no text. Run text recognition" in refusal(pdf("#rect(width: 10pt)"), "scan.pdf")


def test_a_cut_off_pdf_is_refused() -> None:
    assert "damaged" in refusal(pdf()[:700], "a.pdf")


def test_a_pdf_of_too_many_pages_is_refused_with_its_count() -> None:
    assert "501 pages; at most 500" in refusal(
        pdf("#for n in range(501) [x #pagebreak(weak: true)]"), "a.pdf"
    )


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    reading = read(word_document(), "road.docx")
    assert reading.text.split("\n") == ["Road closed", LEAD, "Trucks\t40", SECOND]
    assert (reading.title, reading.byline) == ("Road closed", "Mina Rahimi")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bomb(entries=1_001), "1,001 parts; at most 1,000"),
        (bomb(size=201 * 2**20), "unpack to 201 MB; at most 200 MB"),
        (word_document()[:3_000], "damaged"),
        (bomb(), "not a Word document"),
    ],
)
def test_a_hostile_or_damaged_word_document_is_refused(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content, "a.docx")
