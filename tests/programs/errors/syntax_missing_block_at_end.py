# A class without a body at the end.
class A:
