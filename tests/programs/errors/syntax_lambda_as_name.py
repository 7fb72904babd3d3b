# lambda as a variable.
lambda = 0.1
