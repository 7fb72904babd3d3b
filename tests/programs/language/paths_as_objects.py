# pathlib and os.path take paths apart and put them together; no disk is asked.
import os
import os.path as osp
from pathlib import Path

p = Path("runs") / "first" / "model.tar.gz"
print(p, repr(p), p.name, p.stem, p.suffix, p.suffixes, p.parent, list(p.parents), p.parts)
print(p.with_suffix(".pt"), p.with_name("x"), Path("/a") / "b", Path("a", "/b"), Path("a//b/./c"), Path(), Path("a") == Path("a/"), p.is_absolute())
print(p.relative_to("runs"), str(Path("/x/y").parent), os.fspath(p), sorted([Path("b"), Path("a")]), "x" / Path("y"))
print(osp.join("a", "b.txt"), osp.splitext("a/b.txt"), osp.basename("a/b"), osp.dirname("a/b"), osp.normpath("a/../b//c/."), osp.isabs("/a"), osp.relpath("/a/b", "/a/c"))
print(os.path.commonprefix(["abc", "abd"]), Path("data.csv").exists())
