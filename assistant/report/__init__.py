"""What reports of one HTML file share: markup, plots, style, numbers as each language has them."""
