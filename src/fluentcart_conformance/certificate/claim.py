"""The small file in which a vendor says what is to be certified.

vendor = "Example Ltd"
product = "Example Cart API"
version = "4.2"
contact = "api@vendor.example"

[capabilities]
pro_licences = false
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from .errors import ClaimError

LONGEST = 200
Words = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=LONGEST, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]


class Claim(BaseModel):
    """Who stands behind which product, and what the product has and has not."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    vendor: Words
    product: Words
    version: Words
    contact: Words
    capabilities: dict[str, bool] = Field(default_factory=dict)


def read_claim(file: Path) -> Claim:
    """The claim in a TOML file. Raises ClaimError with one line for the first mistake."""
    try:
        stored = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ClaimError(f"{file} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ClaimError(f"{file} is not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise ClaimError(f"{file} is not valid TOML: {error}") from error
    try:
        return Claim.model_validate(stored)
    except ValidationError as error:
        every = error.errors(include_url=False, include_input=False)
        # A misspelt key is also a missing one; the misspelling is what helps.
        first = min(every, key=lambda one: one["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(key, Claim.model_fields, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ClaimError(f"{file}: unknown key {key}{hint}") from error
        raise ClaimError(f"{file}: {key}: {first['msg']}") from error
