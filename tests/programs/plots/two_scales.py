# Axes with two scales share their x axis and its limits.
import matplotlib.pyplot as plt

fig, left = plt.subplots()
left.plot([3, 2, 1.5], "b-", label="loss")
right = left.twinx()
right.plot([50, 70, 90], "r--", label="accuracy")
print(left.get_xlim() == right.get_xlim(), left.get_ylim(), right.get_ylim())
plt.show()
