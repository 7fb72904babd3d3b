# exec without brackets.
exec "x = 1"
