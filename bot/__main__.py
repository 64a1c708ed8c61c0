"""The command line: `python -m bot COMMAND`."""

from __future__ import annotations

import importlib
import secrets
import sys

import click

COMMANDS = {
    "serve": ("serve", "Answer LINE, or run the simulator when there are no LINE credentials."),
    "migrate": ("migrate", "Bring the database's tables up to date."),
    "demo": ("demo", "Fill the tables with demonstration data relative to today."),
    "template": ("template", "Write an empty set-up workbook to fill in."),
    "import": ("import_file", "Set up units, indicators, targets and rounds from a workbook or YAML."),
    "invite": ("invite", "Print a code that lets people of a unit register."),
    "backup": ("backup", "Write the database and the pictures into one file."),
    "restore": ("restore", "Put a backup back."),
    "richmenu": ("richmenu", "Bring the menus under the chats to LINE, list them, or draw them into a folder."),
    "remind": ("remind", "Send the reminders that are due now, or print the month's plan."),
    "replay": ("replay", "List events that were set aside, and have them handled again."),
}
"""A command's name, the file in `bot/commands` it lies in, and what it does."""

UNUSABLE = 2
"""The exit code when the settings, the database or the address to listen on cannot be used."""


class _Commands(click.Group):
    """Commands whose files are read only when they are run: `--help` answers at once."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"bot.commands.{COMMANDS[name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.command(cls=_Commands, name="bot", context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """รายงาน: a LINE chat bot for quarterly indicator reports.

    Settings are read from the environment and .env; see .env.example.
    """
    from bot import logs

    # Whatever a command logs is looked through. `serve`, which is read by event and chat, sets its own key and level.
    logs.configure("info", secrets.token_hex(16))


def run() -> None:
    """Run the command line. What cannot be used is said in a sentence, without a traceback."""
    try:
        main(prog_name="python -m bot")
    except Exception as error:
        if not _is_sentence(error):
            raise
        click.echo(str(error), err=True)
        sys.exit(UNUSABLE)


def _is_sentence(error: Exception) -> bool:
    """Whether the error is one of those that are written for the person at the command line."""
    # By name, so that this file does not import the database to answer --help.
    return type(error).__name__ in {"WrongSettings", "DatabaseUnavailable", "CannotServe"}


if __name__ == "__main__":
    run()
