"""Why something is not done: a code with its values, said in each language of the pages.

Whoever refuses raises ``SettingsError(because("audience-taken", label=label))``. Commands and
programs read the English text; pages ask the error for theirs, see `KnowledgeBaseError.told`.
"""

from knowledge.refusals.commitments import COMMITMENTS
from knowledge.refusals.contacts import CONTACTS
from knowledge.refusals.escalations import ESCALATIONS
from knowledge.refusals.evaluations import EVALUATIONS
from knowledge.refusals.people import PEOPLE
from knowledge.refusals.reason import Wordings
from knowledge.refusals.reviews import REVIEWS
from knowledge.refusals.sources import SOURCES
from knowledge.refusals.work import WORK

because = Wordings(
    {
        **SOURCES,
        **PEOPLE,
        **WORK,
        **CONTACTS,
        **COMMITMENTS,
        **ESCALATIONS,
        **EVALUATIONS,
        **REVIEWS,
    }
)
"""The reasons of this package's own rules."""
