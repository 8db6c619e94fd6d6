"""What published documents say twice, or differently: contradictions and near-copies.

The register's chunks come before. `contradictions` is read top down: `statements` of each sentence
(`knowledge.quantities`, `modality`, `naming`, `wording`), the `pairing` of those that are near each
other (`centring`, `nearest`), their `disagreement`, and their `likeness` in what they speak of
(`surroundings`).
"""
