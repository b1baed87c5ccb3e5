#include "core/centre/check_configuration.h"

namespace amer::centre {

std::vector<Problem> check_configuration(const Configuration&) { return {}; }

}  // namespace amer::centre
