"""The WSGI application, for servers other than the one `verify serve` starts."""

from verify import create_app

app = create_app()
