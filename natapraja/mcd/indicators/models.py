"""Tables of figures. An area's sums over one register are one vector, so that a refresh writes few rows.

Nothing here is about a person: areas, sums and dates only.
"""

from django.db import models


class Layout(models.Model):
    """What each number of a vector means: splits × cells, in order. Its id is the digest of that list."""

    PRIVACY = {"id": "open", "register": "open", "cells": "open", "splits": "open"}

    id = models.CharField(primary_key=True, max_length=32)
    register = models.CharField(max_length=24)
    cells = models.TextField()
    splits = models.TextField()


class CurrentFigures(models.Model):
    """The sums of one area over one register, as true and as known at the last refresh."""

    PRIVACY = {
        "id": "open", "area": "open", "level": "open", "register": "open", "layout": "open", "on": "open",
        "known_at": "open", "values": "internal",
    }  # fmt: skip

    area = models.CharField(max_length=21)
    level = models.CharField(max_length=8)
    register = models.CharField(max_length=24)
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    known_at = models.DateTimeField()
    values = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "register"], name="current_area")]
        indexes = [models.Index(fields=["level", "register", "area"], name="current_level")]


class Publication(models.Model):
    """A month's figures as they were published: what was true on `on`, as known at `known_at`, never changed."""

    PRIVACY = {"id": "open", "on": "open", "known_at": "open", "entry": "open"}

    on = models.DateField(unique=True)
    known_at = models.DateTimeField()
    entry = models.BigIntegerField()


class PublishedFigures(models.Model):
    """The sums of one area over one register in one publication (village and above); packed."""

    PRIVACY = {
        "id": "open", "publication": "open", "area": "open", "register": "open", "layout": "open",
        "values": "internal", "withheld": "open",
    }  # fmt: skip

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="figures", db_index=False
    )
    area = models.CharField(max_length=13)
    register = models.CharField(max_length=24)
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="+", db_index=False)
    values = models.BinaryField()
    withheld = models.TextField(
        null=True
    )  # indicators the public may not see here, between blanks; NULL: none of them

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "register", "publication"], name="published_area")
        ]


class SlowFigure(models.Model):
    """A figure that is no sum of its parts (median, Gini): recomputed at its own pace, and dated."""

    PRIVACY = {
        "id": "open", "indicator": "open", "area": "open", "value": "internal", "rows": "internal", "on": "open",
        "known_at": "open",
    }  # fmt: skip

    indicator = models.CharField(max_length=60)
    area = models.CharField(max_length=13)
    value = models.FloatField(null=True)
    rows = models.BigIntegerField()
    on = models.DateField()
    known_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "area", "on"], name="slow_once")]


class Pulse(models.Model):
    """Figures moved: which areas. Open dashboards hear of it through server-sent events."""

    PRIVACY = {"id": "open", "at": "open", "villages": "open"}

    at = models.DateTimeField()
    villages = models.TextField(blank=True)  # codes separated by blanks; empty means everywhere
