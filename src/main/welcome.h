#pragma once

#include <string>

#include "main/config/settings.h"
#include "main/secrets/passwords.h"
#include "main/serve.h"

namespace amer {

// What a newcomer can do next: where the centre listens, who the agents are and their passwords,
// the commands that place a first call. For the terminal only, never for the log.
std::string welcome(const ServeOptions& options, const config::Loaded& loaded,
                    const secrets::Passwords& passwords);

}  // namespace amer
