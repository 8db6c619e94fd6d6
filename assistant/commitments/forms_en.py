"""How promises are said in English: patterns of folded text, which `recognise` looks for."""

from __future__ import annotations

from assistant.commitments.forms import Form
from knowledge.commitments.models import What

_WE = r"(?:we|i)"
_OTHERS = (
    r"(?:someone|somebody|they|(?:a|an|the|my|our|your|one of (?:my|our))(?: \w+){1,2}?"
    r"(?: from (?:the|our)(?: \w+){1,2}?)?|(?:someone|somebody) from (?:the|our)(?: \w+){1,2}?)"
)
_GOING = r"(?: am|'m| are|'re|m|re| is|'s) (?:just )?going to"
_ADVERB = r"(?: (?:then|also|personally|definitely|certainly|gladly|of course|just|be sure to))?"
_WILL = (
    rf"(?:(?:{_WE}(?: will| shall|'ll|ll|{_GOING})|{_OTHERS}(?: will|'ll|{_GOING})){_ADVERB}"
    r"|let me)"
)
_DOING = rf"{_WE}(?: am|'m| are|'re)"
_YOU_WILL = r"you(?: will|'ll|ll| are going to|'re going to)(?: soon| then)?"
FITTER = r"(?:technician|fitter|engineer|installer|repairman|driver|plumber)s?"
"""People who come to a customer, without their article."""

_VERBS: tuple[tuple[What | None, str, str], ...] = (
    (
        "call_back",
        r"(?:call|ring|phone|telephone|contact) (?:you|them)|give you (?:a|another) (?:call|ring)|"
        r"be in touch|get in touch|get back to you by (?:phone|telephone)|return your call",
        r"(?:calling|ringing|phoning) you",
    ),
    (
        "refund",
        r"refund|(?:give|get|pay|send) you (?:back )?(?:\w+ ){0,2}?money(?: back)?|credit|"
        r"(?:issue|process|make) (?:you )?(?:your|the|a|that|this) refund|reimburse|pay you back",
        r"refunding|crediting|reimbursing|issuing (?:you )?(?:your|the|a) refund",
    ),
    ("replace", r"replace|swap|exchange", "replacing|swapping|exchanging"),
    (
        "repair",
        r"repair|fix|mend|(?:have|get) (?:it|them|that|this|your \w+|the \w+) (?:repaired|fixed)",
        "repairing|fixing",
    ),
    ("deliver", r"deliver|bring|drop", "delivering|bringing"),
    (None, r"send|email|e-mail|mail|post|forward|get", "sending|emailing|posting|forwarding"),
    (
        "answer",
        r"(?:reply|respond)(?: to you)?|answer (?:you|your)|let you know|confirm (?:to|with) you|"
        r"write (?:to )?you|update you|inform you|keep you (?:posted|informed)|"
        r"give you (?:an|my|our|the) (?:answer|reply|update)|get back to you|come back to you",
        r"writing to you",
    ),
    (
        "other",
        r"make sure|see to it|ensure|take care|cancel|waive|sort|solve|resolve|arrange|apply|"
        r"pick (?:up|\w+ (?:\w+ )?up)|collect|have (?:it|this|that|everything) (?:sorted|ready|"
        r"done|resolved|solved|cancelled)|book|schedule|reserve|compensate",
        r"cancelling|collecting|picking|arranging|waiving",
    ),
)
_RECEIVED = (
    Form.of("en", "answer", rf"{_WILL} confirm(?! to| with)", dated=True),
    Form.of("en", None, rf"{_YOU_WILL} (?:have|get|receive)(?! to\b)", named=True),
    Form.of("en", "call_back", rf"{_YOU_WILL} be (?:called|contacted|phoned)"),
    Form.of("en", "refund", rf"{_YOU_WILL} be refunded"),
    Form.of("en", "call_back", r"you can expect a call"),
    Form.of(
        "en",
        "refund",
        r"(?:your|the) (?:\w+ )?(?:refund|money|credit)(?: will|'ll| is going to) "
        r"(?:be|reach|arrive|show|get)(?: with| to| in)?",
    ),
    Form.of(
        "en",
        "deliver",
        r"your (?:\w+ ){1,3}?(?:will|'ll|is going to) (?:be (?:with you|delivered|there)|arrive|"
        r"reach you|get to you)",
    ),
    Form.of("en", "deliver", r"it(?: will|'ll) be (?:delivered|with you)"),
    Form.of(
        "en",
        "repair",
        rf"{FITTER}(?: will|'ll| is going to| are going to) (?:visit|come|be|call|pop|go|drop)",
    ),
    Form.of("en", "other", r"(?:it|this|that|everything)(?: will|'ll) be (?:sorted|solved|resolved|"
            r"fixed|ready|done)", dated=True),
)  # fmt: skip
_GIVEN_WORD = (
    Form.of("en", "other", r"(?:i|we) (?:can )?(?:promise|guarantee|assure)(?: you)?(?: that)?",
            word=True),
    Form.of("en", "other", r"(?:you have|i give you) (?:my|our) word(?: that)?", word=True),
)  # fmt: skip
FORMS: tuple[Form, ...] = (
    *(Form.of("en", what, rf"{_WILL} (?:{verb})") for what, verb, _ in _VERBS),
    *(Form.of("en", what, rf"{_DOING} (?:{verb})") for what, _, verb in _VERBS),
    *_RECEIVED,
    *_GIVEN_WORD,
)
