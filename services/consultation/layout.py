"""Words typed with the keyboard in the wrong language, either way."""

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё."
_LATIN_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~?&'
_CYRILLIC_SHIFTED = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ,?"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN_SHIFTED, _CYRILLIC + _CYRILLIC_SHIFTED)
_TO_LATIN = str.maketrans(
    _CYRILLIC[:-1] + _CYRILLIC_SHIFTED[:-2], _LATIN[:-1] + _LATIN_SHIFTED[:-2]
)


def to_cyrillic(typed: str) -> str:
    """What the same keys write in the Russian layout: «rfr» is «как»."""
    return typed.translate(_TO_CYRILLIC)


def to_latin(typed: str) -> str:
    """What the same keys write in the English layout: «цшаш» is «wifi»."""
    return typed.translate(_TO_LATIN)
