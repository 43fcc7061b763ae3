"""Shapes of what identifies an applicant, and of how to reach one."""

import re

# personal number of CCCD / căn cước; old CMND; passport; tax code; relation-with-budget unit code
_SHAPES = {
    "citizen": re.compile(r"\d{12}|\d{9}"),
    "passport": re.compile(r"[A-Z]{1,2}\d{6,8}"),
    "organisation": re.compile(r"\d{10}(-?\d{3})?|[A-Y]\d{2}(\.[A-Z0-9]{1,8}){1,4}|\d{7}"),
}
_SHOWN = 3  # digits at the end: enough to tell two applicants apart at the desk
_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")
_DIGITS = re.compile(r"(?<!\d)\d{9,13}(?!\d)")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_PHONE = re.compile(r"\+?\d{8,15}")


def identity_kind(number: str) -> str | None:
    """citizen, passport or organisation; None when the number has none of their shapes."""
    return next((kind for kind, shape in _SHAPES.items() if shape.fullmatch(number)), None)


def masked(number: str) -> str:
    """``number`` as lists, exports and logs show it: all but its last characters hidden."""
    hidden = max(len(number) - _SHOWN, 0)
    return "•" * hidden + number[hidden:]


def mask_numbers(text: str, *numbers: str) -> str:
    """``text`` with every personal number of 12 digits and each of ``numbers`` masked."""
    for number in filter(None, numbers):
        text = text.replace(number, masked(number))
    return _NUMBER.sub(lambda found: masked(found[0]), text)


def mask_digits(text: str) -> str:
    """``text`` with whatever may be a personal number, a phone or a tax code masked."""
    return _DIGITS.sub(lambda found: masked(found[0]), text)


def is_email(address: str) -> bool:
    """Whether ``address`` looks like one e-mail address."""
    return bool(_EMAIL.fullmatch(address))


def is_phone(number: str) -> bool:
    """Whether ``number`` is 8 to 15 digits, spaces, dots and dashes aside."""
    return bool(_PHONE.fullmatch(re.sub(r"[ .\-()]", "", number)))
