# A table as text: join, format and alignment together.
rows = [("step", "loss", "note"), (1, 0.5, "start"), (10, 0.125, ""), (100, 0.0078125, "end")]
widths = [max(len(str(row[i])) for row in rows) for i in range(3)]
rule = "+".join("-" * (width + 2) for width in widths)
for number, row in enumerate(rows):
    cells = [f" {cell!s:>{width}} " if i < 2 else f" {cell:<{width}} " for i, (cell, width) in enumerate(zip(row, widths))]
    print("|".join(cells).rstrip())
    if number == 0:
        print(rule)
