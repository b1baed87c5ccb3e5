#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace amer {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "amer: broken belief: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace amer
