"""The managers' side of the served application: REST routes, the worker of jobs, the page."""
