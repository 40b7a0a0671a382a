"""An alert in words: a title, a text for people, a JSON object for programs. Clean text only, whatever came in."""

from __future__ import annotations

from typing import Final

from feeds.alerts.records import HELD, WITHDRAWAL, Alert, Event, Proof
from feeds.safetext import one_line, safe_url, strip_hostile

LONGEST_TITLE: Final = 120
LONGEST_SENTENCE: Final = 400
VOICES: Final = {
    "against-interest": "against its own interest",
    "self-serving": "in its own interest",
    "official": "official",
    "third-party": "third party",
    "witness": "witness",
    "reporter": "reporter",
}


def title(alert: Alert) -> str:
    """One line of at most :data:`LONGEST_TITLE` characters."""
    if not alert.events:
        return _cut(f"warwatch: {_held(alert)}: counted, not named", LONGEST_TITLE)
    first, more = alert.events[0], len(alert.events) - 1
    tail = f" (+{more} more)" if more else ""
    return _cut(one_line(first.headline), LONGEST_TITLE - len(tail)) + tail


def text(alert: Alert) -> str:
    """The alert for people: each event with its proof, what was held back, and the key. Several lines."""
    parts = [_event(event) for event in alert.events]
    if alert.held:
        parts.append(f"Held back since the last alert: {_held(alert)}.")
    parts.append(f"{alert.at:%Y-%m-%d %H:%M}Z, {alert.key}")
    return "\n\n".join(parts) + "\n"


def shape(alert: Alert) -> dict[str, object]:
    """The alert for programs."""
    return {
        "key": alert.key,
        "at": alert.at.isoformat(),
        "severity": alert.severity,
        "title": title(alert),
        "held": dict(alert.held),
        "events": [_shape(event) for event in alert.events],
    }


def _event(event: Event) -> str:
    lines = [one_line(event.headline)]
    facts = [
        f"grade {event.grade}" if event.grade else "",
        _counted(event.origins, "origin") if event.grade else "",
        f"flapping: {event.moves} moves lately" if event.moves else "",
        f"{event.held} held back since it was last named" if event.held else "",
    ]
    if said := ", ".join(filter(None, facts)):
        lines.append(said)
    if event.proof is not None:
        lines += _proof(event.proof)
    if event.note:
        lines.append(_cut(one_line(event.note), LONGEST_SENTENCE))
    return "\n".join(lines)


def _proof(proof: Proof) -> list[str]:
    lines = []
    if proof.sentence:
        lines.append(f"“{_cut(one_line(proof.sentence), LONGEST_SENTENCE)}”")
    who = [
        one_line(proof.outlet) + (f" ({proof.reliability})" if proof.outlet else ""),
        f"by the word of {_cut(one_line(proof.speaker), 100)}" if proof.speaker else "",
        VOICES.get(proof.voice, ""),
        f"{proof.told:%Y-%m-%d %H:%M}Z" if proof.told else "",
    ]
    if said := ", ".join(filter(None, who)):
        lines.append(said)
    if url := safe_url(proof.url):
        lines.append(url)
    return lines


def _shape(event: Event) -> dict[str, object]:
    proof = event.proof
    return {
        "kind": event.kind,
        "severity": event.severity,
        "headline": one_line(event.headline),
        "at": event.at.isoformat(),
        "theatre": event.theatre,
        "place": event.place,
        "before": event.before,
        "after": event.after,
        "grade": event.grade,
        "origins": event.origins,
        "outlets": event.outlets,
        "note": one_line(event.note),
        "held": event.held,
        "moves": event.moves,
        "takes_back": event.kind == WITHDRAWAL,
        "proof": None
        if proof is None
        else {
            "sentence": strip_hostile(proof.sentence),
            "outlet": one_line(proof.outlet),
            "reliability": proof.reliability,
            "speaker": one_line(proof.speaker),
            "voice": proof.voice,
            "told": proof.told.isoformat() if proof.told else None,
            "url": safe_url(proof.url),
        },
    }


def _held(alert: Alert) -> str:
    return "; ".join(
        f"{_counted(number, 'event')} {HELD.get(reason, reason)}"
        for reason, number in sorted(alert.held.items())
    )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
