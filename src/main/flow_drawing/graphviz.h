#pragma once

#include <string>

#include "base/result.h"

namespace amer::flow_drawing {

// Runs graphviz's program `dot`: the drawing as SVG. Fails with the package's name where it is not
// installed; everything else works without it.
Result<std::string> svg_of(const std::string& dot);

}  // namespace amer::flow_drawing
