"""Files as people bring them, made on the spot: a page, a PDF, a Word document, and broken ones."""

import io
import zipfile

import docx
import typst

LEAD = "The governor of Panjshir told a local station on Monday that the road to the south was closed."
SECOND = (
    "“Nobody has left since dawn,” a driver at the checkpoint said. "
    "Aid agencies could not confirm the account."
)
STORY = f"{LEAD}\n\n{SECOND}\n"


def page(body: str = f"<p>{LEAD}</p><p>{SECOND}</p>", head: str = "") -> str:
    """Return a web page with the furniture that pages have."""
    return (
        f'<!doctype html><html lang="en"><head><title>Road closed - Valley Courier</title>{head}'
        '<meta name="author" content="Mina Rahimi"><meta property="og:site_name" content="Valley Courier">'
        '<meta property="article:published_time" content="2021-09-06T08:00:00Z">'
        '<link rel="canonical" href="https://courier.example/road-closed"></head><body>'
        f"<nav><a href='/'>Front page</a> Weather</nav><article><h1>Road closed</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def pdf(source: str = f"= Road closed\n\n{LEAD * 3}\n\n{SECOND}") -> bytes:
    """Return a PDF set from Typst markup."""
    made: bytes = typst.compile(source.encode())
    return made


def word_document() -> bytes:
    """Return a Word document with a heading, a paragraph, a table and a last paragraph."""
    document = docx.Document()
    document.core_properties.author = "Mina Rahimi"
    document.core_properties.title = "Road closed"
    document.add_heading("Road closed")
    document.add_paragraph(LEAD)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Trucks", "40"
    document.add_paragraph(SECOND)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def bomb(entries: int = 1, size: int = 0) -> bytes:
    """Return a zip of many entries, or of few that unpack to much."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(entries):
            archive.writestr(f"word/{number}.xml", b"\0" * size)
    return kept.getvalue()
