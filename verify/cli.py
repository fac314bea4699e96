"""The `verify` command line: commands are imported only when they are asked for, so that help is fast."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

# word: where the command lives, and its line in `verify --help`
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("verify.server:demo", "Serve a desk filled with demo data, to look around."),
    "serve": ("verify.server:serve", "Serve the desk."),
    "migrate": ("verify.server:migrate", "Create the database, or bring it up to date."),
    "work": ("verify.jobs.commands:work", "Do background jobs; a server brings a worker of its own."),
    "people": ("verify.accounts.commands:people", "Invite people to the desk, and list who is on it."),
    "identities": (
        "verify.sources.commands:identities",
        "Make and replace the keys that seal protected identities.",
    ),
    "ingest": ("verify.articles.commands:ingest", "Take in article files and spot what they assert."),
    "respot": ("verify.articles.spotting_commands:respot", "Spot anew what an older method spotted."),
    "fingerprint": (
        "verify.articles.shared_text_commands:fingerprint",
        "Compare old articles with the archive.",
    ),
    "index-claims": (
        "verify.matching.store_commands:index_claims",
        "Put the claims of the desk into the index for matching.",
    ),
    "contradictions": (
        "verify.matching.contradiction_commands:contradictions",
        "Hold the claims of the desk against each other.",
    ),
    "spot": ("verify.spotting.commands:spot", "Print the assertions in a text; needs no desk."),
    "rank": ("verify.spotting.commands:rank", "Say which texts are worth checking; needs no desk."),
    "analyse": (
        "verify.origins.commands:analyse_files",
        "Read some articles against each other; needs no desk.",
    ),
    "reuse": ("verify.reuse.commands:reuse", "Say which texts lean on which; needs no desk."),
    "stories": ("verify.reuse.commands:stories", "Group texts that tell one story; needs no desk."),
    "match": (
        "verify.similarity.commands:match",
        "Find which earlier claims a text repeats; needs no desk.",
    ),
    "claimreviews": (
        "verify.claimreviews.commands:claimreviews",
        "Import what other organisations found about claims.",
    ),
    "report": ("verify.reports.commands:report", "Write a report of published verdicts to a file."),
    "audit": ("verify.audit.commands:audit", "Check or export the log of everything that happened."),
    "seed": ("verify.demo.commands:seed", "Fill the desk with many tickets, for measuring."),
}

NEEDS_NO_DESK = {"spot", "rank", "analyse", "reuse", "stories", "match"}


class Desk(click.Group):
    """A group that knows its commands by name, and imports one only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every word, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command behind a word."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(word, line) for word, (_, line) in COMMANDS.items()])


def _opened_desk() -> Flask:
    """Called when a command runs, and not for its help."""
    from verify.server import opened_desk

    return opened_desk()


@click.group(cls=Desk, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("verify-desk"), prog_name="verify")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Verify: claims in articles, checked by two people, with the number of independent origins."""
    if ctx.invoked_subcommand not in NEEDS_NO_DESK:
        from flask.cli import ScriptInfo

        ctx.obj = ScriptInfo(create_app=_opened_desk, set_debug_flag=False)


def in_a_sentence(problem: Exception) -> tuple[str, int] | None:
    """What a person reads about a problem we foresaw, and the exit status; None for one we did not."""
    import errno

    from sqlalchemy.exc import OperationalError

    from verify.config import UnsafeSettings
    from verify.errors import DeskError

    if isinstance(problem, DeskError):
        return problem.message, 1
    if isinstance(problem, UnsafeSettings):
        return str(problem), 2
    if isinstance(problem, OperationalError):
        return f"The database does not answer as it should: {problem.orig}", 3
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return "There is no room left where the answer is written; what stands there is not whole.", 4
    return None


def main() -> None:
    """Run the command line; what went wrong is one sentence where we foresaw it, not a traceback."""
    try:
        cli()
    except Exception as problem:
        known = in_a_sentence(problem)
        if known is None:
            raise
        click.echo(f"verify: {known[0]}", err=True)
        sys.exit(known[1])


if __name__ == "__main__":
    main()
