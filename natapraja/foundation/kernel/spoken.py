"""A refusal as a sentence with places: in Indonesian by itself, in the reader's language on the page that shows it."""

from collections.abc import Callable, Mapping

from natapraja.foundation.kernel.definitions import Text


class Spoken:
    """Base of refusals: `sentence` is Indonesian with %(places)s, `values` fills them.

    A value may be a Text of a definition, or another refusal: each is said in the language of the whole.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, values

    def said(self, translate: Callable[[str], str] = str, language: str = "id") -> str:
        """The sentence through a translation function (gettext) of the Indonesian text."""
        return translate(self.sentence) % filled(self.values, translate, language)

    def __str__(self) -> str:
        return self.said()


def filled(values: Mapping[str, object], translate: Callable[[str], str], language: str) -> dict[str, object]:
    """What stands in the places of a sentence, in its language."""
    return {name: _value(value, translate, language) for name, value in values.items()}


def _value(value: object, translate: Callable[[str], str], language: str) -> object:
    match value:
        case Spoken():
            return value.said(translate, language)
        case Text():
            return value.of(language)
        case str() if value:
            return translate(value)
    return value
