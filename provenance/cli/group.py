"""How commands end: with one line where the user can mend it, with a traceback where we must."""

from typing import Any

import click

from provenance.cli.interrupt import STOPPED, end_now, is_busy, stops_at_once
from provenance.cli.output import one_line
from provenance.errors import ProvenanceError, SettingError


class WrongUse(click.ClickException):
    """A setting or a facts file that makes no sense: one line, exit code 2."""

    exit_code = 2


class Commands(click.Group):
    """Commands that end with one line where the user can mend it, and with a traceback where we must."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of this file; click would sort them

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with stops_at_once():
                return super().invoke(ctx)
        except ProvenanceError as wrong:
            kind = WrongUse if isinstance(wrong, SettingError) else click.ClickException
            raise kind(one_line(str(wrong))) from wrong
        except KeyboardInterrupt:
            if is_busy():
                end_now()
            click.echo("Stopped.", err=True)
            ctx.exit(STOPPED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as fault:
            fault.add_note("This is a fault of provenance, not yours: please report it with all the lines above.")
            raise
