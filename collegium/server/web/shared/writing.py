"""Writes the fields of forms that come by the hundred, without a template for each.

Setting up a vote shows every member in several lists. Django renders four templates for each of
them, which took longer than a whole page may; what stands here writes the same, as a test holds
against Django's own templates. All other fields are Django's.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape as escape

_FOLDER: Final = "django/forms/widgets/"
_INPUTS: Final = (
    *("checkbox", "checkbox_option", "date", "hidden", "input", "number", "radio_option", "text"),
)


def _attributes(attrs: Mapping[str, object]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{escape(str(value))}"'
    start = f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    return f"{start}{given}{_attributes(widget['attrs'])}>"


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return (
        f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>{groups}</select>'
    )


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    written = "".join(map(_option, options))
    return f'<optgroup label="{escape(name)}">{written}</optgroup>' if name else written


def _option(widget: Mapping[str, Any]) -> str:
    said = f'"{escape(str(widget["value"]))}"{_attributes(widget["attrs"])}'
    return f"<option value={said}>{escape(widget['label'])}</option>"


_WRITTEN: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    **{f"{_FOLDER}{name}.html": _input for name in _INPUTS},
    f"{_FOLDER}select.html": _select,
}


class Writer(DjangoTemplates):
    """Django's renderer of forms, with their most frequent fields written at once."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """The HTML of a template, given what it shows."""
        write = _WRITTEN.get(template_name)
        if write is None or context["widget"].get("wrap_label"):
            return super().render(template_name, context, request)
        return write(context["widget"])
