# One step too far in a list.
losses = [0.5, 0.25, 0.125]
for i in range(4):
    print(losses[i] - losses[i + 1])
