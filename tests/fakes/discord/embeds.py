"""What embeds may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.reading import embedded

if TYPE_CHECKING:
    from tests.fakes.discord.refusals import Form

MOST, ALTOGETHER, FIELDS = 10, 6000, 25
LENGTHS = {("title",): 256, ("description",): 4096, ("footer", "text"): 2048, ("author", "name"): 256}
NAME, VALUE = 256, 1024
ADDRESSES = (("url",), ("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "url"))
SCHEMES = ("http", "https", "attachment")


def judge(form: Form, embeds: list[dict[str, Any]], at: tuple[str | int, ...]) -> None:
    """Note what is wrong with embeds."""
    place = (*at, "embeds")
    form.count(embeds, place, 0, MOST)
    for number, embed in enumerate(embeds):
        _judge(form, embed, (*place, number))
    # All fields count, their names too; separators that reading puts in between do not.
    total = sum(len(line) for line in embedded(embeds)) - 2 * sum(len(one.get("fields", ())) for one in embeds)
    if total > ALTOGETHER:
        form.wrong(place, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {ALTOGETHER}")


def _judge(form: Form, embed: dict[str, Any], at: tuple[str | int, ...]) -> None:
    for path, most in LENGTHS.items():
        form.length(_at(embed, path), (*at, *path), 0, most)
    for path in ADDRESSES:
        if address := _at(embed, path):
            form.address(address, (*at, *path), SCHEMES)
    fields = embed.get("fields") or []
    form.count(fields, (*at, "fields"), 0, FIELDS)
    for number, field in enumerate(fields):
        form.length(field.get("name"), (*at, "fields", number, "name"), 1, NAME)
        form.length(field.get("value"), (*at, "fields", number, "value"), 1, VALUE)


def _at(embed: dict[str, Any], path: tuple[str, ...]) -> str | None:
    found: Any = embed
    for step in path:
        found = (found or {}).get(step)
    return None if found is None else str(found)
