"""Numbers and dates as each language writes them; the parts of a page."""

from django import template

register = template.Library()
