// The dunder names that the machine itself asks for, interned once.
#pragma once
#include "python/object.h"

namespace nabla::names {

#define NABLA_NAMES(X)                                                                                                      \
  X(init, "__init__") X(new_, "__new__") X(del, "__del__") X(call, "__call__") X(get, "__get__") X(set, "__set__") X(getattr, "__getattr__")  \
  X(getattribute, "__getattribute__")                                                                                       \
  X(setattr, "__setattr__") X(delattr, "__delattr__") X(getitem, "__getitem__") X(setitem, "__setitem__")                   \
  X(delitem, "__delitem__") X(contains, "__contains__") X(len, "__len__") X(bool_, "__bool__") X(hash, "__hash__")          \
  X(iter, "__iter__") X(next, "__next__") X(repr, "__repr__") X(str, "__str__") X(format, "__format__")                     \
  X(enter, "__enter__") X(exit, "__exit__") X(name, "__name__") X(qualname, "__qualname__") X(module, "__module__")         \
  X(doc, "__doc__") X(dict, "__dict__") X(class_, "__class__") X(bases, "__bases__") X(mro, "__mro__")                      \
  X(classcell, "__classcell__") X(set_name, "__set_name__") X(init_subclass, "__init_subclass__") X(eq, "__eq__")           \
  X(ne, "__ne__") X(annotations, "__annotations__") X(all, "__all__") X(file, "__file__") X(main, "__main__")               \
  X(traceback, "__traceback__") X(path, "__path__") X(defaults, "__defaults__") X(wrapped, "__wrapped__") X(slots, "__slots__") X(prepare, "__prepare__") X(class_getitem, "__class_getitem__")

#define NABLA_DECLARE(variable, text) extern Str* const variable;
NABLA_NAMES(NABLA_DECLARE)
#undef NABLA_DECLARE

}  // namespace nabla::names
