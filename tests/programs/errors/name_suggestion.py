# A misspelt name: Python guesses which one was meant.
learning_rate = 0.1
steps = 5
for step in range(steps):
    print(step * learning_rat)
