"""The OpenAPI description, written from the same tables that check the requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from r9s_notebook.offline.parameters import COMMON, EDIT, Field

_FILE = {"type": "string", "format": "binary"}


def description() -> dict[str, Any]:
    """An OpenAPI 3.1 document of the image endpoints."""
    edit_files = {
        "image": {"oneOf": [_FILE, {"type": "array", "items": _FILE}], "description": "What to edit."},
        "mask": {**_FILE, "description": "A PNG of the image's size: alpha 0 where to edit."},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "r9s_notebook embedded images API",
            "version": "1",
            "description": "The R9S images API, served by the sketch engine: vector shapes, no AI model.",
        },
        "servers": [{"url": "/v1"}],
        "paths": {
            "/images/generations": {
                "post": _operation("createImageGeneration", "Create images", _object(COMMON), multipart=False)
            },
            "/images/edits": {
                "post": _operation("createImageEdit", "Edit an image", _object(EDIT, edit_files), multipart=True)
            },
            "/models": {"get": {"operationId": "listModels", "responses": {"200": {"description": "The models."}}}},
        },
        "components": {
            "schemas": {"Images": _IMAGES, "Error": _ERROR},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}, {}],
    }


def _object(fields: Mapping[str, Field], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    properties = {name: {**field.schema, "description": field.about} for name, field in fields.items()}
    return {
        "type": "object",
        "properties": {**properties, **(more or {})},
        "required": ["prompt", *(["image"] if more else [])],
    }


def _operation(name: str, summary: str, body: dict[str, Any], *, multipart: bool) -> dict[str, Any]:
    kinds = ("multipart/form-data", "application/json") if multipart else ("application/json", "multipart/form-data")
    errors = {
        status: {"description": reason, "content": {"application/json": {"schema": _reference("Error")}}}
        for status, reason in _REASONS.items()
    }
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {kind: {"schema": body} for kind in kinds}},
        "responses": {
            "200": {
                "description": "The images, or with stream=true their events.",
                "content": {
                    "application/json": {"schema": _reference("Images")},
                    "text/event-stream": {"schema": {"type": "string"}},
                },
            },
            **errors,
        },
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_REASONS = {
    "400": "A parameter is wrong; error.param names it.",
    "401": "No key, or a wrong one.",
    "413": "The body is too large.",
    "415": "Neither JSON nor a form.",
    "429": "Too many requests; see Retry-After.",
    "503": "Too many pictures are waiting; see Retry-After.",
}
_IMAGES = {
    "type": "object",
    "required": ["created", "data"],
    "properties": {
        "created": {"type": "integer"},
        "model": {"type": "string"},
        "data": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "url": {"type": "string"},
                    "b64_json": {"type": "string"},
                    "revised_prompt": {"type": "string"},
                    "seed": {"type": "integer"},
                },
            },
        },
        "usage": {"type": "object"},
    },
}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": "string"},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}
