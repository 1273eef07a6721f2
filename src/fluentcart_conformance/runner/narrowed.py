"""A run that is narrowed by its place among shards and by earlier records."""

from __future__ import annotations

from pathlib import Path

from fluentcart_conformance import __version__
from fluentcart_conformance.contract.fingerprint import contract_hash
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.plugin.narrowing import Narrowing, Since
from fluentcart_conformance.plugin.shards import Shard
from fluentcart_conformance.verdict.earlier import Earlier
from fluentcart_conformance.verdict.record import RecordError

RECORD = "run.jsonl"


def narrowing_of(
    *,
    reports: Path,
    shard: Shard | None = None,
    balance: Path | None = None,
    since: Path | None = None,
    resume: Path | None = None,
    fail_fast: bool = False,
) -> Narrowing:
    """The narrowing of a run from what the operator asked for.

    `balance` is a record whose seconds weigh the files. A record to resume that lies where the
    new one will be is moved aside first. Raises RecordError for records that do not fit.
    """
    requirements = load_requirements()
    before = Earlier.of(since, requirements) if since else None
    paused = Earlier.of(resume, requirements) if resume else None
    if paused is not None and resume is not None:
        _check_resumable(resume, paused, shard)
        resume = _aside(resume, reports, paused.header["run"])
    weighed = Earlier.of(balance, requirements) if balance else before or paused
    return Narrowing(
        shard=shard,
        seconds=weighed.seconds if shard and weighed else {},
        since=_since(before) if before else None,
        finished=paused.finished if paused else frozenset(),
        resumes=resume,
        fail_fast=fail_fast,
    )


def _since(before: Earlier) -> Since:
    """What the earlier run settled: nothing, when it was held against another contract."""
    header = before.header
    same = header["contract_sha256"] == contract_hash() and header["tool"] == __version__
    return Since(
        run=header["run"],
        settled=before.settled if same else frozenset(),
        still_open=before.still_open if same else frozenset(load_requirements()),
        files=header.get("suites", {}),
    )


def _check_resumable(record: Path, paused: Earlier, shard: Shard | None) -> None:
    header = paused.header
    if header["contract_sha256"] != contract_hash() or header["tool"] != __version__:
        raise RecordError(
            f"{record} was written under another contract or version of the tool, so its verdict "
            "cannot be carried on; begin a new run, perhaps with --only-changed-since"
        )
    if header["selection"].get("shard") != (str(shard) if shard else None):
        part = header["selection"].get("shard", "the whole run")
        raise RecordError(f"{record} is of {part}; resume it with the same --shard")


def _aside(record: Path, reports: Path, run: str) -> Path:
    if record.resolve() != (reports / RECORD).resolve():
        return record
    kept = reports / f"{run}.jsonl"
    record.replace(kept)
    return kept
