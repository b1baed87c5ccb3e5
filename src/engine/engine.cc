#include "engine/engine.h"

#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/mailbox.h"
#include "engine/cycle.h"

namespace amer::engine {

namespace {

struct Look {
    const std::function<void(const centre::State&)>* look;
    std::promise<void>* done;
};
struct Wake {};  // the clock was moved
using Letter = std::variant<Submission, Look, Wake>;

// Looks and wakes find room even when commands fill the mailbox.
constexpr std::size_t kRoomForLooks = 4'096;

}  // namespace

struct Engine::Impl {
    enum class Stage : std::uint8_t { made, running, stopped };

    Impl(EngineOptions given, Journal& journal, Clock& its_clock)
        : options{std::move(given)},
          clock{its_clock},
          cycle{journal, its_clock, options.on_trouble},
          mailbox{options.mailbox_capacity + kRoomForLooks} {}

    void loop();
    void work_off(std::deque<Letter> letters);
    bool post(Letter letter);

    const EngineOptions options;
    Clock& clock;
    Cycle cycle;
    Mailbox<Letter> mailbox;
    std::atomic<std::size_t> commands_waiting{0};
    // Whoever posts holds the door, so that nothing is posted after the last letters were taken.
    std::mutex door;
    Stage stage = Stage::made;
    std::thread thread;
};

void Engine::Impl::loop() {
    for (;;) {
        const auto wake = cycle.next_wake();
        const bool is_due = wake && *wake <= clock.now();
        auto letters = is_due ? mailbox.take_all()
                              : mailbox.wait(wake ? clock.sleep_until(*wake) : std::nullopt);
        if (letters.empty() && mailbox.is_closed()) {
            // Closed after the taking: what was posted in between is still worked off.
            letters = mailbox.take_all();
            if (letters.empty()) return;
        }
        work_off(std::move(letters));
    }
}

void Engine::Impl::work_off(std::deque<Letter> letters) {
    std::vector<Submission> batch;
    const auto run = [&] {
        cycle.run(batch);
        commands_waiting -= batch.size();
        batch.clear();
    };
    for (Letter& letter : letters) {
        if (auto* submission = std::get_if<Submission>(&letter)) {
            batch.push_back(std::move(*submission));
            if (batch.size() >= options.batch_max) run();
        } else if (const auto* look = std::get_if<Look>(&letter)) {
            // Also without commands: who moved the clock and then looks sees what became due.
            run();
            (*look->look)(cycle.state());
            look->done->set_value();
        }
    }
    run();
}

bool Engine::Impl::post(Letter letter) {
    const std::scoped_lock hold{door};
    return stage != Stage::stopped && mailbox.post(std::move(letter));
}

Engine::Engine(EngineOptions options, Journal& journal, Clock& clock)
    : impl_{std::make_unique<Impl>(std::move(options), journal, clock)} {}

Engine::~Engine() { stop(); }

void Engine::subscribe(Subscriber subscriber) {
    AMER_CHECK(impl_->stage == Impl::Stage::made);
    impl_->cycle.subscribe(std::move(subscriber));
}

Result<void> Engine::start() {
    AMER_CHECK(impl_->stage == Impl::Stage::made);
    const auto loaded = impl_->cycle.load();
    if (!loaded) return loaded;
    impl_->clock.on_move([impl = impl_.get()] { static_cast<void>(impl->post(Wake{})); });
    const std::scoped_lock hold{impl_->door};
    impl_->stage = Impl::Stage::running;
    impl_->thread = std::thread{[impl = impl_.get()] { impl->loop(); }};
    return {};
}

void Engine::stop() {
    impl_->clock.on_move({});
    {
        const std::scoped_lock hold{impl_->door};
        if (impl_->stage != Impl::Stage::running) {
            impl_->stage = Impl::Stage::stopped;
            return;
        }
        AMER_CHECK(std::this_thread::get_id() != impl_->thread.get_id());
        impl_->stage = Impl::Stage::stopped;
    }
    impl_->mailbox.close();
    impl_->thread.join();
}

bool Engine::submit(centre::Command command, Answer answer, std::uint64_t failures_heard) {
    if (impl_->commands_waiting.fetch_add(1) < impl_->options.mailbox_capacity &&
        impl_->post(Submission{std::move(command), std::move(answer), failures_heard})) {
        return true;
    }
    --impl_->commands_waiting;
    return false;
}

void Engine::inspect(const std::function<void(const centre::State&)>& look) {
    std::promise<void> done;
    auto is_done = done.get_future();
    {
        const std::scoped_lock hold{impl_->door};
        if (impl_->stage == Impl::Stage::running) {
            AMER_CHECK(std::this_thread::get_id() != impl_->thread.get_id());
            AMER_CHECK(impl_->mailbox.post(Look{&look, &done}));
        } else {
            done.set_value();
            look(impl_->cycle.state());
        }
    }
    is_done.wait();
}

EngineStatus Engine::status() {
    EngineStatus status;
    inspect([&](const centre::State&) { status = impl_->cycle.status(); });
    return status;
}

}  // namespace amer::engine
