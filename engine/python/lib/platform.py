# The module `platform`: a Python 3.11 in a web page or in node.
def python_version():
    return "3.11.2"
def python_implementation():
    return "nabla"
def system():
    return "nabla"
def machine():
    return "wasm32"
def processor():
    return ""
def release():
    return ""
def node():
    return ""
def python_version_tuple():
    return "3", "11", "2"
def platform(aliased=False, terse=False):
    return "nabla-wasm32"
