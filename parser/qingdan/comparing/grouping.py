"""Splits and merges: items left over, or badly paired, whose words stand in an item that has a partner, where the partner lacks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qingdan.comparing.features import Feature, blocks, dice
from qingdan.comparing.similarity import Likeness

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

# Chosen with the shares in similarity.py, on the same seeds: of 1,930 leftover items 1,475 were parts. By what stands in the best
# whole alone 78 were judged wrongly, by how much more stands there than in the next best 62, with the topic 46, with all three 44.
JOIN = 0.33
SHORT = 0.3  # more is needed of fewer words: by the root of how many pairs of characters an item has
FEWEST = 5  # pairs of characters that must stand in the whole
ABOVE_NEXT = 1.0
STANDING = 0.35
SAME_TOPIC = 0.55
ALONE = 0.42  # for a whole that has no partner yet: both were too unlike to be paired
WHOLE = 0.6  # words in common of both that no part has with its whole
SHORTER = 0.5  # of the whole's words, an item has at the most that is too unlike it and yet what is left of it
DOUBTFUL = 0.5  # score below which a pair is given up for a join
CLEARLY = 0.1  # more than the pair to be given up has
LIKELY = 0.08  # of an item's words, for the other to be looked at as its whole
FEW = 8  # wholes that are looked at for each item
OWN = 0.85  # of what an item shares with a whole, from which it is none that the whole's partner has: a part, no twin


class Part(NamedTuple):
    """An item that may be a part: ``new`` tells its side, ``at`` its index, ``whole`` the item of the other side it may belong to."""

    strength: float
    new: bool
    at: int
    whole: int


class Groups:
    """Pairs, splits and merges by index. An item with several partners is theirs alone; all others have one at the most."""

    def __init__(
        self,
        likeness: Likeness,
        pairs: list[tuple[int, int]],
        scores: dict[tuple[int, int], float],
        closed: tuple[set[int], set[int]],
    ) -> None:
        import numpy as np

        self._likeness = likeness
        self._scores = scores
        self._words: Feature = likeness.words
        self._grams = (self._words.old, self._words.new)
        self._mass = (self._words.old_mass, self._words.new_mass)
        self._marks = np.zeros(len(self._words.weights), dtype=bool)
        self._closed = closed
        # partners[0][i]: the new items of old item i; partners[1][j]: the old items of new item j.
        self.partners: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        for i, j in pairs:
            self.partners[0][i], self.partners[1][j] = [j], [i]
        self._wholes: tuple[dict[int, list[tuple[int, float]]], dict[int, list[tuple[int, float]]]] = ({}, {})

    def join(self) -> None:
        """Join parts to their wholes, the surest first, until no item is left that belongs to another."""
        waiting = {(new, at) for new in (False, True) for at in range(len(self._grams[new])) if self._free(new, at)}
        self._look(waiting)
        known = {item: self._best(*item) for item in waiting}
        for _ in range(4 * len(waiting) + 1):
            chances = [part for part in known.values() if part is not None]
            if not chances:
                return
            part = min(chances, key=lambda part: (-round(part.strength, 9), part.new, part.at, part.whole))
            touched = self._joined(part)
            freed = {item for item in touched if item not in known and self._free(*item)}
            self._look(freed)
            for item in freed | set(known):
                if (
                    item in touched
                    or item in freed
                    or any((not item[0], whole) in touched for whole, _ in self._wholes[item[0]].get(item[1], ()))
                ):
                    known[item] = self._best(*item)

    def _free(self, new: bool, at: int) -> bool:
        """Whether an item has no partner, or one alone that it is not much like."""
        if at in self._closed[new]:
            return False
        partners = self.partners[new].get(at, [])
        if len(partners) != 1:
            return not partners
        pair = (partners[0], at) if new else (at, partners[0])
        return len(self.partners[not new][partners[0]]) == 1 and self._scores.get(pair, 1.0) < DOUBTFUL

    def _look(self, items: set[tuple[bool, int]]) -> None:
        """The items of the other side in which the most of each item's words stand, with how much."""
        import numpy as np

        for new in (False, True):
            own = np.array(sorted(at for side, at in items if side == new), dtype=np.int64)
            for rows in blocks(len(own)):
                shares = self._words.shared(own[rows], of_new=new) / np.maximum(self._mass[new][own[rows], None], 1e-9)
                shares[:, sorted(self._closed[not new])] = 0
                for at, row in zip(own[rows], shares, strict=True):
                    order = np.lexsort((np.arange(len(row)), -row.round(9)))[: FEW + 1]
                    self._wholes[new][int(at)] = [(int(k), float(row[k])) for k in order if row[k] >= LIKELY]

    def _best(self, new: bool, at: int) -> Part | None:
        """The whole that an item most likely is a part of, if any; None too when it has a good partner."""
        if not self._free(new, at):
            return None
        held = self.partners[new].get(at, [])
        gains = [(self._gain(new, at, whole, share), whole, share) for whole, share in self._wholes[new].get(at, ())]
        # A twin that is about something else is no rival of the whole either.
        gains = [row for row in gains if not self._strange(new, at, row[1], row[0] < OWN * row[2])]
        best: Part | None = None
        for gain, whole, _ in gains:
            if whole in held or not self._open(new, whole):
                continue
            others = [gain for gain, other, _ in gains if other != whole]
            above = gain - max(others, default=0.0)
            strength = ABOVE_NEXT * above + STANDING * gain + SAME_TOPIC * self._topic(new, at, whole)
            alone = whole not in self.partners[not new]
            if alone and self._mass[new][at] > SHORTER * self._mass[not new][whole]:
                continue
            needed = (ALONE if alone else JOIN) + SHORT / len(self._grams[new][at]) ** 0.5
            if held:
                needed += CLEARLY
            if above > (CLEARLY if held else 0.0) and strength >= needed and gain * len(self._grams[new][at]) >= FEWEST:
                part = Part(strength, new, at, whole)
                best = part if best is None or (-round(strength, 9), whole) < (-round(best.strength, 9), best.whole) else best
        return best

    def _open(self, new: bool, whole: int) -> bool:
        """Whether an item may have one more partner: its one partner must have no other, and its pair be no part of a merge."""
        partners = self.partners[not new].get(whole, [])
        return all(len(self.partners[new][partner]) == 1 for partner in partners)

    def _gain(self, new: bool, at: int, whole: int, share: float) -> float:
        """The share of an item's words that stand in a whole and in no partner that this has already."""
        partners = [partner for partner in self.partners[not new].get(whole, ()) if partner != at]
        if not partners:
            return share
        self._marks[self._grams[not new][whole]] = True
        for partner in partners:
            self._marks[self._grams[new][partner]] = False
        own = self._grams[new][at]
        gain = float(self._words.weights[own[self._marks[own]]].sum()) / max(float(self._mass[new][at]), 1e-9)
        self._marks[self._grams[not new][whole]] = False
        return gain

    def _strange(self, new: bool, at: int, whole: int, common: bool) -> bool:
        """Whether an item is no part of a whole but its twin; a part has little in common with the whole's partner."""
        paired = whole in self.partners[not new]
        if paired and not common:
            return False
        old, other = (whole, at) if new else (at, whole)
        words = dice(self._words, self._words.old[old], self._words.new[other])
        return self._likeness.twins(old, other, words, names=not paired or words >= WHOLE)

    def _topic(self, new: bool, at: int, whole: int) -> float:
        topics = self._likeness.topics
        return dice(topics, topics.new[at] if new else topics.old[at], topics.old[whole] if new else topics.new[whole])

    def _joined(self, part: Part) -> set[tuple[bool, int]]:
        """Join; what it changed."""
        touched = {(part.new, part.at), (not part.new, part.whole)}
        for left in self.partners[part.new].pop(part.at, []):
            del self.partners[not part.new][left]
            touched.add((not part.new, left))
        self.partners[part.new][part.at] = [part.whole]
        whole = self.partners[not part.new].setdefault(part.whole, [])
        whole.append(part.at)
        touched |= {(part.new, other) for other in whole}
        return touched

    def result(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The groups by index, those of one old item first, each side in order."""
        found = [((i,), tuple(sorted(new))) for i, new in self.partners[0].items() if len(new) > 1 or len(self.partners[1][new[0]]) == 1]
        return found + [(tuple(sorted(old)), (j,)) for j, old in self.partners[1].items() if len(old) > 1]
