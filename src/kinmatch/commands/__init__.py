"""The command kinmatch. Each act is loaded by its dotted name when it is asked for, so that the help is at
once there."""

from importlib import import_module

import click

_ACTS = {
    "dedupe": "Find the pairs in one register that are the same person.",
    "link": "Find the pairs across two registers that are the same person.",
    "search": "Look for one person in a register.",
    "explain": "Say why two records of a register are, or are not, one person.",
    "train": "Adapt the match weights to a register, with or without decisions.",
    "evaluate": "Measure pairs against the truth.",
    "synth": "Make a register of invented people, and the truth about it.",
    "bench": "Measure speed, memory and quality on generated people.",
}


class _Acts(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_ACTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ACTS:
            return None
        command = getattr(import_module(f"kinmatch.commands.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_ACTS.items()))


@click.command(cls=_Acts, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Find the same person in two records, or in a register, although the name is wrong.

    Registers are CSV, Parquet or Arrow files with the columns record_id, given_names, surnames, full_name,
    nickname, sex,
    birth_date, age, age_on, birth_place, place, mother, father, relatives, phone, document; only record_id
    must be there.
    """
