"""The parts of a page, each one function: its parameters are the part's whole interface.

`INCLUSIONS` are written `{% name … %}`, `BLOCKS` are written `{% name … %} … {% endname %}`; both need no
`{% load %}`. The drawing of a part is in `templates/web/parts/<name>.html`; `/galeri/` shows them all.
Text parameters are already in the reader's language; markup in them is escaped unless marked safe.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from natapraja.foundation.web.icons import ICONS

# What a person reads in a status: word of the code → classes of the drawing (shape first, then colour).
STATUS = {
    "info": "info stop",
    "new": "new",
    "run": "info run",
    "you": "warn you",
    "late": "bad late",
    "done": "ok",
    "partly": "warn stop",
    "refused": "bad no",
}
ARROWS = {"up": "▲", "down": "▼", "same": "●"}

Link = tuple[str, str]
Option = tuple[str, str, bool]


def icon(name: str) -> dict[str, Any]:
    """A drawing that only repeats the word beside it, so it is hidden from screen readers."""
    return {"path": ICONS[name]}


def status(kind: str, text: str) -> dict[str, Any]:
    """How a matter stands. `kind`: info, new, run, you (waits for you), late, done, partly, refused."""
    return {"classes": STATUS[kind], "text": text}


def figure(
    title: str,
    value: str,
    unit: str = "",
    *,
    as_of: str = "",
    passport: str = "",
    move: str = "",
    arrow: str = "",
    verdict: str = "",
    note: str = "",
    spark: SafeString | str = "",
    live: str = "",
    level: int = 3,
) -> dict[str, Any]:
    """A figure and, below the perforation, its passport.

    `value` and `move` are written out ("8,4%", "memburuk 0,2 poin"); `arrow` is up, down or same; `verdict`
    is good, poor or empty where up is neither; `as_of` is "20 Nov 2026, 14.05"; `passport` is the address of
    the passport page; `spark` an SVG made by us; `live` the id under which live.js renews the card; `level`
    the heading's level.
    """
    return {
        "title": title,
        "value": value,
        "unit": unit,
        "as_of": as_of,
        "passport": passport,
        "move": move,
        "arrow": ARROWS.get(arrow, ""),
        "verdict": verdict if verdict in ("good", "poor") else "",
        "note": note,
        "spark": spark,
        "live": live,
        "heading": f"h{level}",
    }


def nothing(title: str, text: str, url: str = "", label: str = "", drawing: str = "kotak") -> dict[str, Any]:
    """An empty place: what would be here, and how to begin; `url` and `label` make the one button."""
    return {"title": title, "text": text, "url": url, "label": label, "drawing": drawing}


def progress(label: str, done: int, total: int, rest: str = "") -> dict[str, Any]:
    """Long work: how far (`done` of `total`) and, in `rest`, how long still ("kira-kira 2 menit lagi")."""
    return {"label": label, "done": done, "total": total, "rest": rest}


def facts(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Terms and what they are, one under another: `rows` of (term, text)."""
    return {"rows": list(rows)}


def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One field of a form with label, hint and error joined to it for screen readers.

    The hint is the field's help text unless given. Choices and check boxes become a group of picks. A field that must be
    given only with some other answers carries `sometimes = True` and says so in its help text.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    grouped = kind in ("radio", "checkbox") and hasattr(widget, "choices")
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}_{part}" for part, on in (("hint", hint), ("err", bound.errors)) if on]
    attrs: dict[str, Any] = {} if grouped or kind == "checkbox" else {"class": "input"}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors and not grouped:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "hint": hint,
        "grouped": grouped,
        "check": kind == "checkbox" and not grouped,
        "described": " ".join(described),
        "widget": "" if grouped else bound.as_widget(attrs=attrs),
    }


def errors(*sent: BaseForm) -> dict[str, Any]:
    """Above one form or several sent together: how many things to mend, each with the name of its field and a link to it.

    Nothing when all is well.
    """
    problems = [
        (_target(form, name), _of(form[name], message))
        for form in sent
        for name in form.fields
        for message in form[name].errors
    ]
    problems += [("", message) for form in sent for message in form.non_field_errors()]
    return {"problems": problems}


def _target(form: BaseForm, name: str) -> str:
    """A group of choices has no id of its own; its first choice has."""
    return f"#{form[name].id_for_label or f'{form[name].auto_id}_0'}"


def _of(bound: BoundField, message: str) -> str:
    """The message with the label of its field before it: a summary stands far from the fields it is about."""
    label = "" if bound.is_hidden else str(bound.label)
    mark = "" if label[-1:] in "?!:" else ":"
    return f"{label}{mark} {message}".lstrip()


def pages(page: Page, query: str = "", label: str = "") -> dict[str, Any]:
    """Earlier and later pages of a list; `query` is what must stay in the address ("desa=…").

    `label` names the list for screen readers where a page holds two.
    """
    prefix = f"?{query}&" if query else "?"
    return {"page": page, "prefix": prefix, "label": label}


def seg(label: str, options: Iterable[Option]) -> dict[str, Any]:
    """A few exclusive views of the same thing: `options` of (text, address, chosen)."""
    return {"label": label, "options": list(options)}


def tabs(label: str, options: Iterable[Option]) -> dict[str, Any]:
    """Parts of one subject, each a page of its own: `options` of (text, address, chosen)."""
    return {"label": label, "options": list(options)}


def crumbs(items: Iterable[Link]) -> dict[str, Any]:
    """Where this page lies: (text, address) from the top; the last has an empty address."""
    return {"items": list(items)}


def toast(context: dict[str, Any], text: str, undo: str = "", label: str = "") -> dict[str, Any]:
    """What was just done; `undo` is the address a POST takes it back."""
    return {"text": text, "undo": undo, "label": label, "csrf_token": context.get("csrf_token")}


def downloads(label: str, items: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """Files of what is on the page: `items` of (kind "CSV", address, what is in it)."""
    return {"label": label, "items": list(items)}


def note(content: str, kind: str = "", title: str = "") -> str:
    """A remark that belongs to what follows. `kind`: empty (mind this), ok, bad, info."""
    return render_to_string("web/parts/note.html", {"content": content, "kind": kind, "title": title})


def sheet(content: str, label: str, size: str = "") -> str:
    """A table wider than the screen scrolls inside this region. `size`: empty or tall (own scroll)."""
    return render_to_string("web/parts/sheet.html", {"content": content, "label": label, "size": size})


INCLUSIONS: tuple[Callable[..., dict[str, Any]], ...] = (
    icon,
    status,
    figure,
    nothing,
    progress,
    facts,
    field,
    errors,
    pages,
    seg,
    tabs,
    crumbs,
    downloads,
)
WITH_CONTEXT: tuple[Callable[..., dict[str, Any]], ...] = (toast,)
BLOCKS: tuple[Callable[..., str], ...] = (note, sheet)
