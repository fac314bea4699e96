"""A web site on this machine for tests: it says what it is told to say, and remembers what it was asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Answer = bytes | Callable[[socket.socket], None]


def page(
    content: bytes | str, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str
) -> bytes:
    """A whole answer; a header such as Content_Encoding has its underscore for a hyphen."""
    body = content.encode() if isinstance(content, str) else content
    told = {"Content-Type": kind, "Content-Length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def leads_to(address: str, status: str = "302 Found") -> bytes:
    """An answer that leads on."""
    return page(b"", status=status, Location=address)


@dataclass
class Site:
    """What the site answers by path, and every request it was sent, whole."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.split(" ")[1] for request in self.asked]


def _serve(site: Site, listening: socket.socket, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            link, _ = listening.accept()
        except OSError:
            return
        with link, suppress(OSError):
            link.settimeout(20)
            secure = context.wrap_socket(link, server_side=True) if context else link
            with secure:
                request = secure.recv(65536).decode("latin-1")
                site.asked.append(request)
                answer = site.answers.get(
                    request.split(" ")[1], page("Nothing here.", status="404 Not Found")
                )
                if callable(answer):
                    answer(secure)
                else:
                    secure.sendall(answer)


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that answers inside."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        scheme = "https" if context else "http"
        site = Site(f"{scheme}://localhost:{listening.getsockname()[1]}")
        serving = threading.Thread(target=_serve, args=(site, listening, context), daemon=True)
        serving.start()
        yield site
        listening.shutdown(socket.SHUT_RDWR)
    serving.join()


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's half of TLS with a fresh certificate for a name, and the file of that certificate."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / f"{name}.pem", folder / f"{name}.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    return context, certificate
