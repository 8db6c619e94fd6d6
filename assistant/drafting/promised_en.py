"""How an agent commits the company in English: patterns of folded text by what is unusual."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.commitments.forms_en import FITTER
from assistant.drafting.promised_kinds import DESPITE, How

_WHO = (
    r"(?:i|we|they|almendro|the (?:team|company|fitters?|driver|technician|insurance|insurer|"
    r"warehouse)|"
    r"our \w+|you|it)"
)
_WILL = (
    rf"(?:{_WHO}(?: will|'ll| can| shall| am going to| are going to| is going to|'re going to|"
    r"'m going to| could)|let me)(?: also| then| gladly| happily| certainly| just| of course| "
    r"personally| even| definitely| be able to| simply)?"
)
_WE_WILL = _WILL.replace("|you|it)", ")", 1)
_PRESENT = (
    r"(?:vouchers?|discounts?|gift ?cards?|gifts?|coupons?|bonus|compensation|"
    r"(?:store )?credit|goodwill|refund of|[€£$] ?\d[\d.,]*)"
)
_WHOLE = (
    r"(?:every (?:penny|cent|last)|all|whole|full(?:y)?|in full|entire(?:ly)?|everything|double|"
    r"twice|brand[- ]new|completely)\b"
)
_GIVES = (
    r"waive|knock|throw in|double|triple|write off|extend|compensate|forgive|let you off|"
    r"(?:drop|scrap|cancel|absorb|skip|remove|take off|lift) (?:the|that|your|this) "
    r"(?:[\w€£$.,]+ )?(?:charge|fee|cost|deposit|excess)|foot|"
    r"pick up the (?:bill|tab)|upgrade|make it up to you|prolong|lend|loan|treat you|"
    r"bend the rules|turn a blind eye|overlook|make an exception|match the price|"
    r"take (?:\w+ )?[€£$]?\d+[^.;]{0,6} off"
)
_GIFTS = (
    rf"\b{_WILL} (?:{_GIVES})\b",
    r"\b(?:i am|i'm|we are|we're) (?:waiving|doubling|extending|compensating|upgrading|"
    r"throwing in)\b",
    rf"\b{_WILL} (?:send|give|get|add|pay|credit|pop|put|issue|offer|include|slip|have|receive|"
    rf"bring|let you have)\b[^.;]{{0,45}}?{_PRESENT}",
    rf"\b{_WILL} (?:refund|pay|give|replace|cover|reimburse|get|have|receive|return|settle|"
    rf"make sure you get|see that you get|be (?:refunded|paid|reimbursed))\b[^.;]{{0,40}}?"
    rf"\b{_WHOLE}",
    r"\byou(?:'ll| will| are going to) be (?:compensated|given|reimbursed for|upgraded|treated)\b",
    r"\byou (?:won't|will not|shall not|don't|do not|needn't) (?:be charged|have to pay|"
    r"need to pay|"
    r"pay (?:a|any)|owe)\b",
    r"\b(?:i|we|they)(?: won't| will not|'ll not| are not going to|'re not going to|"
    r" am not going to) "
    r"charge\b",
    r"\b(?:it's|it is|that's|that is|this (?:one )?is|is|are) on (?:us|me|the house)\b",
    r"\b(?:my|our) treat\b|\bcourtesy of (?:almendro|the house)\b",
    r"\b(?:just )?(?:this once|this one time|as an exception|exceptionally|as a one-off)\b",
    r"\b(?:for (?:your|all the|the) (?:trouble|inconvenience|hassle)|as a (?:gesture|goodwill|"
    r"courtesy|token|thank you)|goodwill gesture|to make up for)\b",
    rf"\b{_WILL} [^.;,]{{2,45}}?\b(?:free of charge|for free|for nothing|at no (?:extra |"
    r"additional )?(?:cost|charge)|without (?:any )?(?:charge|charging|cost)|as a gift|"
    r"for the same price|at half price|cheaper)\b",
    r"\b(?:make sure|see to it|ensure|arrange) (?:that )?[^.;]{2,40}\b(?:is|are|comes?|stays?|"
    r"goes) (?:free|for nothing|waived|on us|not charged)\b",
    r"\bconsider (?:it|that|(?:the|that|your) \w+) (?:waived|gone|dropped|refunded|paid|settled|"
    r"cancelled|written off)\b",
    r"\b(?:make sure|see to it|ensure) (?:that )?(?:they|nobody|no one|you|it)\b[^.;]{0,15}"
    r"(?:n't|not|never)\b[^.;]{0,10}\bcharg",
    r"\byou can have\b[^.;]{0,40}\b(?:free|for the same price|discount|half price|on us)\b",
    rf"\b{_WILL} (?:have|get) (?:your|the) (?:whole|entire) ",
    r"\byou(?:'ll| will| are going to) (?:get|have|receive) (?:\w+ ){0,3}?(?:deposit|"
    r"opening fee) back\b",
    r"\b(?:for life|for ever|forever|as (?:many|often|long|much) as you (?:like|want|wish|need)|"
    r"unlimited|no limits?)\b",
    r"\b(?:it|that|this|they|you)(?: will|'ll| is|'s| are|'re) (?:definitely|certainly|surely) \w+|"
    r"\b(?:is|it's|are|you're) (?:sure|bound|certain) to\b",
    r"\b(?:he|she|they|the \w+)(?: will|'ll| is going to| are going to) be (?:fired|sacked|"
    r"dismissed|punished|disciplined)\b",
    r"\b(?:the|our|my) (?:\w+ )?(?:director|ceo|manager|boss|president)\b[^.;]{0,40}"
    r"\b(?:personally|in person|today|tonight|tomorrow)\b",
    r"\byou(?:'ll| will| are going to|) (?:get|have|receive)\b[^.;,]{0,30}\bfree\b(?! of)",
    rf"\b{_WILL} [^.;,]{{2,45}}?\bas a (?:present|bonus|treat)\b",
)

_SOON = (
    r"(?:today|tonight|(?<!day after )tomorrow|the day after tomorrow|right (?:now|away)|"
    r"straight ?away|immediately|at once|instantly|this (?:very )?(?:morning|afternoon|evening|"
    r"week|weekend)|within the hour|"
    r"(?:with)?in (?:an|two|three|half an|a couple of|a few|24) hours?|(?:with)?in minutes|"
    r"before lunch|"
    r"by (?:noon|lunchtime|the weekend|tonight)|"
    r"(?:before|by|on|this|next) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"(?! \d)|(?:before|by|for|in time for) (?:christmas(?: eve)?|new year|easter|the holidays))\b"
)
_COMES = (
    rf"(?:{_WILL} (?:have|get|be|receive|deliver|collect|pick|bring|send|come|arrive|replace|"
    rf"repair|"
    r"fix|take|refund|swap|exchange|install|put|turn up|drop|mend)|"
    r"your [\w ]{2,25}(?: will|'ll| is going to| are going to| is| are)(?: be)?|"
    r"(?:the|a|our|an) [\w -]{2,20}(?: will|'ll| is going to| leaves| goes out| arrives| comes)|"
    r"(?:i am|i'm|we are|we're) (?:sending|delivering|collecting|refunding|replacing|bringing))\b"
)
_STAFF = (
    r"(?:the|our) (?:\w+ )?(?:team|guys|lads|men|crew|assemblers?|delivery (?:team|crew|men)|"
    rf"{FITTER})"
)
_WORK = (
    rf"\b{_STAFF}(?: will|'ll| can| is going to| are going to)(?: also| then| happily| gladly| "
    r"even)* (?!call|ring|phone|confirm|ask|explain|tell|wait|let|text|contact|be\b|come\b|have\b|"
    r"check|look|visit)\w+",
    r"\b(?:i|we)(?:'ll| will| am going to|'m going to| can)? (?:tell|ask|have|get|instruct) "
    r"the (?:driver|technician|warehouse|fitters?|courier|team) (?:to\b|come|deliver|bring|take|"
    r"hang|leave|carry)",
    r"\b(?:i|we)(?:'ll| will| can) (?:stop|hold|turn back|call back|divert) the (?:lorry|truck|van|"
    r"delivery)\b",
)
_ORDINARY = (
    r"check|look|see|find|tell|call|ring|phone|write|e-?mail|send|confirm|ask|let|explain|transfer|"
    r"pass|put|connect|open|register|note|record|book|arrange|speak|talk|deal|help|need|stay|be|do|"
    r"answer|get|come|reply|update|create|start|follow|contact|locate|search|forward|report|review|"
    r"keep|read|take|make|try|go|hear|understand|only|not|never|show|add|prepare|request|raise|"
    r"escalate|hand|hold|wait|return|then|also|have|know|offer|give|work|apply|process|issue|visit|"
    r"arrive|repeat|return|repair|choose|decide|propose|quote|change|move|study|want|like|always|"
    r"sort|solve|resolve|lose|loose|close|assess|happily|gladly|of course|just"
)
"""What any agent does or the company does anyway; what is unusual in it is looked for above."""
_PLAIN = (
    r"\b(?:put|move|bump|push) (?:you|it|your \w+) (?:ahead|up|to the (?:front|top))\b",
    rf"\b{_WE_WILL} (?:refund|replace|exchange|swap|pay|cover|accept|take (?:\w+ ){{1,4}}back|"
    r"reimburse|credit|let you|reserve|keep|hold|freeze|postpone|delete|remove|reduce|lower|"
    r"guarantee|send (?:you )?(?:a|another|the) (?:new|replacement|second|spare|different)|"
    r"give you|get you|bring you|make (?:it|them) free|allow|have (?:it|them|your \w+|the \w+) "
    r"(?:replaced|exchanged|refunded|repaired|fixed|collected|delivered))\b",
    r"\b(?:i am|i'm|we are|we're) (?:refunding|replacing|exchanging|swapping|paying|accepting|"
    r"reimbursing|crediting|removing|cancelling|sending (?:you )?(?:a|another) (?:new|second))\b",
    r"\byou(?:'ll| will| are going to) (?:get|have|receive) (?:\w+ ){1,4}back\b",
    r"\byou(?:'ll| will| are going to) (?:be (?:refunded|reimbursed|paid|credited)|"
    r"(?:get|have|receive) (?:a (?:new|replacement|refund)|your money|the money|it (?:back|"
    r"repaired|"
    r"fixed)))\b",
    rf"\b{_WE_WILL} (?!(?:{_ORDINARY})\b)[a-z]{{3,}}\b",
)
_OUTCOMES = (
    r"(?:take|refund|accept|replace|give|get|collect|pay|repair|be refunded|change|swap|send|cover|"
    r"return|have|let you)"
)
FORMS: Mapping[How, tuple[str, ...]] = {
    "gift": _GIFTS,
    "despite": (
        rf"\b{DESPITE}[^.;?]{{0,55}}?\b{_WILL} {_OUTCOMES}",
        rf"\b{_WILL} {_OUTCOMES}\b[^.;?]{{0,55}}?\b{DESPITE}",
    ),
    "quick": (
        rf"\b{_COMES}[^.;?]{{0,45}}?\b{_SOON}",
        rf"\b{_SOON}[^.;?]{{0,25}}?\b{_COMES}",
    ),
    "work": _WORK,
    "plain": _PLAIN,
}
"""Patterns by what is unusual."""
