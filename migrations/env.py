"""Alembic's environment: migrations run in code (`verify migrate`), each in one transaction."""

from alembic import context

from verify import models
from verify.db import connect, writing

config = context.config
url = config.attributes.get("url") or config.get_main_option("sqlalchemy.url")
engine = connect(str(url))
with writing(), engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=models.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_object=models.compared,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
