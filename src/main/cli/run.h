#pragma once

namespace amer::cli {

// The program: reads the command line and does what it says. The exit code: 0 done, 1 it could not
// be done, 2 the command line was wrong.
int run(int argc, const char* const* argv);

}  // namespace amer::cli
