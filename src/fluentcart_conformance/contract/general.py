"""The ids of requirements that hold for every operation and that the judge cites by itself."""

from __future__ import annotations

STATUS = "GEN-STATUS"
NO_5XX = "GEN-NO-5XX"
CONTENT_TYPE = "GEN-CONTENT-TYPE"
JSON = "GEN-JSON"
JSON_CLEAN = "GEN-JSON-CLEAN"
NO_LEAK = "GEN-NO-LEAK"
NO_HTML = "GEN-NO-HTML"
NO_CREDENTIALS = "GEN-NO-CREDENTIALS"
CENTS_WHOLE = "GEN-CENTS-WHOLE"
RESPONSE_SHAPE = "GEN-RESPONSE-SHAPE"
REFUSAL_BODY = "GEN-REFUSAL-BODY"
STATUS_MATCHES = "ERR-STATUS-MATCHES"
FORM_CONSISTENT = "GEN-FORM-CONSISTENT"
BASE_PATH = "GEN-BASE-PATH"

JUDGED_ALWAYS = frozenset(
    {STATUS, NO_5XX, CONTENT_TYPE, JSON, JSON_CLEAN, NO_LEAK, NO_HTML, NO_CREDENTIALS}
)
"""Looked at in every answer, so proved by every answer that does not break them."""
