# types.SimpleNamespace, and the types of things.
import types

args = types.SimpleNamespace(lr=0.1, epochs=3)
args.name = "run"
print(args, args.lr, args == types.SimpleNamespace(lr=0.1, epochs=3, name="run"))
print(isinstance(lambda: 0, types.FunctionType), isinstance(len, types.BuiltinFunctionType), types.NoneType)
print(vars(args))
