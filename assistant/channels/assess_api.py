"""The engine for other programs: stateless, nothing stored, nothing logged.

    POST /assess?lang=xx&as_of=YYYY-MM-DD  a JSON object of facts  -> the assessment (docs/assessment.schema.json)
    GET  /openapi.json                                             -> its description

Bad facts are 400 ``{"error": sentence}``; too many requests of one address 429, too long a body 413.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.web import HEADERS, Problem
from wegwijzer import FactError
from wegwijzer.__main__ import assess_json, today
from wegwijzer.facts import PARSERS, codes
from wegwijzer.law.case import LAW_VERSION
from wegwijzer.texts import languages

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "assessment.schema.json"


def blueprint(allow: Callable[[Request], None]) -> Blueprint:
    """The two routes; ``allow`` raises for a request that is one too many or too long."""
    routes = Blueprint("assess")

    @routes.post("/assess")
    async def assess(request: Request) -> HTTPResponse:
        allow(request)
        try:
            return response.json(_assess(request))
        except FactError as error:
            return response.json({"error": str(error)}, status=400)

    @routes.get("/openapi.json")
    async def describe(request: Request) -> HTTPResponse:
        allow(request)
        return response.json(openapi())

    @routes.exception(Problem)
    async def problem(_request: Request, error: Problem) -> HTTPResponse:
        return error.answer("en")

    @routes.middleware("response")
    async def headers(_request: Request, answer: HTTPResponse) -> None:
        answer.headers.update(HEADERS)
        answer.headers.setdefault("Cache-Control", "no-store")

    return routes


def _assess(request: Request) -> dict[str, Any]:
    lang = request.args.get("lang")
    if lang is not None and lang not in languages():
        raise FactError("lang", f"it takes one of {', '.join(languages())}")
    try:
        as_of = date.fromisoformat(request.args.get("as_of") or today().isoformat())
    except ValueError:
        raise FactError("as_of", "it takes a day as YYYY-MM-DD") from None
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        raise FactError("facts", "the body is not JSON; it takes an object of facts") from None
    return assess_json(data, as_of, lang)


@cache
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 description, with the schema of the answer and of each fact."""
    answer = json.loads(SCHEMA.read_text(encoding="utf-8"))
    error = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}

    def json_of(schema: dict[str, Any]) -> dict[str, Any]:
        return {"application/json": {"schema": schema}}

    return {
        "openapi": "3.1.0",
        "info": {"title": "Wegwijzer", "version": LAW_VERSION, "description": "Information, not a decision."},
        "paths": {
            "/assess": {
                "post": {
                    "operationId": "assess",
                    "parameters": [
                        {"name": "lang", "in": "query", "schema": {"enum": list(languages())}},
                        {"name": "as_of", "in": "query", "schema": {"type": "string", "format": "date"}},
                    ],
                    "requestBody": {
                        "required": True,
                        "content": json_of(
                            {
                                "type": "object",
                                "properties": {fact: _fact_schema(fact) for fact in PARSERS},
                                "additionalProperties": False,
                            }
                        ),
                    },
                    "responses": {
                        "200": {"description": "the assessment", "content": json_of(answer)},
                        "400": {"description": "what is wrong with the facts", "content": json_of(error)},
                        "413": {"description": "the body is too long", "content": json_of(error)},
                        "429": {"description": "too many requests", "content": json_of(error)},
                    },
                }
            }
        },
    }


def _fact_schema(fact: str) -> dict[str, Any]:
    """What one fact takes: its codes, or the kind of value."""
    if codes(fact):
        return {"enum": list(codes(fact))}
    kind: dict[str, Any] = {"_date": "YYYY, YYYY-MM or YYYY-MM-DD", "_country": "ISO 3166-1 alpha-2",
                            "_municipality": "NIS code or name"}  # fmt: skip
    name = PARSERS[fact].__name__
    if name in kind:
        return {"type": "string", "description": kind[name]}
    if name == "_nationalities":
        return {"type": "array", "items": {"type": "string"}, "minItems": 1}
    if name == "_boolean":
        return {"type": "boolean"}
    if name == "_months":
        return {"description": 'months as a number, or "13+" for more than a year', "type": ["integer", "string"]}
    return {"type": "integer", "minimum": 0}
