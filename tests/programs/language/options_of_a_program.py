# argparse, given the words of a command line: defaults, types, flags, choices, lists.
import argparse

parser = argparse.ArgumentParser(description="Train a model")
parser.add_argument("data")
parser.add_argument("-l", "--learning-rate", type=float, default=0.1, help="the step size")
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--no-cuda", action="store_true")
parser.add_argument("--kind", choices=["sgd", "adam"], default="sgd")
parser.add_argument("--sizes", type=int, nargs="+", default=[8])
parser.add_argument("-v", action="count", default=0)
print(parser.parse_args(["points.csv"]))
args = parser.parse_args(["points.csv", "--learning-rate", "1e-3", "--epochs=3", "--no-cuda", "--kind", "adam", "--sizes", "4", "2", "-v", "-v"])
print(args, args.learning_rate * 2, vars(args)["sizes"])
print(parser.parse_known_args(["x", "--unknown"]))
