"""All components, in the order in which they are listed and measured: quick ones first."""

from __future__ import annotations

from eval.components.models import Component, Limit, Listing

_HERE = "eval.components"
_POLICIES = "policies/manifest.jsonl"
_AGENTS = (
    _POLICIES,
    "tau_banking/documents.jsonl",
    "tau_retail/policy.md",
    "tau_airline/policy.md",
)

COMPONENTS: dict[str, Component] = {
    one.name: one
    for one in (
        Component(
            name="privacy",
            question="Is personal data found in what is typed and said, and are orders and prices "
            "left alone?",
            module=f"{_HERE}.privacy.measuring",
        ),
        Component(
            name="composed",
            question="Of what a small model wrote, are unsupported sentences kept back and "
            "supported ones shown?",
            module=f"{_HERE}.composed",
            halves=(),
        ),
        Component(
            name="commitments",
            question="Is it recognised what agents promise, by when, and that a customer wants to "
            "complain?",
            module=f"{_HERE}.commitments",
            files=("dstc/turns.jsonl", "abcd/agent_turns.jsonl"),
            listings=(
                Listing("--found", "List what is found in public turns, on standard error."),
            ),
        ),
        Component(
            name="themes",
            question="Are rising themes marked, and does what only varies stay without a mark?",
            module=f"{_HERE}.themes",
            halves=(),
            limit=Limit("registers with risen themes"),
        ),
        Component(
            name="steps",
            question="Are procedures found in sources, and steps ticked when it is said that they "
            "are done?",
            module=f"{_HERE}.steps",
            files=(_POLICIES,),
            halves=("fit", "report"),
            learns=f"{_HERE}.steps",
        ),
        Component(
            name="drafts",
            question="Is what should not be sent marked in drafts, and is the rest left alone?",
            module=f"{_HERE}.drafts.measuring",
            learns=f"{_HERE}.drafts.learning",
            listings=(
                Listing(
                    "--failing",
                    "List the drafts with wrong or missed findings.",
                    f"{_HERE}.drafts.measuring.failing",
                ),
            ),
        ),
        Component(
            name="figures",
            question="Is it told which figure of the sources a figure of a draft is about?",
            module=f"{_HERE}.figures",
            halves=("fit", "report"),
        ),
        Component(
            name="contacts",
            question="Is it heard in a running call what the customer needs, and is the right "
            "source found?",
            module=f"{_HERE}.contacts.measuring",
            learns=f"{_HERE}.contacts.learning",
            learns_from=("dstc/faq.jsonl", "dstc/turns.jsonl"),
        ),
        Component(
            name="voice",
            question="How often are answers said in other words, and does any of them change a "
            "fact?",
            module=f"{_HERE}.voice",
            listings=(Listing("--shown", "List what was said in other words, on standard error."),),
            data_unused=True,
        ),
        Component(
            name="entailment",
            question="Is it told whether a rule says, denies or leaves open what is said?",
            module=f"{_HERE}.entailment",
        ),
        Component(
            name="support",
            question="Are changed statements caught, faithful ones let pass, and do people agree?",
            module=f"{_HERE}.support.measuring",
            files=(
                _POLICIES,
                "groundedness/begin.jsonl",
                "groundedness/faithbench.jsonl",
                "mtrag/corpus.jsonl",
                "mtrag/human_eval.jsonl",
                "xquad/passages.jsonl",
                "faq_tax/documents.jsonl",
                "squad_es/passages.jsonl",
                "clapnq/passages.jsonl",
            ),
            learns=f"{_HERE}.support.learning",
        ),
        Component(
            name="contradictions",
            question="Are planted contradictions found in the policies, and harmless look-alikes "
            "left alone?",
            module=f"{_HERE}.contradictions.measuring",
            files=(_POLICIES,),
            learns=f"{_HERE}.contradictions.learning",
            listings=(
                Listing(
                    "--list",
                    "List the N surest in the documents as they are.",
                    f"{_HERE}.contradictions.measuring.surest",
                    counted=True,
                ),
                Listing(
                    "--missed",
                    "List what is missed on half fit, and its false alarms.",
                    f"{_HERE}.contradictions.learning.missed",
                ),
            ),
        ),
        Component(
            name="refusal",
            question="Are questions refused that the sources do not answer, and only those?",
            module=f"{_HERE}.refusal",
            files=(
                "xquad/passages.jsonl",
                "xquad/questions.jsonl",
                "faq_tax/documents.jsonl",
                "faq_tax/questions.jsonl",
                "queries/queries.jsonl",
                *_AGENTS,
            ),
            limit=Limit("questions of each set", 300),
        ),
        Component(
            name="injections",
            question="Do orders in documents, conversations and customers' fields bring anything "
            "about?",
            module=f"{_HERE}.injections.measuring",
            files=("injections/injections.jsonl",),
            halves=(),
            limit=Limit("texts of each label"),
            listings=(Listing("--list", "Print each effect as a line of JSON on standard error."),),
        ),
    )
}
