"""The customer directory: who a customer is, read from the company's own systems.

``service`` is what pages and routes call; ``ports`` what a directory must do; ``sql``, ``rest``
and ``none`` are the directories; ``mapping`` reads the file that says where their fields are.
Nothing that is read here is stored or logged.
"""
