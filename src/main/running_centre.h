#pragma once

#include <memory>

#include "base/result.h"
#include "main/config/settings.h"
#include "main/serve.h"

namespace amer {

// Everything that a serving process is, wired together and running: journal, engine, media,
// signalling, control socket. Made and ended on the main thread.
class RunningCentre {
public:
    // Replays the journal, ends what a crash left alive, publishes the configuration, finds the
    // recordings a crash cut off, opens the doors. Errors are in the user's words.
    static Result<std::unique_ptr<RunningCentre>> start(const ServeOptions& options,
                                                        const config::Loaded& loaded);
    ~RunningCentre();
    RunningCentre(const RunningCentre&) = delete;
    RunningCentre& operator=(const RunningCentre&) = delete;

    // Takes no new calls, ends those that are alive (who waited is promised a call), waits until
    // their recordings are complete, a few seconds at most.
    void end_calls();

private:
    struct Impl;
    explicit RunningCentre(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace amer
