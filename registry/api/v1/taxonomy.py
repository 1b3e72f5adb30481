"""The closed lists: every code with its name in the reader's language."""

from typing import Any

from flask.views import MethodView
from flask_babel import gettext
from marshmallow import Schema, fields

from registry.api.blueprint import OPEN_TO_ALL, ApiBlueprint
from registry.domain.labels import LISTS, codes_of, consequence, label, title
from search.codes import CATEGORY_GROUPS, COVERS, items_of

taxonomy = ApiBlueprint("taxonomy", description="The codes that records are written in.")


class CodeSchema(Schema):
    """A code, its name, and what choosing it means where that matters."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    meaning = fields.String()


class CodeListSchema(Schema):
    """A closed list in the order in which people are shown it."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    codes = fields.List(fields.Nested(CodeSchema), required=True)


class CategoryItemSchema(CodeSchema):
    """An item of a group; help with it covers `covers` too."""

    covers = fields.List(fields.String())


class CategoryGroupSchema(CodeSchema):
    """A group of categories; its own code stands for all its items."""

    items = fields.List(fields.Nested(CategoryItemSchema), required=True)


class TaxonomySchema(Schema):
    """All closed lists."""

    categories = fields.List(fields.Nested(CategoryGroupSchema), required=True)
    lists = fields.List(fields.Nested(CodeListSchema), required=True)


@taxonomy.route("/taxonomy")
class Taxonomy(MethodView):
    """The closed lists."""

    @taxonomy.response(200, TaxonomySchema)
    @taxonomy.doc(security=OPEN_TO_ALL)
    def get(self) -> dict[str, Any]:
        """Read all codes.

        Codes are stable; labels come in the language of `Accept-Language`.
        """
        return {
            "categories": [_group(group) for group in CATEGORY_GROUPS],
            "lists": [_list(name) for name in LISTS if name not in ("category", "group")],
        }


def _group(group: str) -> dict[str, Any]:
    items = [{**_code("category", item), "covers": COVERS.get(item)} for item in items_of(group)]
    return {**_code("category", group), "items": [_without_absent(item) for item in items]}


def _list(name: str) -> dict[str, Any]:
    codes = [_code(name, code) for code in codes_of(name)]
    return {"name": name, "title": gettext(title(name)), "codes": codes}


def _code(list_name: str, code: str) -> dict[str, Any]:
    meaning = consequence(list_name, code)
    return _without_absent(
        {
            "code": code,
            "label": gettext(label(list_name, code)),
            "meaning": gettext(meaning) if meaning else None,
        }
    )


def _without_absent(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value is not None}
