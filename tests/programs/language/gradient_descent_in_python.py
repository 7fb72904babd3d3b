# Gradient descent without any library: lists, functions and a derivative found by hand.
def loss(w, points):
    return sum((w[0] * x + w[1] - y) ** 2 for x, y in points) / len(points)

def gradient(w, points):
    errors = [(w[0] * x + w[1] - y, x) for x, y in points]
    n = len(points)
    return [2 * sum(e * x for e, x in errors) / n, 2 * sum(e for e, _ in errors) / n]

points = [(0, 1), (1, 3), (2, 5), (3, 7)]
w = [0.0, 0.0]
for step in range(201):
    if step % 50 == 0:
        print(f"{step:4} {loss(w, points):10.6f}  w = [{w[0]:.3f}, {w[1]:.3f}]")
    w = [wi - 0.1 * gi for wi, gi in zip(w, gradient(w, points))]
