"""How what voice guides forbid is said in other words in English: patterns of folded text.

`families` tells which rule of a guide each belongs to. Every pattern begins at a word.
"""

from __future__ import annotations

from collections.abc import Mapping

_HUNDRED = r"(?:(?:100|one hundred|a hundred|hundred)(?: ?%| per ?cent))"
_MONEY = r"(?:refund(?:ed|ing)?|money(?: back)?|reimburs\w+|paid back|pay you back|credit(?:ed)?)"
_NOW = (
    r"(?:today|tonight|right (?:now|away|this (?:minute|second|moment))|immediately|instantly|"
    r"straight ?away|this (?:very )?(?:minute|morning|afternoon|evening|instant)|at once|"
    r"on the spot|within the hour)\b"
)
_ALL = (
    r"(?:absolutely |simply |just about |virtually |pretty much |literally )?"
    r"(?:everything|anything|it all|all (?:risks|damage|eventualities)|any (?:damage|accident|"
    r"problem|eventuality)|the lot|every(?: single)? (?:thing|kind of damage))\b"
)
_GRANT = (
    r"(?:approv\w*|accept(?:ed)?|(?:say|says|said) yes|grant(?:ed)?|get (?:the|that|your) "
    r"(?:credit|loan|finance|financing)|go through|pass\b|turn(?:ed)? down)"
)
_SURE = (
    r"(?:sure|certain|bound|confident|convinced|positive|guaranteed|definitely|certainly|surely|"
    r"easily|no problems?|no trouble|"
    r"no (?:doubt|question)|without (?:a |any )?(?:doubt|problem|trouble)s?|always|never|"
    r"for sure|for certain|automatically|count on)"
)
_SOMEBODY = (
    r"(?:someone|somebody|they|(?:a|another|some) (?:colleague|person|member of (?:the|our) "
    r"(?:team|staff))|one of (?:us|our people|my colleagues|our (?:agents|team)|the team)|"
    r"(?:a )?member of (?:the|our) (?:team|staff)|"
    r"(?:the|our|my) (?:team|colleagues|people|guys))(?: (?:from|in|on|at) (?:the|our) "
    r"(?:team|office|company))?"
)
_REACH = (
    r"(?:call|ring|phone|contact|reach(?: out)?|be in touch|get (?:back|in touch|in contact|"
    r"hold of)|give you a (?:call|ring|bell|buzz|shout)|drop you|write|e-?mail|let you know|"
    r"come back to you|follow up|be (?:calling|ringing|contacting)|make contact)\b"
)
_SYSTEM = r"(?:system|computer|software|program(?:me)?|tool|screen|platform|app)"

WORDINGS: Mapping[str, tuple[str, ...]] = {
    "certainty": (
        r"(?:i|we)(?:(?:'ll| will| can| do| am able to| absolutely| personally| fully|"
        r" hereby)){0,2} "
        r"(?:guarantee|promise|assure|swear|vouch|vow)\b",
        rf"{_HUNDRED} (?:sure|certain|guaranteed|positive|safe)",
        rf"{_HUNDRED}\b(?! (?:of|guarantee|cotton))",
        r"100 ?%(?=[.,!])",
        r"(?:is|are|it's|that's) guaranteed\b(?! (?:for \w+ (?:more )?(?:year|month|week|"
        r"day)|against (?!any|all|every)|by law|until))",
        r"(?<!was )(?<!were )(?<!been )guaranteed to\b",
        r"(?:absolutely|completely|fully|totally) guaranteed\b",
        r"(?<!was )(?<!were )(?<!been )guaranteed(?=[.,!])",
        r"(?:you have|i give you|you've got|we give you|take) (?:my|our) (?:word|guarantee|"
        r"promise)",
        r"(?:you can |please )?(?:count|bank|rely|depend) on (?:it|that|us|me)\b(?! to)",
        r"without (?:a |any |the slightest |a shadow of a )?(?:doubt|question)",
        r"no (?:doubt about it|ifs|two ways about it|question about it|if or but)",
        r"rest assured",
        r"(?:absolutely|completely|totally|dead|perfectly|quite|more than) (?:sure|certain|"
        r"positive)\b",
        r"(?:i am|i'm|we are|we're) (?:certain|positive|sure) (?:that )?(?:it|he|she|they|you|the|"
        r"your)(?:'ll| (?:\w+ )?(?:will|is going|are going))\b(?! be (?:approv|accept))",
        r"(?:will|'ll|are going to|is going to) (?:definitely|certainly|surely|absolutely|"
        r"undoubtedly|without fail|for sure|100 ?%) ",
        r"(?:definitely|certainly|absolutely|undoubtedly) (?:will|going to|be there|arriv\w+)\b",
        r"(?:for (?:sure|certain|definite)|no matter what|come what may|come rain or shine|"
        r"whatever happens)\b",
        r"(?:trust me|mark my words|cross my heart|hand on heart|believe me|have no doubt|"
        r"have no fear)\b",
        r"(?:it's|it is|that's|that is) (?:a )?(?:certainty|sure thing|given|dead cert|"
        r"done deal)\b",
        r"you can (?:be|rest|feel) (?:quite |absolutely |completely |very )?(?:certain|sure|"
        r"assured|confident)(?: that| of)? (?:it|the|your|we|he|she|they|this)\b",
        r"there(?: is|'s) no (?:way|chance) (?:that )?(?:it|your \w+|the \w+|he|she|they|this)"
        r"(?: will|'ll)\b",
        r"as good as (?:delivered|done|there|sorted|settled)",
        r"nothing (?:will|can) go wrong|take (?:that|it) to the bank|bet your life",
        r"trust us\b|(?:that is|that's) a (?:fact|promise)\b|no doubt (?:about|that|at all)\b",
    ),
    "refund_now": (
        rf"{_MONEY}\b[^.;?]{{0,30}}\b{_NOW}",
        rf"{_NOW}[^.;?]{{0,25}}\b(?:refund|money back|reimburse|pay you back)",
        r"(?:transferring|paying|sending|putting|crediting|wiring) (?:it|you|the \w+|your \w+)\b"
        rf"[^.;?]{{0,25}}\b{_NOW}",
    ),
    "covers_all": (
        rf"(?:covers?|cover you|protects?|insures?|takes? care of|pays? (?:for|out)|includes?)"
        rf" (?:you |it |them )?(?:for |against |from |on )?{_ALL}",
        r"everything(?: that \w+(?: \w+)?)? (?:is|will be|'s) (?:covered|insured|included|"
        r"protected)",
        r"fully (?:comprehensive|covered|insured|protected)",
        r"all[- ]risks?\b",
        r"(?:whatever|no matter what) (?:happens|breaks|it is|you do|the cause)",
        r"(?:full|total|complete|comprehensive|blanket|all-round) (?:cover(?:age)?|protection)\b",
        rf"(?:covered|insured|protected|safe) (?:for|against|from|in case of) {_ALL}",
        r"(?:nothing|no damage) (?:that )?(?:is |it does )?(?:not cover(?:ed)?|left out|excluded)",
        r"(?:no|without(?: any)?) exclusions",
        r"nothing (?:that )?(?:it|the (?:policy|insurance)|we) "
        r"(?:doesn't|does not|won't|don't) cover",
        r"(?:protected|covered|insured|safe) (?:against|for|from) any"
        r"(?: (?:kind|sort|type|form))?(?: of)? "
        r"(?:damage|accident|problem|mishap|loss)",
        r"(?:covers?|takes? care of|pays? for|protects? you (?:from|against)) (?:every|any|all)\b",
    ),
    "no_interest": (
        r"interest[- ]free",
        r"(?:no|zero|without(?: any)?|not any|free of|0 ?%) interest\b(?! rate)",
        r"(?:don't|do not|won't|will not|never) (?:have to )?pay (?:any |a penny (?:of|"
        r"in) )?interest",
        r"free of charge",
        r"(?:is|are|all|it's|that's|comes?|be) (?:totally |completely |entirely |"
        r"absolutely )?free\b"
        r"(?! to)",
        r"(?:costs?|cost|cost you|costs you|pay|charges?) (?:you )?(?:absolutely )?"
        r"(?:nothing|not a (?:penny|cent))\b",
        r"(?:doesn't|does not|won't|will not) cost (?:you )?(?:a (?:penny|cent)|anything|"
        r"any(?: more)?)\b",
        r"not? a (?:penny|cent) (?:more|extra)\b",
        r"(?:at )?no (?:extra |additional |added )(?:cost|charge|fees?)\b",
        r"for (?:free|nothing)\b",
        r"without (?:paying |having to pay )?(?:a|any|one) (?:cent|penny|euro|extra)\b",
    ),
    "approved": (
        rf"{_SURE}\b[^.;?]{{0,40}}?\b(?:{_GRANT}|the (?:credit|loan|finance))",
        rf"\b{_GRANT}[^.;?]{{0,20}}\b(?:for sure|for certain|no (?:problem|question|trouble|"
        r"doubt)|without (?:a |any )?(?:doubt|problem|trouble)s?|guaranteed|easily|every time|"
        r"automatically)",
        r"approval (?:is|will be) (?:guaranteed|certain|automatic|a formality|assured)",
        r"(?:just )?a (?:mere )?formality",
        r"(?:they|the (?:bank|lender|credit company)) always (?:approve|accept|say yes)",
        r"(?:everyone|everybody|anyone) (?:gets|is|will be) (?:approved|accepted|it)",
        r"(?:won't|will not|never|cannot|can't) (?:be )?(?:refus|declin|reject|turn(?:ed)? down|"
        r"say no|den(?:y|ied))\w*",
        r"(?:consider|take) (?:it|the (?:credit|loan|finance)) (?:as )?(?:approved|done|granted)",
        r"(?:won't|will not|not going to|shouldn't) have (?:any|the slightest|a) "
        r"(?:trouble|problems?|difficult(?:y|ies))\b[^.;?]{0,30}\b(?:approv\w+|financ\w+|credit|loan)",
        r"as good as approved",
        r"(?:credit|loan|finance|financing|application|request|it)(?: will|'ll| is going to) "
        r"(?:be (?:approved|accepted|granted)|go through)\b",
    ),
    "soon": (
        r"as (?:soon|quickly|fast|promptly|early) as (?:possible|(?:i|we|they|he|she)"
        r"(?: possibly)? (?:can|could|are able|is able|am able)|humanly possible|practicable)",
        r"asap\b",
        r"shortly\b(?! (?:before|after))",
        r"(?:very |really |real |quite |pretty )?(?<!how )(?<!too )(?<!as )(?<!so )soon\b(?! as)"
        r"(?! after)",
        r"before (?:too |very )?long\b",
        r"in (?:next to )?no time\b",
        r"in (?:a (?:bit|while|jiffy|flash|little while)|due course|"
        r"the (?:near|coming|next few|next couple of) (?:future|days|weeks)|"
        r"(?:a few|a couple of|several) days)\b",
        r"(?:within|over) the (?:next|coming) (?:few |couple of )?(?:days|weeks)\b",
        r"in the next (?:few|couple of) (?:days|weeks)\b",
        r"momentarily\b",
        r"any (?:day|time|moment|minute) (?:now|soon)\b",
        r"at (?:our|their|the|your|my) (?:very )?earliest (?:convenience|opportunity|possible)",
        r"(?:sometime|some time|at some (?:point|stage)|one of these days|one day|"
        r"when(?:ever)? (?:we|they|i) can|sooner or later|eventually)\b",
        r"with all (?:possible )?(?:speed|haste)",
        r"without (?:further )?delay\b",
        r"as a (?:matter of (?:urgency|priority)|priority)\b",
        r"with (?:the )?(?:utmost|top|all|due) (?:urgency|priority)",
    ),
    "somebody_calls": (
        rf"{_SOMEBODY}(?: will|'ll| is going to| are going to| should| is gonna| shall)"
        rf"(?: then| also| soon| probably| surely)? {_REACH}",
        r"you(?:'ll| will| should)(?: soon| then)? (?:be (?:contacted|called|hearing|phoned)|"
        r"hear (?:back )?from|get (?:a|the) (?:call|ring)|receive a call(?! about)(?! \d))",
        r"(?:we|i)(?:'ll| will) be in (?:touch|contact)\b",
        r"(?:you can )?expect (?:a|our) call\b",
        r"(?:leave it with (?:us|them)|don't call us)\b",
        r"(?:the|our) (?:warehouse|office|(?:\w+ )?department|relevant \w+|right \w+|competent \w+)"
        rf"(?: team)?(?: will|'ll| is going to| are going to) (?:then |also )?{_REACH}",
        r"they(?: will|'ll| are going to) be in (?:touch|contact)\b",
        r"(?:our|my|the) (?:\w+ ){1,2}(?:colleagues?|team|people|staff)"
        rf"(?: will|'ll| is going to| are going to) {_REACH}",
    ),
    "calm": (
        r"calm (?:down|yourself)",
        r"(?:keep|stay|remain|be) calm\b",
        r"(?:please )?relax(?=[,.!])",
        r"take it easy\b",
        r"chill(?: out)?\b",
        r"(?:cool|settle|simmer) (?:it|down|off)\b",
        r"take a (?:deep )?breath\b",
        r"(?:there's |there is )?no need (?:to|for) (?:be|get|getting|shout|shouting|raise|yell|"
        r"swear|all that|the|that|panic|anger)\b(?: (?:so )?(?:angry|upset|rude|aggressive|cross|"
        r"worked up|your voice|attitude|tone))?",
        r"(?:don't|do not|stop|please don't) (?:get(?:ting)? (?:so )?(?:upset|angry|worked up|"
        r"cross|annoyed|agitated)|be(?:ing)? (?:so )?(?:angry|upset|rude|dramatic)|shout(?:ing)?|"
        r"yell(?:ing)?|overreact(?:ing)?|raise your voice)",
        r"lower your (?:voice|tone)",
        r"(?:pull yourself together|compose yourself|keep your (?:hair|shirt) on|get a grip)",
        r"no (?:real |good )?reason (?:for you )?to (?:be|get|shout)\b",
        r"keep (?:your voice|it) down\b",
    ),
    "policy": (
        r"(?:company|house|internal|corporate|store|shop|firm)(?:'s)? (?:policy|policies|rules?|"
        r"procedures?)\b",
        r"(?:it is|it's|that's|that is|this is|these are|those are)(?: just| simply)? (?:our|the|"
        r"the company's) (?:policy|rules?|procedures?)(?=[,.;!]| and| so| i| here| that)",
        r"(?:against|because of|due to|under|per) (?:our|the) (?:policy|rules)(?=[,.;!]| i| we)",
        r"(?:those|these) are the (?:company's |house )?rules",
        r"rules are rules",
        r"(?:i|we) (?:don't|do not|didn't) make the rules",
        r"(?:my|our) hands are tied",
        rf"(?:the|my|our|this)? ?{_SYSTEM} (?:just |simply |here )?(?:won't|will not|doesn't|"
        r"does not|isn't|is not|can't|cannot|refuses to|wouldn't|would not|keeps) (?:\w+ )?"
        r"(?:letting|let|allowing|allow|permitting|permit|accepting|accept|giving|give|taking|"
        r"take|stopping|blocking|authori[sz]e)",
        rf"{_SYSTEM} (?:blocks|prevents|stops|rejects|has blocked|is blocking) (?:me|us|it|"
        r"that|this|the)\b",
        r"(?:head office|management|the company|my (?:boss|manager)) (?:won't|doesn't|does not|"
        r"will not) (?:let|allow)",
        r"that's (?:just )?(?:how|the way) (?:it|things) (?:is|works?|are)\b",
        r"(?:our|the|these|internal) (?:rules|regulations|policy|policies|procedures?|guidelines) "
        r"(?:(?:do not|don't|does not|doesn't|won't|will not) (?:let|allow|permit)|"
        r"forbids?|prohibits?)",
        r"(?:just |simply )?(?:how|the way) we do (?:things|it)\b",
        r"(?:it's|it is|that's|those are|they are) (?:just )?the rules\b",
        rf"{_SYSTEM} (?:blocks|prevents|stops|rejects|forbids) \w+",
        r"(?:corporate|company|internal) guidelines\b",
    ),
    "unknown": (
        r"(?:i|we)(?: really| honestly| just| simply)? (?:have|'ve)(?: absolutely| really)? "
        r"(?:no|not the (?:faintest|slightest)) (?:idea|clue)",
        r"(?:i|we) (?:haven't|have not|don't have|do not have)(?: got)? (?:a|any|the faintest|"
        r"the slightest|the foggiest) (?:idea|clue)",
        r"no (?:idea|clue)\b",
        r"not a clue\b",
        r"(?:i|we)(?: really| honestly| just| simply)? (?:don't|do not|wouldn't|would not|"
        r"couldn't)(?: really| actually| honestly)? (?:know\b(?! (?:you )?(?:about|the customer))|"
        r"(?:tell|say)\b(?=[.,!]| (?:you|for|exactly|why|when|where|what|how)))",
        r"(?:i'm|i am|we're|we are) not (?:really |quite |too |entirely )?(?:sure|certain)\b",
        r"(?:it|that|this|your \w+|nothing|the \w+) (?:doesn't|does not|isn't|is not|don't) "
        r"(?:seem to )?(?:show|appear|come up|showing|appearing|coming up|on my|in my|in our)\b",
        r"nothing (?:is |'s )?(?:showing|coming|shows|comes|appears|appearing)(?: up)?\b(?! off)",
        r"(?:i|we) (?:can't|cannot|don't|do not) see (?:it|anything|any|your (?:order|name|"
        r"account))\b",
        r"(?:there's|there is|i have|i've got) nothing (?:on (?:my|the) screen|here|in (?:the|my|"
        r"our) system)",
        r"(?:beats me|who knows|your guess is as good as mine|search me)\b",
        r"(?:i|we) (?:can't|cannot|could not|couldn't) find (?:anything|any \w+|you|it)\b",
        r"not (?:really |quite |too |entirely )?sure(?=[,.!])|says nothing (?:about|of)\b",
    ),
    "only": (
        r"(?:only|just|merely|a mere|barely|simply|no more than|nothing (?:but|more than))"
        r"(?: (?:cost|costs|be|is|pay|about|around|you|charge|come|comes|to|for|a|at|an extra))*"
        r" (?:[€£$] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|pounds|quid))",
        r"a (?:small|tiny|modest|token|trifling) (?:fee|charge|sum|amount) of\b",
        r"(?:[€£$] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|quid)),? (?:that's (?:all|it|nothing)|"
        r"nothing more|is nothing)",
        r"(?:a bargain|peanuts|next to nothing)\b",
    ),
    "call_centre": (
        r"(?:we are|we're|i am|i'm|this is)(?: really)? (?:only|just|merely|simply|nothing (?:but|"
        r"more than)) (?:the|a|an|here to)\b(?: (?:call|agent|operator|contractor|hel\w+|answer|"
        r"contact))?",
        r"(?:we|i) (?:only|just|merely) (?:answer|take|handle|pick up|work|"
        r"pass)\b(?: on)?(?: the)? "
        r"?(?:calls?|phones?|here|messages)",
    ),
}
"""Wordings by name of their family."""
