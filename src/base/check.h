#pragma once

namespace amer {

// Prints the broken belief and aborts. After an abort the journal is replayed, so stopping is
// safer than going on with a state that nobody understands.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace amer

// States what must be true; a false condition is a bug in the program, in release too.
#define AMER_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::amer::check_failed(#condition, __FILE__, __LINE__))
