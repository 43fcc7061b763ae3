"""All the official forms, by their code: a new one is declared and entered here."""

from .matrix import Form
from .settlement import II_06A

FORMS: dict[str, Form] = {form.code: form for form in (II_06A,)}
