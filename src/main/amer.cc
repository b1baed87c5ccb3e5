#include "main/cli/run.h"

int main(int argc, char** argv) { return amer::cli::run(argc, argv); }
