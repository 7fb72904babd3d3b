#!/usr/bin/python3
"""Records what real PyTorch prints for the programs under tests/programs.

    npm run record                      record every program
    npm run record -- optim slopes      record the group `optim` and the program `slopes`
    npm run record -- --check           change nothing; exit 1 if a file is not what PyTorch prints
    npm run record -- --plain           start a new interpreter for each program: slow, must give the same

The longer programs under tests/golden (the group `golden`) are recorded in the same way; their numbers are compared to four digits, not to
the letter (tests/node/golden.test.mjs).

The referee is the Python that Debian 12 calls /usr/bin/python3: CPython 3.11 with PyTorch 1.13.

A program `name.py` is run in a folder of its own, which is thrown away with what it wrote there, and what it did is kept beside it in `name.out`:

    the text it wrote to stdout, to the letter
    --- stderr ---            this line and the text after it only if it wrote to stderr
    its warnings and its traceback
    --- exit 1 ---            only if its exit status was not 0

Three things are taken out of stderr, since they tell of the machine or of PyTorch's inside and not of the program:

  - the folder of the script: `File "/somewhere/name.py"` becomes `File "name.py"`;
  - the end of PyTorch's own warnings, ` (Triggered internally at ...)`: a path in the source of that build;
  - the frames of a traceback that lie in Python files of PyTorch, numpy and matplotlib: a reader of nabla has no such files.

A program whose first line begins with `# differs from PyTorch:` has its `.out` written by hand and is left alone.

And one is changed: a warning that PyTorch's Python code gives at a line of its own is told at the line of the program that led there.

To be fast, torch is imported once and every program runs in a fork of that process, as `__main__` would run. `--plain` proves that
this makes no difference (but to the places of warnings).
"""

import argparse
import builtins
import difflib
import gc
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import types
import warnings
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"
FOLDERS = TESTS / "programs", TESTS / "golden"
STDERR_MARK = "--- stderr ---"
EXIT_MARK = "--- exit {} ---"
MAX_LINES = 40  # of a program; small enough to be read at a glance


# --- running a program -------------------------------------------------------------------------------------------------

def run_forked(program):
    """Runs the program in a fork of this process. Returns (stdout, stderr, exit status)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        sys.stdout.flush()  # else the fork would write our text too
        pid = os.fork()
        if pid == 0:
            become(program, out, err)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return read_back(out), read_back(err), status


def become(program, out, err):
    """Turns this process into one that was started as `python3 name.py`. Does not return."""
    os.chdir(program.parent)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    for stream in sys.stdout, sys.stderr:
        stream.reconfigure(encoding="utf-8", line_buffering=False)
    name = program.name
    sys.argv = [name]
    sys.path[0] = str(program.parent)
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__file__ = name
    main.__builtins__ = builtins
    warnings.showwarning = show_at_the_program
    # Our own frames must not count: a RecursionError comes at the same depth as in a plain run.
    sys.setrecursionlimit(sys.getrecursionlimit() + depth() + 1)
    status = 0
    try:
        exec(compile(program.read_text("utf-8"), name, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as stop:
        status = exit_status(stop.code)
    except BaseException as error:
        below_us = error.__traceback__.tb_next
        sys.excepthook(type(error), error.with_traceback(below_us), below_us)
        status = 1
    let_go(main.__dict__)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # tearing down torch would take a quarter of a second


def show_at_the_program(message, category, filename, lineno, file=None, line=None):
    """warnings.showwarning, for warnings that name a line of PyTorch's own."""
    import torch
    inside = str(Path(torch.__file__).parent)
    if filename.startswith(inside):
        frame = sys._getframe(1)
        while frame.f_back and (frame.f_code.co_filename.startswith(inside) or frame.f_globals.get("__name__") == "warnings"):
            frame = frame.f_back
        filename, lineno = frame.f_code.co_filename, frame.f_lineno
    sys.stderr.write(warnings.formatwarning(message, category, filename, lineno, line))


def exit_status(code):
    """What `sys.exit(code)` ends a process with."""
    if code is None or isinstance(code, int):
        return code or 0
    print(code, file=sys.stderr)
    return 1


def let_go(namespace):
    """Drops a module's names as the end of the interpreter does, private ones first, so that every __del__ still runs."""
    for private in True, False:
        for name in list(namespace):
            if name != "__builtins__" and name.startswith("_") == private:
                namespace[name] = None
    gc.collect()


def depth():
    frame, count = sys._getframe(1), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count


def run_plain(program):
    """Runs the program in an interpreter of its own. Returns (stdout, stderr, exit status)."""
    ran = subprocess.run([sys.executable, program.name], cwd=program.parent, stdin=subprocess.DEVNULL, capture_output=True,
                         env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    return ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"), ran.returncode


def read_back(file):
    file.seek(0)
    return file.read().decode("utf-8")


# --- from what it did to what is kept ------------------------------------------------------------------------------------

def expectation(program, run):
    """The text of the program's `.out` file, and what is wrong with it, in sentences."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copy(program, folder))
        out, err, status = run(copied)
    err = err.replace(f"{folder}/", "")
    err = re.sub(r" \(Triggered internally at .*?\)$", "", err, flags=re.MULTILINE)
    err = without_library_frames(err)
    text = out
    if err:
        text += f"{STDERR_MARK}\n{err}"
    if status:
        text += EXIT_MARK.format(status) + "\n"
    return text, complaints(program, out, err, text)


def without_library_frames(err):
    """Drops each frame of the libraries' own files: its `File` line, and the source and caret lines that follow."""
    import numpy
    import torch
    packages = Path(numpy.__file__).parent.parent
    inside = tuple(f'  File "{place}' for place in (f"{Path(torch.__file__).parent}/", f"{packages}/numpy/", f"{packages}/matplotlib/", "<__array_function__ internals>"))
    kept, dropping = [], False
    for line in err.splitlines(keepends=True):
        dropping = line.startswith(inside) or (dropping and line.startswith("    "))
        if not dropping:
            kept.append(line)
    return "".join(kept)


def complaints(program, out, err, text):
    """What is wrong with a program or with what it printed: nothing of the machine may get into a `.out` file."""
    lines = program.read_text("utf-8").splitlines()
    if not lines or not re.match(r"# .+\.$", lines[0]):
        yield "its first line is not a comment of one sentence"
    if len(lines) > MAX_LINES and program.parent.name != "golden":
        yield f"has {len(lines)} lines, more than {MAX_LINES}"
    for part, written in ("stdout", out), ("stderr", err):
        if written and not written.endswith("\n"):
            yield f"what it writes to {part} does not end with a newline"
        if re.search(r"^--- (stderr|exit -?\d+) ---$", written, re.MULTILINE):
            yield f"writes a line to {part} that looks like a mark of the format"
    if found := re.search(r"0x[0-9a-f]{6,}", text):
        yield f"prints a memory address: {found[0]}"
    if found := re.search(r"/(usr|root|home|tmp|work|build)/\S*", text):
        yield f"prints a path of this machine: {found[0]}"


# --- the command ---------------------------------------------------------------------------------------------------------

def all_files(ending):
    return sorted(file for folder in FOLDERS for file in folder.rglob(f"*{ending}"))


def chosen(names):
    """The programs that the names on the command line mean: groups, programs, or paths of programs; all if there are none."""
    everything = all_files(".py")
    if not names:
        return everything
    found = []
    for name in names:
        key = name.removesuffix(".py").rstrip("/").split("tests/programs/")[-1]
        matches = [p for p in everything if key in (p.stem, p.parent.name, f"{p.parent.name}/{p.stem}")]
        if not matches:
            sys.exit(f"record: there is no program or group {name!r}")
        found += matches
    return sorted(set(found))


def main():
    parser = argparse.ArgumentParser(description="Records what real PyTorch prints for the programs under tests/programs.")
    parser.add_argument("names", nargs="*", help="groups or programs; all if none is named")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is out of date")
    parser.add_argument("--plain", action="store_true", help="run each program in an interpreter of its own")
    options = parser.parse_args()

    os.environ["OMP_NUM_THREADS"] = "1"  # before torch: a fork does not inherit its threads
    os.environ["MPLBACKEND"] = "template"  # a backend that shows nothing and says nothing
    try:
        import torch  # noqa: F401  the one import that is slow, shared by all forks
    except ImportError:
        sys.exit(f"record: {sys.executable} has no PyTorch; on Debian 12: apt install python3-torch, then /usr/bin/python3 {sys.argv[0]}")

    recorded = changed = failed = 0
    for program in chosen(options.names):
        source = program.read_text("utf-8")
        if source.startswith("# differs from PyTorch:"):
            continue
        if "import sklearn" in source or "from sklearn" in source:
            if importlib.util.find_spec("sklearn") is None:
                print(f"{program.parent.name}/{program.stem}: left alone, it needs scikit-learn (on Debian 12: apt install python3-sklearn)")
                continue
        file = program.with_suffix(".out")
        name = f"{program.parent.name}/{program.stem}"
        text, wrong = expectation(program, run_plain if options.plain else run_forked)
        recorded += 1
        for sentence in wrong:
            failed += 1
            print(f"{name}: {sentence}")
        before = file.read_text("utf-8") if file.exists() else ""
        if text == before and file.exists():
            continue
        changed += 1
        if options.check:
            print(f"{name}: not what PyTorch prints")
            sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), text.splitlines(True), "kept", "printed now"))
        else:
            file.write_text(text, "utf-8")
            print(f"{name}: recorded")

    for orphan in sorted(set(all_files(".out")) - {p.with_suffix(".out") for p in chosen([])}):
        changed += 1
        print(f"{orphan.parent.name}/{orphan.name}: there is no such program")
        if not options.check:
            orphan.unlink()

    print(f"{recorded} programs, {changed} {'out of date' if options.check else 'changed'}, {failed} complaints")
    sys.exit(1 if failed or (options.check and changed) else 0)


if __name__ == "__main__":
    main()
