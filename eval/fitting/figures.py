"""Learn what figures are said of: low-rank additions and a projection, by contrast.

Of all figures of a batch that are of its kind, the one that a figure is about has to be most alike,
or none where it is about none: a cross entropy over cosines (van den Oord et al. 2018,
https://arxiv.org/abs/1807.03748), in which whatever figure is right counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional

from eval.fitting.adapting import LoraSettings, adaptable, additions, descend
from eval.fitting.marked_figures import Passage
from eval.scores import Progress
from knowledge.encoders.additions import Learned
from knowledge.encoders.embedding import batches
from knowledge.encoders.figures import PROJECTION, Sequenced, sequenced
from knowledge.ports import Figured

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DIMENSION = 192
SCALE = 15.0
"""What cosines are multiplied by, to begin with."""
FROM = 0.5
"""Cosine from which a figure is about one rather than none, to begin with."""
PROJECTION_RATE = 3
"""Times the rate of the additions."""
WARMUP_STEPS = 60
PADDING = 1


class FigureTrainer(nn.Module):
    """A network with additions and a projection, to be learned.

    Args:
        network: a BERT of transformers; it is copied.
        tokenizer: its own, without padding.
        how: it is learned.
    """

    def __init__(self, network: Any, tokenizer: Tokenizer, how: LoraSettings | None = None) -> None:
        super().__init__()
        self._how = how or LoraSettings(tokens=2560)
        torch.manual_seed(self._how.seed)
        self._tokenizer = tokenizer
        self.network = adaptable(network, self._how.rank)
        self.projection = nn.Linear(2 * network.config.hidden_size, DIMENSION)
        self.scale = nn.Parameter(torch.tensor(math.log(SCALE)))
        self.nowhere = nn.Parameter(torch.tensor(FROM))

    def tensors(self) -> dict[str, torch.Tensor]:
        """As `knowledge.encoders.figures` reads them, float16."""
        return {name: one.detach().half().contiguous() for name, one in self._named().items()}

    def go_on_from(self, begun: Learned) -> None:
        """Take over what was learned before.

        Raises:
            ValueError: it is of another rank or dimension.
        """
        own = self._named()
        if {name: one.shape for name, one in own.items()} != {
            name: begun.tensors[name].shape for name in own if name in begun.tensors
        }:
            raise ValueError("it is of another rank or dimension")
        with torch.no_grad():
            for name, parameter in own.items():
                parameter.copy_(begun.tensors[name])

    def learn(self, groups: Sequence[tuple[Passage, ...]], rate: float, progress: Progress) -> None:
        """Go over batches of passages, in their order.

        Args:
            groups: the batches.
            rate: the greatest learning rate of the additions.
            progress: told now and then.
        """
        added = [p for p in self.network.parameters() if p.requires_grad]
        others = [*self.projection.parameters(), self.scale, self.nowhere]
        parameters = [
            {"params": added, "lr": rate},
            {"params": others, "lr": PROJECTION_RATE * rate},
        ]
        self.train()
        descend(groups, self.loss, parameters, WARMUP_STEPS, self._how, progress)

    def loss(self, group: Sequence[Passage]) -> torch.Tensor:
        """Mean over all figures of what agents say of some passages."""
        lines = [line for one in group for line in one.lines]
        said = list({id(about.said): about.said for one in group for about in one.about}.values())
        vectors = self._vectors([each.figured for each in (*lines, *said)])
        found = torch.cat(vectors[: len(lines)])
        own = dict(zip(map(id, said), vectors[len(lines) :], strict=True))
        kinds = [kind for line in lines for kind in line.kinds]
        scale, losses, begin = self.scale.exp(), [], 0
        for one in group:
            rows = one.rows(begin)
            begin += len(rows)
            for about in one.about:
                kind = about.said.kinds[about.at]
                same = [row for row, other in enumerate(kinds) if other == kind]
                alike = found[same] @ own[id(about.said)][about.at]
                every = scale * torch.cat([alike, self.nowhere[None]])
                right = [same.index(rows[place]) for place in about.right] or [len(same)]
                losses.append(torch.logsumexp(every, 0) - torch.logsumexp(every[right], 0))
        return torch.stack(losses).mean()

    def _vectors(self, texts: Sequence[Figured]) -> list[torch.Tensor]:
        """For each text ``(n_figures, DIMENSION)``; every one of them is read."""
        every = [sequenced(one, self._tokenizer) for one in texts]
        found: list[torch.Tensor] = [torch.empty(0)] * len(every)
        for places in batches([len(one.ids) for one in every], self._how.tokens):
            some = [every[at] for at in places]
            for at, vectors in zip(places, self._of(some), strict=True):
                found[at] = vectors
        return found

    def _of(self, some: Sequence[Sequenced]) -> list[torch.Tensor]:
        longest = max(len(one.ids) for one in some)
        ids = torch.full((len(some), longest), PADDING)
        mask, own = torch.zeros_like(ids), torch.zeros(ids.shape)
        for row, one in enumerate(some):
            ids[row, : len(one.ids)] = torch.tensor(one.ids)
            mask[row, : len(one.ids)] = 1
            own[row, one.own : len(one.ids) - 1] = 1
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.network(input_ids=ids, attention_mask=mask).last_hidden_state
        hidden = hidden.float()
        mean = (hidden * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        found = []
        for row, one in enumerate(some):
            places = torch.tensor([place or 0 for place in one.places], dtype=torch.long)
            around = mean[row].expand(len(places), -1)
            made = self.projection(torch.cat([hidden[row, places], around], 1))
            found.append(functional.normalize(made, dim=1))
        return found

    def _named(self) -> dict[str, torch.Tensor]:
        """What is learned and shipped, by the names that it has in a file."""
        projected = {f"{PROJECTION}.{n}": one for n, one in self.projection.named_parameters()}
        return additions(self.network) | projected
