"""How alike the items of two lists are, in words, topics, agencies, section and place; what many items share weighs little.

Every figure is worked out from the pairs of neighbouring characters that two texts have in common, each weighed by how few
items have it, for all items at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qingdan.comparing.features import BLOCK, Side, dice, grams, listed, often, weighed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Grams = npt.NDArray[np.int64]

# Shares in the score of a pair, of what both items have. Chosen, with the thresholds of alignment.py and grouping.py, on successors of
# tests/successors.py of setting TUNED with the seeds 1000 to 1039, and on the neighbours of 2015 in samples/. With plain weights
# instead of their squares the scores of 3 in 1,000 pairs of strangers were 0.25 to 0.36 and are 0.2 to 0.3; pairs of three
# characters are no better on long items and worse on short ones.
DICE = 0.48  # what both have of both
CONTAINED = 0.25  # what both have of the shorter: an item that lost half of its words is still the same
OF_BOTH = 3.0  # times what both have of both, at the most
TOPIC = 0.25
AGENCIES = 0.04
# Among equals the section decides, then the place. Distances count squared, so that of equal items none overtakes another.
SECTION = 0.03
PLACE = 0.03
UNEQUAL = 0.9  # at the most: no place makes up for what is equal, 「第三期培训班」 for 「第四期培训班」
LEAST_WORDS = 0.15  # of the shorter: below it one topic stands over two promises
MOST = 256  # candidates that an item keeps

FEWEST = 16  # items from which lists tell what their strangers reach

# Near twins about other things, 「法律顾问磋商」 「海洋法磋商」: each topic says what the other item does not know at all.
OTHER_TOPIC = 0.4
UNKNOWN = 0.15  # of each topic at least, and
UNKNOWN_TOGETHER = 0.9  # of both, added up
SAME_ALL_THE_SAME = 0.8  # words in common from which another topic line stands over the same promise

# Twins that nothing but a name tells apart: 「非洲」 five times in one, 「中东」 in the other (``often`` in features.py).
NAMES_APART = 0.2

_BINS = 200


class Edges(NamedTuple):
    """Pairs that may belong together, by index, with their scores; ``noise`` is what strangers reach in these lists."""

    old: Grams
    new: Grams
    scores: Floats
    noise: float


class Likeness:
    """The items of two lists side by side. Memory grows with the texts and with BLOCK rows of one list against the other."""

    def __init__(self, old: Side, new: Side) -> None:
        import numpy as np

        self.old, self.new = old, new
        cut = len(old.bodies)
        texts = [topic + body for part in (old, new) for topic, body in zip(part.topics, part.bodies, strict=True)]
        self.words = weighed(grams(texts), cut)
        # 「海洋法」 and 「海洋」 have one pair of characters: in so short a text the characters count too.
        self.topics = weighed(grams([*old.topics, *new.topics], characters=True), cut)
        self.agencies = weighed(listed([*old.agencies, *new.agencies]), cut)
        self._equal = weighed(listed([(text,) for text in (*old.equal, *new.equal)]), cut)
        names = {name: i for i, name in enumerate(dict.fromkeys((*old.contexts, *new.contexts)))}
        self._contexts = [np.array([names[name] for name in part.contexts], dtype=np.int64) for part in (old, new)]
        self._places = [(np.arange(len(part.bodies)) + 0.5) / max(len(part.bodies), 1) for part in (old, new)]
        # A topic that is nothing but the first words of its body does not say what the item is about.
        self._labels = [
            ["" if body.startswith(topic) else topic for topic, body in zip(part.topics, part.bodies, strict=True)] for part in (old, new)
        ]
        self._names = often(texts[:cut]), often(texts[cut:])

    def standing(self, i: int, j: int) -> tuple[float | None, float]:
        """How far the section and the number of an old and a new item are the same; no section where neither stands in one."""
        contexts = self.old.contexts[i], self.new.contexts[j]
        section = None if contexts == ("", "") else float(contexts[0] == contexts[1])
        if self.old.paths[i] == self.new.paths[j]:
            return section, 1.0
        return section, float(1 - abs(self._places[0][i] - self._places[1][j]))

    def edges(self, least: float, closed: tuple[set[int], set[int]]) -> Edges:
        """All pairs whose score is at least so high, but for twins about other things, and for closed items."""
        import numpy as np

        found: list[tuple[int, int, float]] = []
        bins = np.zeros(_BINS, dtype=np.int64)
        for start in range(0, len(self.old.bodies), BLOCK):
            scores, words = self._scores(start, min(start + BLOCK, len(self.old.bodies)))
            bins += np.histogram(np.minimum(scores, 1.0), _BINS, (0.0, 1.0))[0]
            scores[[i - start for i in closed[0] if start <= i < start + BLOCK]] = 0
            scores[:, sorted(closed[1])] = 0
            if scores.shape[1] > MOST:
                bound = np.partition(scores, -MOST, axis=1)[:, -MOST, None]
                scores = np.where(scores >= bound, scores, 0.0)
            for i, j in np.argwhere(scores >= least):
                old, new = int(i) + start, int(j)
                if not self.twins(old, new, float(words[i, j])):
                    # Names decide between rivals; where there are none, less is needed.
                    score = float(scores[i, j])
                    found.append((old, new, max(least, score - NAMES_APART) if self.named_apart(old, new) else score))
        rows = np.array([old for old, _, _ in found], dtype=np.int64)
        columns = np.array([new for _, new, _ in found], dtype=np.int64)
        own = np.array([score for _, _, score in found])
        return Edges(rows, columns, own, _noise(bins, max(len(self.old.bodies), len(self.new.bodies))))

    def _scores(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """The scores of some items of the old list with all of the new, and what they have of both in words."""
        import numpy as np

        rows = slice(start, stop)
        shared = self.words.shared(rows)
        old, new = self.words.old_mass[rows, None], self.words.new_mass[None, :]
        words = 2 * shared / np.maximum(old + new, 1e-9)
        contained = shared / np.maximum(np.minimum(old, new), 1e-9)
        # 「仲裁协议;」 stands in many a long item, and is none of them.
        total, parts = DICE * words + CONTAINED * np.minimum(contained, OF_BOTH * words), np.full(shared.shape, DICE + CONTAINED)
        for feature, share in ((self.topics, TOPIC), (self.agencies, AGENCIES)):
            old, new = feature.old_mass[rows, None], feature.new_mass[None, :]
            both = (old > 0) & (new > 0)
            total += both * share * 2 * feature.shared(rows) / np.maximum(old + new, 1e-9)
            parts += both * share
        scores = np.where(contained >= LEAST_WORDS, total / parts, 0.0)
        scores = np.where(self._equal.shared(rows) > 0, 1.0, np.minimum(scores, UNEQUAL))
        same = self._contexts[0][rows, None] == self._contexts[1][None, :]
        apart = self._places[0][rows, None] - self._places[1][None, :]
        return scores + (scores > 0) * (SECTION * same - PLACE * apart**2), words

    def twins(self, i: int, j: int, words: float, names: bool = True) -> bool:
        """Whether an old and a new item, however alike in words, are each about what the other does not name.

        Not told by names where one may be part of the other: it need not have the names of the rest.
        """
        topics = self._labels[0][i], self._labels[1][j]
        if not all(topics) or topics[0] == topics[1]:
            return False
        if dice(self.topics, self.topics.old[i], self.topics.new[j]) >= OTHER_TOPIC:
            return names and self.named_apart(i, j)
        return words < SAME_ALL_THE_SAME and self._foreign(i, j)

    def named_apart(self, i: int, j: int) -> bool:
        """Whether each of two items speaks again and again of something that the other, and nearly its whole list, does not name."""
        mine, theirs = self._names[0].get(i), self._names[1].get(j)
        if not mine or not theirs:
            return False
        old, new = self.old.topics[i] + self.old.bodies[i], self.new.topics[j] + self.new.bodies[j]
        return any(name not in new for name in mine) and any(name not in old for name in theirs)

    def _foreign(self, i: int, j: int) -> bool:
        """Whether what the topics of two items say stands in their own bodies, and not in the other item."""
        shares = []
        for topic, own, other in (
            (self.old.topics[i], self.old.bodies[i], self.new.topics[j] + self.new.bodies[j]),
            (self.new.topics[j], self.new.bodies[j], self.old.topics[i] + self.old.bodies[i]),
        ):
            pairs = {topic[k : k + 2] for k in range(max(len(topic) - 1, 1))}
            shares.append(sum(pair in own and pair not in other for pair in pairs) / len(pairs))
        return min(shares) >= UNKNOWN and sum(shares) >= UNKNOWN_TOGETHER


def _noise(bins: Grams, items: int) -> float:
    """What one in a hundred pairs of strangers reaches; the best of each item, and as many again for splits, are no strangers."""
    import numpy as np

    if items < FEWEST:
        return 0.0
    above = np.cumsum(bins[::-1]) - 2 * items
    strangers = int(above[-1])
    if strangers <= 0:
        return 0.0
    return float(_BINS - 1 - np.searchsorted(above, strangers / 100)) / _BINS
