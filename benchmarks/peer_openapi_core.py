"""openapi-core on the exchange and the description that the judge is given.

The last line is JSON: microseconds for one exchange, decoding and validation together.
"""

from __future__ import annotations

import json
import sys
from time import process_time

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from fluentcart_conformance.contract import load_contract

from .judging import recorded_order


def main() -> None:
    """Measure and print."""
    contract = load_contract(sys.argv[1])
    row = recorded_order()
    text = json.dumps(row["body"]).encode()
    description = OpenAPI.from_dict(json.loads(json.dumps(contract.document)))
    root = row["url"].partition("/wp-json")[0]
    path = row["url"].removeprefix(root)
    server = contract.document.get("servers", [{"url": root}])[0]["url"]
    host = server.partition("/wp-json")[0] if server.startswith("http") else root
    request = MockRequest(host, "get", path)
    response = MockResponse(text, row["status"], content_type="application/json")
    errors: list[str] = []

    def once() -> None:
        try:
            description.validate_response(request, response)
        except Exception as error:  # noqa: BLE001 - a peer's verdict, whatever its class
            errors.append(type(error).__name__)

    rounds = []
    for _ in range(15):
        begun = process_time()
        once()
        rounds.append(process_time() - begun)
    print(json.dumps({"us": min(rounds) * 1e6, "errors": sorted(set(errors))}))


if __name__ == "__main__":
    main()
