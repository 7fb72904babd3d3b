# A method that a list does not have.
values = [1, 2, 3]
values.push(4)
