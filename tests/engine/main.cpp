// doctest's own main. The tests stand in the other files, one for each layer or family of operators.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
