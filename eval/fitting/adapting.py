"""Low-rank additions to a network and heads over it, learned together from labelled texts.

Hu et al. 2021, https://arxiv.org/abs/2106.09685; what comes out is what
`knowledge.encoders.adapted` puts in. Matrices stay as they are, in bfloat16; additions, norms and
heads are learned in float32.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import torch
from torch import nn
from torch.nn import functional

from eval.scores import Progress
from knowledge.encoders.adapted import Text, last_text
from knowledge.encoders.additions import LINEARS, NORMS, PARTS, Learned
from knowledge.encoders.embedding import batches

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

B = TypeVar("B")
WINDOW = 2048
"""Rows that are sorted by length together, so that batches hold little padding."""
REFIT_STEPS = 400
TOLD_EVERY = 50
"""Steps between two lines of progress."""


@dataclass(frozen=True)
class Task:
    """Labelled texts of one head.

    Attributes:
        head: its name.
        labels: its classes.
        rows: texts or pairs, each with the place of its class.
        epochs: how often a stage goes over them.
    """

    head: str
    labels: tuple[str, ...]
    rows: Sequence[tuple[Text, int]]
    epochs: int = 1


@dataclass(frozen=True)
class LoraSettings:
    """How it is learned.

    Attributes:
        rank: of the additions.
        warmup: share of a stage's steps in which the learning rate rises to its greatest.
        final: share of that which is left at the end of a stage.
        tokens: of a batch, padding among them.
        smoothing: of the labels.
        weight_decay: as of AdamW.
        threads: that compute.
    """

    rank: int = 16
    warmup: float = 0.05
    final: float = 0.05
    tokens: int = 2048
    smoothing: float = 0.03
    weight_decay: float = 0.01
    threads: int = 2
    seed: int = 1


@dataclass(frozen=True)
class _Batch:
    head: str
    ids: torch.Tensor
    mask: torch.Tensor
    last: torch.Tensor
    labels: torch.Tensor


class _LoraLinear(nn.Module):
    """A linear layer that stays as it is, with a low-rank addition."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.weight = linear.weight.detach().to(torch.bfloat16)
        self.bias = linear.bias.detach().to(torch.bfloat16)
        width = linear.in_features
        self.down = nn.Parameter(torch.randn(rank, width) / math.sqrt(width))
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        rows = rows.to(torch.bfloat16)
        added = functional.linear(rows, self.down.to(torch.bfloat16))
        return functional.linear(rows, self.weight, self.bias) + functional.linear(
            added, self.up.to(torch.bfloat16)
        )


def adaptable(network: Any, rank: int) -> Any:
    """A copy of a BERT of transformers of which additions and norms are learned."""
    copied = copy.deepcopy(network).requires_grad_(False)
    # Attention of few tokens is learned quicker this way than by the fused kernel
    copied.set_attn_implementation("eager")
    for module in copied.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    for layer in copied.encoder.layer:
        for name in LINEARS:
            parent, _, own = name.rpartition(".")
            linear = layer.get_submodule(name)
            setattr(layer.get_submodule(parent), own, _LoraLinear(linear, rank))
        for name in NORMS:
            layer.get_submodule(name).requires_grad_(True)
    return copied


def additions(network: Any) -> dict[str, torch.Tensor]:
    """What is learned of an `adaptable` network, by the names that it has in a file."""
    found: dict[str, torch.Tensor] = {}
    for number, layer in enumerate(network.encoder.layer):
        for name in LINEARS:
            added: Any = layer.get_submodule(name)
            found |= {f"{number}.{name}.down": added.down, f"{number}.{name}.up": added.up}
        for name in NORMS:
            norm = layer.get_submodule(name)
            found |= {f"{number}.{name}.{part}": getattr(norm, part) for part in PARTS}
    return found


def descend(
    batches: Sequence[B],
    loss: Callable[[B], torch.Tensor],
    groups: Sequence[dict[str, Any]],
    warmup: int,
    how: LoraSettings,
    progress: Progress,
) -> None:
    """Go over batches, in their order, with AdamW.

    Args:
        batches: what is learned from.
        loss: of each.
        groups: of parameters, each with its greatest learning rate.
        warmup: steps in which rates rise to their greatest.
        how: it is learned.
        progress: told now and then.
    """
    optimizer = torch.optim.AdamW(list(groups), weight_decay=how.weight_decay)

    def share(step: int) -> float:
        falling = (len(batches) - step) / len(batches)
        return min((step + 1) / warmup, max(how.final, falling))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    torch.set_num_threads(how.threads)
    parameters = [one for group in groups for one in group["params"]]
    losses: list[float] = []
    for step, batch in enumerate(batches, 1):
        found = loss(batch)
        optimizer.zero_grad()
        found.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        losses.append(float(found.detach()))
        if step % TOLD_EVERY == 0 or step == len(batches):
            mean = sum(losses[-TOLD_EVERY:]) / len(losses[-TOLD_EVERY:])
            progress(f"step {step} of {len(batches)}: loss {mean:.3f}")


class LoraTrainer(nn.Module):
    """A network with additions and heads, to be learned.

    Args:
        network: a BERT of transformers; it is copied.
        tokenizer: its own, without padding.
        heads: their names and classes.
        how: it is learned.
    """

    def __init__(
        self,
        network: Any,
        tokenizer: Tokenizer,
        heads: dict[str, tuple[str, ...]],
        how: LoraSettings,
    ) -> None:
        super().__init__()
        torch.manual_seed(how.seed)
        self._tokenizer = tokenizer
        self._how = how
        self._labels = dict(heads)
        self.network = adaptable(network, how.rank)
        width = 2 * network.config.hidden_size
        self.heads = nn.ModuleDict({k: nn.Linear(width, len(v)) for k, v in heads.items()})

    def forward(self, batch: _Batch) -> torch.Tensor:
        """``(n, n_labels)`` log odds."""
        logits: torch.Tensor = self.heads[batch.head](self._seen(batch))
        return logits

    def _seen(self, batch: _Batch) -> torch.Tensor:
        """``(n, 2 * hidden)``: what heads see."""
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.network(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
        hidden = hidden.float()
        weights = batch.last[..., None]
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return torch.cat([hidden[:, 0], mean], 1)

    def go_on_from(self, begun: Learned) -> None:
        """Take over additions, norms and heads that were learned before.

        Raises:
            ValueError: they are of another rank, or for other heads or classes.
        """
        own, given = self._named(), begun.tensors
        heads = {name: head.labels for name, head in begun.heads.items()}
        shapes = {name: one.shape for name, one in given.items() if name in own}
        if heads != self._labels or shapes != {name: one.shape for name, one in own.items()}:
            raise ValueError("they are of another rank, or for other heads or classes")
        with torch.no_grad():
            for name, parameter in own.items():
                parameter.copy_(given[name])

    def learn(self, tasks: Sequence[Task], rate: float, progress: Progress) -> None:
        """Go over the rows of some tasks, mixed.

        Args:
            tasks: what is learned.
            rate: the greatest learning rate.
            progress: told now and then.
        """
        how = self._how
        dice = random.Random(how.seed)
        mixed = [
            batch
            for task in tasks
            for _ in range(task.epochs)
            for batch in self._of(task, how.tokens, dice)
        ]
        dice.shuffle(mixed)
        parameters = [p for p in self.parameters() if p.requires_grad]
        self.train()

        def loss(batch: _Batch) -> torch.Tensor:
            return functional.cross_entropy(
                self(batch), batch.labels, label_smoothing=how.smoothing
            )

        warmup = max(1, int(how.warmup * len(mixed)))
        descend(mixed, loss, [{"params": parameters, "lr": rate}], warmup, how, progress)

    def refit(self, task: Task, l2: float) -> None:
        """Fit a head anew over the network as it is, to the end.

        Args:
            task: labelled texts of the head.
            l2: weight of the squares of the head's weights.
        """
        self.eval()
        with torch.no_grad():
            every = list(self._of(task, self._how.tokens, random.Random(0)))
            seen = torch.cat([self._seen(batch) for batch in every])
            labels = torch.cat([batch.labels for batch in every])
        head: Any = self.heads[task.head]
        optimizer = torch.optim.LBFGS(
            head.parameters(), max_iter=REFIT_STEPS, line_search_fn="strong_wolfe"
        )

        def loss() -> torch.Tensor:
            optimizer.zero_grad()
            missed = functional.cross_entropy(
                head(seen), labels, label_smoothing=self._how.smoothing
            )
            total: torch.Tensor = missed + l2 * (head.weight**2).sum()
            total.backward()  # type: ignore[no-untyped-call]
            return total

        optimizer.step(loss)  # type: ignore[no-untyped-call]

    def tensors(self) -> dict[str, torch.Tensor]:
        """As `knowledge.encoders.adapted` reads them, float16."""
        return {name: one.detach().half().contiguous() for name, one in self._named().items()}

    def _named(self) -> dict[str, torch.Tensor]:
        """What is learned, by the names that it has in a file."""
        found = additions(self.network)
        for name, head in self.heads.items():
            found |= {f"{name}.{part}": one for part, one in head.named_parameters()}
        return found

    def _of(self, task: Task, tokens: int, dice: random.Random) -> Iterator[_Batch]:
        encodings = self._tokenizer.encode_batch([text for text, _ in task.rows])
        order = list(range(len(encodings)))
        dice.shuffle(order)
        for start in range(0, len(order), WINDOW):
            window = order[start : start + WINDOW]
            for places in batches([len(encodings[at]) for at in window], tokens):
                some = [window[place] for place in places]
                labels = torch.tensor([task.rows[at][1] for at in some])
                yield _batch(task.head, [encodings[at] for at in some], labels)


def _batch(head: str, encodings: Sequence[Encoding], labels: torch.Tensor) -> _Batch:
    longest = max(map(len, encodings))
    ids = torch.ones(len(encodings), longest, dtype=torch.long)
    mask = torch.zeros(len(encodings), longest, dtype=torch.long)
    last = torch.zeros(len(encodings), longest)
    for row, one in enumerate(encodings):
        ids[row, : len(one)] = torch.tensor(one.ids)
        mask[row, : len(one)] = 1
        last[row, : len(one)] = torch.tensor(last_text(one), dtype=torch.float32)
    return _Batch(head, ids, mask, last, labels)
