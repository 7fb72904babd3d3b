# The name ExceptionGroup: it comes with its base.
from builtins import BaseExceptionGroup

ExceptionGroup = BaseExceptionGroup.__subclasses__()[0]
