"""What tracing found, for the terminal, for programs and as Parquet; the page for a browser is in `report.html.trace`.

Traced ──► pairs (who shares what with whom, each pair as it is shown) ──► terminal
└─► values (plain data by a published schema) ──► JSON, Parquet
"""
