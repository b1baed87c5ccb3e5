#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/centre/centre.h"
#include "engine/clock.h"
#include "engine/journal.h"

namespace amer::engine {

// What became of a command: the journal number of its last event, or why not.
struct Outcome {
    enum class Kind : std::uint8_t { done, rejected, failed };

    Kind kind = Kind::done;
    std::uint64_t sequence = 0;   // done: last entry (0: nothing happened)
    std::vector<Entry> entries;   // done: what happened, in order
    centre::Rejection rejection;  // rejected
    std::string failure;          // failed: the journal could not be written
    std::uint64_t failures = 0;   // failed: so many batches with commands in order have by now
};

// The sender of commands whose order does not matter to him.
constexpr std::uint64_t kAnyOrder = std::numeric_limits<std::uint64_t>::max();

using Answer = std::function<void(const Outcome&)>;
// Told of entries in order, once each, on the engine thread, after they are durable; must only
// post and return.
using Subscriber = std::function<void(const std::vector<Entry>&)>;

struct EngineOptions {
    std::size_t mailbox_capacity = 65'536;
    std::size_t batch_max = 512;  // commands decided before one journal write (group commit)
    // Told in English, for operators who must hear of it: when the journal fails (and again every
    // ten seconds), when it works again, when a deadline passes without effect. Engine thread
    // (start(): the caller's); must be quick.
    std::function<void(const std::string&)> on_trouble = {};
};

struct EngineStatus {
    std::uint64_t sequence = 0;
    std::string state_hash;  // SHA-256 of the state's canonical text
    std::size_t contacts = 0, waiting = 0, agents_logged_in = 0, promises_open = 0;
    std::uint64_t commands = 0, batches = 0;
    std::optional<Instant> failing_since;  // the journal failed and no write has succeeded since
    std::string failure;                   // the last one's, while it fails
};

// Runs the core on one thread: mailbox -> decide -> apply -> journal -> publish -> answer. A batch
// is decided and applied in memory and written in one transaction; effects and answers only after.
// When the journal cannot be written nothing of the batch is published, the state is rebuilt from
// the journal, and every command is answered `failed` until a write succeeds again, which is tried
// every second even when nothing happens.
class Engine {
public:
    Engine(EngineOptions options, Journal& journal, Clock& clock);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Before start().
    void subscribe(Subscriber subscriber);
    // Replays the journal (fails if it cannot be read), then runs the thread. The owner posts
    // RecoverFromCrash and PublishConfiguration himself, in this order, before letting calls in.
    Result<void> start();
    // Works off what is in the mailbox, then ends the thread.
    void stop();

    // Any thread. False when the mailbox is full or the engine stopped: the caller applies its
    // policy (503, 429). An answer comes once, on the engine thread, and must not block. While the
    // journal fails, OpenContact is answered `failed` without a try; one a second is let through.
    // `failures_heard` (the last Outcome::failures that was told) keeps commands in order: while a
    // batch has failed of which the sender has not heard, his later commands fail without a try, so
    // that none overtakes what he has to say again.
    [[nodiscard]] bool submit(centre::Command command, Answer answer = {},
                              std::uint64_t failures_heard = kAnyOrder);

    // Runs `look` on the engine thread with the state between two batches; any thread but that
    // one; waits for it. Before start() and after stop() it runs on the caller's thread.
    void inspect(const std::function<void(const centre::State&)>& look);
    EngineStatus status();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The state that a journal leads to, and a hash of it; what `amer replay` prints.
struct Replayed {
    centre::State state;
    std::uint64_t sequence = 0;
    Instant last_at;
    std::string state_hash;
};
Result<Replayed> replay(Journal& journal);

}  // namespace amer::engine
