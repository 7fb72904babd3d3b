# A pie: wedges with names and shares; a shape added to its axes.
import matplotlib.pyplot as plt
from matplotlib import patches

wedges, texts, shares = plt.pie([35, 25, 40], labels=["cats", "dogs", "birds"], autopct="%1.1f%%", startangle=90)
print(len(wedges), [t.get_text() for t in texts], [t.get_text() for t in shares])
plt.gca().add_patch(patches.Rectangle((-1, -1), 0.5, 0.2, fill=False))
plt.show()
