"""What customers ask and complain about, at the rim: REST, the managers' panel, the report."""
