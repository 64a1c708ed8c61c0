"""LINE's OpenAPI description of the Messaging API as an oracle, where it is at hand beside the repository."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from openapi_schema_validator import OAS30StrictValidator, OAS30Validator

SPECIFICATION = Path(__file__).resolve().parents[2] / "shared" / "line-openapi" / "messaging-api.yml"


def problems(schema_name: str, instance: Any) -> list[str]:
    """What `instance` breaks of the schema of that name, a line each; nothing where the description is absent.

    Names worth knowing: ReplyMessageRequest, PushMessageRequest, MulticastRequest, Message.
    """
    if not SPECIFICATION.exists():
        return []
    return sorted(
        f"{error.json_path}: {error.message[:200]}" for error in _validator(schema_name).iter_errors(instance)
    )


@cache
def published_schemas() -> dict[str, Any]:
    """The description's schemas as LINE publishes them; none where it is absent."""
    if not SPECIFICATION.exists():
        return {}
    document = yaml.load(SPECIFICATION.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    schemas: dict[str, Any] = document["components"]["schemas"]
    return schemas


@cache
def _validator(schema_name: str) -> OAS30Validator:
    schemas = _schemas()
    told_apart = extend(OAS30StrictValidator, {"x-kinds": _kinds})
    return told_apart({"components": {"schemas": schemas}, **schemas[schema_name]})


def _kinds(
    validator: OAS30Validator, kinds: dict[str, Any], instance: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """`oneOf` the kinds, told apart by the tag as the discriminator means it.

    The kinds exclude one another by their tag, so the outcome is that of `oneOf`, several times faster, and the errors
    are those of the kind that was meant.
    """
    value = instance.get(schema["x-tag"]) if isinstance(instance, dict) else None
    if isinstance(value, str) and value in kinds:
        yield from validator.descend(instance, kinds[value])
    else:
        yield ValidationError(f"{schema['x-tag']} is {value!r}, none of {sorted(kinds)}")


@cache
def _schemas() -> dict[str, Any]:
    """The description's schemas, each discriminator's base rewritten as one of its kinds.

    As published a base accepts any object with a `type`, because JSON Schema ignores the discriminator, and a kind
    refers back to its base by `allOf`. Here the base lists its kinds, each pinned to its own `type` and closed to
    fields that it does not name, with the base's own fields drawn in.
    """
    published = published_schemas()
    rewritten = copy.deepcopy(published)
    for base, schema in published.items():
        if "discriminator" not in schema:
            continue
        tag = schema["discriminator"]["propertyName"]
        kinds = {value: reference.rsplit("/", 1)[1] for value, reference in schema["discriminator"]["mapping"].items()}
        rewritten[base] = {
            "x-tag": tag,
            "x-kinds": {value: {"$ref": f"#/components/schemas/{kind}"} for value, kind in kinds.items()},
        }
        for value, kind in kinds.items():
            rewritten[kind] = _closed(published, kind, tag, value)
    for field in ("chatBarText", "name"):
        # JSON Schema counts code points where LINE counts grapheme clusters; the simulated platform counts them.
        del rewritten["RichMenuRequest"]["properties"][field]["maxLength"]
    return rewritten


def _closed(published: dict[str, Any], kind: str, tag: str, value: str) -> dict[str, Any]:
    """The schema `kind` with its bases' fields drawn in, its `tag` pinned to `value`, and no other fields allowed."""
    properties: dict[str, Any] = {}
    required: set[str] = set()

    def draw_in(schema: dict[str, Any]) -> None:
        for part in schema.get("allOf", ()):
            draw_in(published[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part)
        properties.update(copy.deepcopy(schema.get("properties", {})))
        required.update(schema.get("required", ()))

    draw_in(published[kind])
    properties[tag] = {"type": "string", "enum": [value]}
    return {
        "type": "object",
        "properties": properties,
        "required": sorted({*required, tag}),
        "additionalProperties": False,
    }
