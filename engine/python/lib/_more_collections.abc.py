# The views of mappings in `collections.abc`, asked for by isinstance(). Runs in the module's own namespace.
class _ViewMeta(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, cls._views)
    def __subclasscheck__(cls, other):
        return issubclass(other, cls._views) or cls in other.__mro__
_views = type({}.keys()), type({}.values()), type({}.items())
MappingView = _ViewMeta("MappingView", (), {"_views": _views})
KeysView = _ViewMeta("KeysView", (), {"_views": _views[:1]})
ValuesView = _ViewMeta("ValuesView", (), {"_views": _views[1:2]})
ItemsView = _ViewMeta("ItemsView", (), {"_views": _views[2:]})
ByteString = _ViewMeta("ByteString", (), {"_views": (bytes,)})
for _name in ("MappingView", "KeysView", "ValuesView", "ItemsView", "ByteString"):
    globals()[_name].__module__ = "collections.abc"
