"""A report in its forms: templates for people, JSON, CSV and GeoJSON for programs, or an operator's own template.

Every value goes through the escape of its form. An operator's template runs in Jinja's sandbox: it reads the report and
nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from feeds.errors import InputError
from feeds.report.columns import as_csv, as_geojson, as_shape
from feeds.report.escaping import finalizer
from feeds.report.filters import NBSP, filters_of
from feeds.report.records import Report

_ENDINGS: Final = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "xml": "html",
    "svg": "html",
    "md": "md",
    "markdown": "md",
}
"""How a template's own text is escaped, by the end of its name; any other is plain text."""


def render(report: Report, form: str, *, reload_seconds: int = 0, beside: tuple[str, ...] = ()) -> str:
    """The report in one of :data:`feeds.report.forms.FORMATS`.

    An HTML page asks a browser to load it again after ``reload_seconds`` when there are any, and links to the
    files that lie ``beside`` it.
    """
    programs: dict[str, Callable[[], str]] = {
        "csv": lambda: as_csv(report),
        "json": lambda: _json(as_shape(report)),
        "geojson": lambda: _json(as_geojson(report)),
    }
    if form in programs:
        return programs[form]()
    loader = PackageLoader("feeds.report")
    template = _environment(form, loader).get_template(f"report.{form}.j2")
    return _spaced(template.render(report=report, reload_seconds=reload_seconds, beside=beside), form)


def render_own(report: Report, path: Path) -> str:
    """The report through an operator's template; InputError in one line with file and line where it is wrong.

    What it includes or extends is looked for beside it, then among the templates of warwatch.
    """
    form = form_of(path)
    loader = ChoiceLoader([FileSystemLoader(path.parent), PackageLoader("feeds.report")])
    try:
        template = _environment(form, loader).get_template(path.name)
        return _spaced(template.render(report=report, reload_seconds=0, beside=()), form)
    except TemplateNotFound as error:
        if error.name == path.name:
            raise InputError(f"{path} cannot be read; check the name and its permissions") from error
        raise InputError(f"{path}, line {line_of(error, path)}: there is no template {error.name}") from error
    except TemplateSyntaxError as error:
        name = Path(error.filename).name if error.filename else path.name
        raise InputError(f"{path.with_name(name)}, line {error.lineno}: {error.message}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8") from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror or error}); check its permissions"
        ) from error
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        # whatever a template does with the values that it is given
        what = str(error) or type(error).__name__
        raise InputError(f"{path}, line {line_of(error, path)}: {what}") from error


def _spaced(text: str, form: str) -> str:
    """What was kept together on a line with hard spaces is a plain text's own in the end."""
    return text if form == "html" else text.replace(NBSP, " ")


def form_of(path: Path) -> str:
    """How what a template makes is escaped, by its name: ``sitrep.html``, ``sitrep.md.j2``."""
    endings = [ending.lstrip(".").lower() for ending in path.suffixes]
    known = [_ENDINGS[ending] for ending in endings if ending in _ENDINGS]
    return known[-1] if known else "txt"


def _environment(form: str, loader: PackageLoader | ChoiceLoader) -> Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,
        finalize=finalizer(form),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= filters_of(form)
    del environment.filters["safe"]  # nothing that came from a feed is markup, whoever writes the template
    return environment


def line_of(error: BaseException, path: Path) -> int:
    """The line of the template at which it went wrong: Jinja puts the template's own frames into the traceback."""
    found, trace = 0, error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == path or trace.tb_frame.f_code.co_filename == str(path):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
