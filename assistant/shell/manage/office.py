"""What the managers' routes work with, and who may do what to which source.

Every route finds out here who asks, with `knowledge.identity.access`, about the labels of the very
source. A source that somebody is not responsible for answers as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from starlette.requests import Request

from assistant.refusals import because
from assistant.shell.access import MANAGING, Access, visitor_of
from knowledge.audience import AudienceTree, labels_of
from knowledge.audit.views import View, ViewLog
from knowledge.curation import Curation
from knowledge.curation_rows import SourceInfo
from knowledge.errors import AccessRefused, NotFound
from knowledge.identity.access import Action, Principal, may, may_anywhere, reach, viewer_of, why
from knowledge.identity.accounts import Account, Accounts
from knowledge.jobs import Job, Jobs
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class Office:
    """The services behind the managers' routes.

    Attributes:
        register: of the served process: a reader, whose writes are short.
        accounts: who there is.
        access: who makes a request.
        settings: limits, data folder.
        wake: tells the worker that there is something to do.
        work: what is asked, reported and read; `None` leaves out its routes and lists.
        views: enters in the audit trail who reads a version; `None` enters nothing.
    """

    register: Register
    accounts: Accounts
    access: Access
    settings: Settings
    wake: Callable[[], None] = lambda: None
    work: WorkStore | None = None
    views: ViewLog | None = None

    @property
    def curation(self) -> Curation:
        """What managers do with sources."""
        return self.register.curation

    @property
    def jobs(self) -> Jobs:
        """What takes longer than an answer."""
        return self.register.jobs

    def caller(self, request: Request, *actions: Action) -> Caller:
        """Whoever makes a request.

        Args:
            request: that came through the gate.
            actions: they must be allowed one of them somewhere; with none, anybody will do.

        Raises:
            AccessRefused: they are not.
        """
        caller = Caller(visitor_of(request).principal, self.access.tree(), self)
        if actions and not any(caller.may_anywhere(action) for action in actions):
            raise AccessRefused(
                because(
                    "may-not-do",
                    name=caller.name,
                    actions=tuple(because(f"action-{action}") for action in actions),
                )
            )
        return caller


@dataclass(frozen=True)
class Caller:
    """Whoever makes a request, with all audiences as they were when it came.

    What was decided is remembered for the request: a list asks the same of thousands of sources.
    """

    principal: Principal
    tree: AudienceTree
    office: Office
    _decided: dict[tuple[Action, frozenset[str]], bool] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def name(self) -> str:
        """The account's, for the audit trail."""
        return self.principal.name

    @property
    def viewer(self) -> Viewer:
        """What the register takes."""
        return viewer_of(self.principal, self.tree)

    def answering(self, *actions: Action) -> Viewer:
        """What the work lists take: only where they may do one of these, not all that they read.

        Somebody who manages one contractor and reads for another answers for the first alone.
        """
        reached = frozenset[str]().union(*map(self.reach, actions))
        known = reached & self.tree.audiences.keys()
        return Viewer(self.name, reached.union(*map(self.tree.above, known)))

    def may(self, action: Action, labels: Collection[str]) -> bool:
        """Whether they may do something to an object that has these labels."""
        asked = action, frozenset(labels)
        if asked not in self._decided:
            self._decided[asked] = may(self.principal, action, labels, self.tree)
        return self._decided[asked]

    def may_anywhere(self, action: Action) -> bool:
        """Whether they may do something for anybody at all."""
        return may_anywhere(self.principal, action, self.tree)

    def reach(self, action: Action) -> frozenset[str]:
        """The labels over which they may do something."""
        return reach(self.principal, action, self.tree)

    def require(self, action: Action, labels: Collection[str]) -> None:
        """See to it that they may do something.

        Raises:
            AccessRefused: they may not.
        """
        if not self.may(action, labels):
            raise AccessRefused(why(self.principal, action, labels, self.tree))

    def sources(self) -> list[SourceInfo]:
        """Those that they are responsible for, by name."""
        every = self.office.curation.sources(self.viewer)
        return [one for one in every if self.may("see_drafts", one.audience)]

    def source(self, number: int, *actions: Action) -> SourceInfo:
        """A source that they are responsible for.

        Args:
            number: of the source.
            actions: one of them must be allowed to them; with none, seeing it is enough.

        Raises:
            NotFound: there is none that they are responsible for.
            AccessRefused: they may do none of the actions to it.
        """
        source = self.office.curation.source(number, self.viewer)
        if not self.may("see_drafts", source.audience):
            raise NotFound(because("source-number-unknown", number=number))
        if actions and not any(self.may(action, source.audience) for action in actions):
            raise AccessRefused(why(self.principal, actions[0], source.audience, self.tree))
        return source

    def reads(self, name: str, version: int, compared: int | None = None) -> None:
        """Have it entered in the audit trail that they read a version, or two side by side."""
        if self.office.views is not None:
            self.office.views.seen(View(self.name, name, version, compared))

    def job(self, number: int) -> Job:
        """A job of theirs, or one for an audience that they edit sources of.

        Raises:
            NotFound: there is none.
        """
        job = self.office.jobs.get(number)
        if not self.sees_job(job):
            raise NotFound(because("job-unknown", number=number))
        return job

    def sees_job(self, job: Job) -> bool:
        """Whether a job is theirs, or for an audience that they edit sources of."""
        return job.actor == self.name or self.may("edit_source", labels_of(job.audience))

    def audiences_shown(self) -> frozenset[str]:
        """The labels that they manage, and those above, which they need to know."""
        labels = {label for action in MANAGING for label in self.reach(action)}
        known = [label for label in labels if label in self.tree.audiences]
        return frozenset().union(*(self.tree.above(label) for label in known))

    def account(self, name: str) -> Account:
        """An account that they look after: all that it holds is within their reach.

        Raises:
            NotFound: there is none.
        """
        for account in self.office.accounts.all():
            if account.name == name and self.looks_after(account):
                return account
        raise NotFound(because("account-unknown", name=name))

    def looks_after(self, account: Account) -> bool:
        """Whether all that an account holds is within their reach."""
        return self.may("manage_accounts", {grant.audience for grant in account.grants})
