"""The report of a run, alone or against another: one HTML file, Markdown, JUnit XML; all pure."""
