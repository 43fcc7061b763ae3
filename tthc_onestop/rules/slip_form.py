"""Which form each paper of the one-stop desk is, in the six of 2018 and in the seven of 2025.

TT 01/2018/TT-VPCP Đ9.1 has six forms and refuses to settle with the one that refuses to receive;
TT 03/2025/TT-VPCP PL I has seven, one of them for stopping. A regime says which set it uses by the
form of its stop.
"""

SUBJECTS = (
    "receipt",
    "supplement",
    "refusal",
    "apology",
    "reopening",
    "stop",
    "control",
    "register",
)
_COMMON = {
    "receipt": "01",
    "supplement": "02",
    "refusal": "03",
    "apology": "04",
    "reopening": "04",  # the law has no paper for it: a new date is promised, as by an apology
}
# by the form of the regime's stop
FORMS = {
    "03": _COMMON | {"stop": "03", "control": "05", "register": "06"},
    "05": _COMMON | {"stop": "05", "control": "06", "register": "07"},
}
# what the paper of a move is about
OF_MOVES = {
    "receive": "receipt",
    "reschedule": "receipt",
    "reject": "refusal",
    "request_supplement": "supplement",
    "extend": "apology",
    "reopen": "reopening",
    "stop": "stop",
}


def form_of(stop_form: str, subject: str) -> str:
    """The number of the form on which a regime writes about a subject."""
    return FORMS[stop_form][subject]


def subject_of(stop_form: str, form: str) -> str:
    """What a form is about in a regime, when nothing else says: 03 of 2018 is a refusal."""
    return next(subject for subject, number in FORMS[stop_form].items() if number == form)
