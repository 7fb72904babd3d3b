# Two kinds of values that an operator cannot join.
steps = 100
message = "after " + steps + " steps"
