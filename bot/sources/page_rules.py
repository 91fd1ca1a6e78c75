"""Reads the catalogue's rules for an outlet's pages.

An outlet may say in ``[outlet.page]`` where its headline, text, date and by-line stand, and what is none of them:

    [outlet.page]
    body = [".td-post-content"]
    drop = [".td-post-sharing", "div.related[data-kind=box]"]

A selector is steps parted by spaces, each a tag, classes, an id and attributes. Parts that the selectors do not find
are read as on any page, so a rule that has gone stale costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from bot.values.errors import SettingsError

_STEP = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:[.#][\w-]+|\[[a-z-]+(?:=[\w./:-]+)?\])*)", re.ASCII)
_PART = re.compile(r"([.#])([\w-]+)|\[([a-z-]+)(?:=([\w./:-]+))?\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageRules:
    """XPath expressions that find the parts of an outlet's page.

    The first expression that finds anything counts; all of ``drop`` is taken out.
    """

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


NO_RULES = PageRules()


def page_rules(outlet: str, table: object) -> PageRules:
    """Read the rules of one outlet from its table in the catalogue.

    Raises:
        SettingsError: a key that is not known, no list of texts, or a selector that cannot be read.
    """
    if not isinstance(table, dict):
        raise SettingsError(f"catalogue.toml, {outlet}: [outlet.page] is a table of selectors")
    known = [field.name for field in fields(PageRules)]
    for name, selectors in table.items():
        if name not in known:
            raise SettingsError(f"catalogue.toml, {outlet}: page.{name} is not known; known are {', '.join(known)}")
        if not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors):
            raise SettingsError(f"catalogue.toml, {outlet}: page.{name} is a list of selectors")
    try:
        return PageRules(**{name: tuple(map(to_xpath, selectors)) for name, selectors in table.items()})
    except ValueError as error:
        raise SettingsError(f"catalogue.toml, {outlet}: {error}") from error


def to_xpath(selector: str) -> str:
    """Return a selector as XPath.

    «div.text p» is any p within a div of the class text.

    Raises:
        ValueError: it is not made of steps as described above.
    """
    steps = [_step(step, selector) for step in selector.split()]
    if not steps:
        raise ValueError("an empty selector finds nothing")
    return "//" + "//".join(steps)


def _step(step: str, selector: str) -> str:
    match = _STEP.fullmatch(step)
    if match is None or not step:
        raise ValueError(f"«{selector}» is no selector: steps like div.text, #main or [itemprop=name], and spaces")
    conditions = []
    for sign, name, attribute, value in _PART.findall(match["rest"]):
        if sign == ".":
            conditions.append(f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
        elif sign == "#":
            conditions.append(f"[@id='{name}']")
        else:
            conditions.append(f"[@{attribute}='{value}']" if value else f"[@{attribute}]")
    return (match["tag"] or "*") + "".join(conditions)
