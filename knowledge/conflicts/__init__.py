"""What published documents say twice, or differently: contradictions and near-copies.

The register's chunks come before. `contradictions` is read top down: `statements` of each sentence
(`numerals`, `quantities`, `modality`, `naming`, `wording`), the `nearest` of each, their
`disagreement`, and their `likeness` in what they speak of.
"""
