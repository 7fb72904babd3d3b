# What loggers write: levels, formats, handlers on stdout and stderr, parents, an exception, and what is wrong.
import logging
import sys

logging.warning("step %d: loss is %s", 3, float("nan"))
logging.info("not shown")
log = logging.getLogger("train")
log.setLevel(logging.DEBUG)
log.debug("lr %.3f", 0.12345)
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("[%(levelname)s] %(name)s:%(lineno)d %(funcName)s | %(message)s"))
log.addHandler(handler)
log.propagate = False


def epoch(n):
    log.info("epoch %d", n)


epoch(1)
logging.basicConfig(level=logging.INFO, format="%(levelname)-8s %(message)s", stream=sys.stdout, force=True)
logging.info("loss %(loss).4f of %(name)s", {"loss": 0.25, "name": "net"})
logging.getLogger("a.b").error("from a child")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("a").exception("caught")
print(log, handler, logging.getLogger("a.b").parent, logging.getLogger(), log.isEnabledFor(10), logging.getLevelName(20), logging.getLevelName("INFO"))
log.log(25, "between two levels")
log.setLevel("ERROR")
log.warning("not shown")
log.critical({"a": 1})
for wrong in (lambda: log.setLevel("LOUD"), lambda: log.setLevel(1.5), lambda: logging.Formatter(style="x")):
    try:
        wrong()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
logging.disable(logging.CRITICAL)
log.critical("not shown")
