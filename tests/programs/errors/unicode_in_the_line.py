# The marks stand in the right place in a line with letters of more than one byte.
α = 0.5
print("Größe ∇:", α)
print("∂y/∂x und Größe:", α / 0, "∇")
