"""Fills the template. Everything shown is escaped; scripts and styles are pinned by their hash."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, Template

from fluentcart_conformance import __version__
from fluentcart_conformance.verdict.compare import Comparison
from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.verdict import Verdict

from ..changes import trend_of
from ..files import write_whole
from ..words import RESULT_WORDS, counts, economy, headline, plural, visible_block
from .areas import area_columns, area_rows, sentence
from .view import deviation_rows, finding_views, requirement_views, timing_rows


def write_html(
    path: Path,
    verdict: Verdict,
    exchanges: Mapping[str, ExchangeEvent],
    compared: Comparison | None = None,
) -> None:
    """Write the page. Raises RecordError when the folder is not writable."""
    write_whole(path, render_html(verdict, exchanges, compared))


def render_html(
    verdict: Verdict,
    exchanges: Mapping[str, ExchangeEvent],
    compared: Comparison | None = None,
) -> str:
    """The page as text; with a comparison it shows the trend against the baseline."""
    style, script = style_sheet(), _resource("report.js")
    findings = finding_views(verdict, exchanges)
    areas = area_rows(verdict)
    return template("report.html.j2").render(
        style=style,
        script=script,
        policy=content_policy(style, script),
        tool=__version__,
        header=verdict.header,
        target=verdict.header["target"],
        verdict=verdict,
        result=verdict.result.value,
        result_word=RESULT_WORDS[verdict.result],
        headline=headline(verdict),
        sentence=sentence(verdict),
        counts=counts(verdict),
        economy=economy(verdict),
        requests=plural(verdict.requests, "request"),
        areas=areas,
        area_columns=area_columns(areas),
        trend=trend_of(compared) if compared else None,
        findings=[one for one in findings if one.group == "finding"],
        warnings=[one for one in findings if one.group == "warning"],
        notes=[one for one in findings if one.group == "note"],
        known=[one for one in findings if one.group == "known"],
        more_findings=len(verdict.findings) - len(findings),
        deviations=deviation_rows(verdict),
        requirements=requirement_views(verdict, exchanges),
        timing=timing_rows(verdict),
    )


def style_sheet() -> str:
    """The page's style, for other pages of the same look."""
    return _resource("report.css")


def content_policy(style: str, script: str) -> str:
    """Nothing may load or run but the page's own style and script."""
    return (
        f"default-src 'none'; style-src '{_pin(style)}'; script-src '{_pin(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _pin(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _shown(value: object) -> object:
    """Control characters of a store's text become visible; our own markup stays as it is."""
    return visible_block(value) if type(value) is str else value


@cache
def template(name: str) -> Template:
    """A template of this folder; it escapes everything."""
    environment = Environment(
        loader=DictLoader({name: _resource(name)}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
