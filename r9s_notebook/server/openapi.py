"""The OpenAPI description, written from the same tables that check the requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from r9s_notebook.formats import API_TYPES
from r9s_notebook.parameters import EDIT, GENERATION, Operation, Parameter
from r9s_notebook.server.engine import Model

_FILE = {"type": "string", "format": "binary"}
_IN_JSON: dict[str, Any] = {
    "oneOf": [
        {"type": "string", "description": "Base64, a data URI, or an address of this server's own images."},
        {"type": "object", "properties": {"image_url": {"type": "string"}, "b64_json": {"type": "string"}}},
    ]
}


def openapi(engine: str, models: Sequence[Model]) -> dict[str, Any]:
    """An OpenAPI 3.1 document of the image endpoints.

    Args:
        engine: What makes the pictures, in a sentence.
        models: What it has.
    """
    creation = _object(_taken("generate", models, GENERATION))
    edit = _taken("edit", models, EDIT)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "r9s_notebook images API",
            "version": "1",
            "description": f"The R9S images API. {engine}",
        },
        "servers": [{"url": "/v1"}],
        "paths": {
            "/images/generations": {
                "post": _operation(
                    "createImageGeneration",
                    "Create images",
                    {"application/json": creation, "multipart/form-data": creation},
                )
            },
            "/images/edits": {
                "post": _operation(
                    "createImageEdit",
                    "Edit an image",
                    {
                        "multipart/form-data": _object(edit, _edited(_FILE)),
                        "application/json": _object(edit, _edited(_IN_JSON)),
                    },
                )
            },
            "/images/files/{name}": {
                "get": _lookup("getImageFile", "A finished image, while it is kept.", dict.fromkeys(API_TYPES, _FILE))
            },
            "/models": {
                "get": {
                    "operationId": "listModels",
                    "responses": {"200": {"description": "The models."}, **_errors("401", "405", "500")},
                }
            },
            "/models/{name}": {"get": _lookup("getModel", "A model.", {"application/json": {"type": "object"}}, "401")},
        },
        "components": {
            "schemas": {"Images": _IMAGES, "Error": _ERROR},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}, {}],
    }


def _taken(
    operation: Operation, models: Sequence[Model], otherwise: Mapping[str, Parameter]
) -> Mapping[str, Parameter]:
    """What any of the models takes; where one may be asked anything, the API's own list."""
    taken: dict[str, Parameter] = {}
    for model in reversed(models):
        taken |= otherwise if model.operations is None else model.operations.get(operation, {})
    return taken or otherwise


def _object(taken: Mapping[str, Parameter], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    properties = {name: parameter.schema() for name, parameter in taken.items()}
    return {
        "type": "object",
        "properties": {**properties, **(more or {})},
        "required": ["prompt", *(["image"] if more else [])],
    }


def _edited(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "image": {"oneOf": [file, {"type": "array", "items": file}], "description": "What to edit."},
        "mask": {**file, "description": "A PNG of the image's size: alpha 0 where to edit."},
    }


def _lookup(name: str, about: str, content: Mapping[str, Any], *more: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
        "responses": {
            "200": {"description": about, "content": {kind: {"schema": schema} for kind, schema in content.items()}},
            **_errors("404", "405", "500", *more),
        },
    }


def _errors(*statuses: str) -> dict[str, Any]:
    return {
        status: {"description": _REASONS[status], "content": {"application/json": {"schema": _reference("Error")}}}
        for status in statuses
    }


def _operation(name: str, summary: str, bodies: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {kind: {"schema": body} for kind, body in bodies.items()}},
        "responses": {
            "200": {
                "description": "The images, or with stream=true their events.",
                "content": {
                    "application/json": {"schema": _reference("Images")},
                    "text/event-stream": {"schema": {"type": "string"}},
                },
            },
            **_errors(*(status for status in _REASONS if status != "404")),
        },
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_REASONS = {
    "400": "A parameter is wrong; error.param names it.",
    "401": "No key, or a wrong one.",
    "404": "There is nothing of that name, or no longer.",
    "405": "Another method is needed.",
    "413": "The body is too large.",
    "415": "Neither JSON nor a form.",
    "429": "Too many requests, or too many that wait; see Retry-After.",
    "500": "The engine failed; its log has the reason under the answer's x-request-id.",
    "503": "The engine cannot, for now.",
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
