"""What customers ask and complain about, as themes and measures. Pure: the rim reads and shows."""
