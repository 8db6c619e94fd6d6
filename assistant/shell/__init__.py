"""The rim: command line, web application and pages. Imports everything; nothing imports it."""
