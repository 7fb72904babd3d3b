// A mark of constant data that in wasm lie in the second file: see Note [Texts] in python/library.h.
#pragma once

#ifdef __EMSCRIPTEN__
#define NABLA_LATE __attribute__((section("nabla_late")))
#else
#define NABLA_LATE
#endif
