# A warning in what eval() and exec() run shows no line of source.
import warnings

eval("warnings.warn('from eval')")
exec("x = 1\nwarnings.warn('from exec')")
print(x)
