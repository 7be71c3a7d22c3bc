"""The least image of a state under the permutations of a symmetry (plain engine).

The twin of `images.py`: the same order of images, records first, word by word. What becomes of a
part of a state is worked out once per part and permutation.
"""

from __future__ import annotations

from conclang.explore.plain_catalog import Catalog
from conclang.explore.symmetry import Symmetry


class Turning:
    """Replaces states by their least images."""

    def __init__(self, catalog: Catalog, symmetry: Symmetry) -> None:
        self.catalog, self.symmetry = catalog, symmetry
        count = len(symmetry.program.threads)
        self.comes = [[row.index(t) for t in range(count)] for row in symmetry.threads]
        self.known_records: list[dict[int, int]] = [{} for _ in symmetry.members]
        self.known_commons: dict[tuple[int, int], tuple[int, ...]] = {}

    def least(self, key: list[int]) -> int:
        """Make a state its least image; by which permutation."""
        best, which = self._records(0, key), 0
        for p in range(1, len(self.symmetry.members)):
            image = self._records(p, key)
            if self._precedes(p, image, which, best, key[0]):
                best, which = image, p
        if which:
            key[1:] = best
            words = list(self.catalog.commons[key[0]])
            for word, value in zip(self.symmetry.words, self._common(which, key[0]), strict=True):
                words[word] = value
            key[0] = self.catalog.common_of(tuple(words))
        return which

    def _precedes(self, p: int, image: list[int], q: int, other: list[int], common: int) -> bool:
        if image != other:
            records = self.catalog.records
            return [records[number] for number in image] < [records[number] for number in other]
        return self._common(p, common) < self._common(q, common)

    def _records(self, p: int, key: list[int]) -> list[int]:
        """The records of an image, by number."""
        if p == 0:
            return key[1:]
        comes, known, found = self.comes[p], self.known_records[p], []
        for t in range(len(key) - 1):
            number = key[(comes[t] if t < len(comes) else t) + 1]
            image = known.get(number)
            if image is None:
                words = self.symmetry.record(p, list(self.catalog.records[number]))
                image = known[number] = self.catalog.record_of(tuple(words), t)
            found.append(image)
        return found

    def _common(self, p: int, common: int) -> tuple[int, ...]:
        """The shared words of an image that may have changed."""
        found = self.known_commons.get((p, common))
        if found is None:
            words, sources = self.catalog.commons[common], self.symmetry.sources[p]
            found = tuple(
                self.symmetry.content(p, which, words[source])
                for which, source in enumerate(sources)
            )
            self.known_commons[p, common] = found
        return found

    def before(self, p: int, mask: int) -> int:
        """Threads as bits, as they were called before a permutation."""
        goes = self.symmetry.threads[p]
        moved = sum(1 << t for t, there in enumerate(goes) if t != there)
        return mask & ~moved | sum(1 << t for t, u in enumerate(goes) if t != u and mask >> u & 1)

    def memory(self) -> int:
        """Bytes, roughly."""
        return 100 * sum(map(len, self.known_records)) + 250 * len(self.known_commons)
