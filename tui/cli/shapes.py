"""JSON shapes of stories and feeds, which other programs rely on; those of the board are in :mod:`feeds.report.shapes`."""

from __future__ import annotations

from feeds.story import Fold, Subscription


def fold_shape(fold: Fold) -> dict[str, object]:
    """Where one story belongs."""
    return {"story": fold.story, "thread": fold.thread, "copy_of": fold.copy_of, "origin": fold.origin}


def subscription_shape(subscription: Subscription) -> dict[str, object]:
    """One feed of the desk."""
    return {
        "url": subscription.url,
        "outlet": subscription.outlet,
        "reliability": subscription.reliability,
        "group": subscription.group,
        "language": subscription.language,
    }
