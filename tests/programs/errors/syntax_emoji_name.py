# A picture is no letter: it cannot stand in a name.
weight = 2.0
w😀 = weight
