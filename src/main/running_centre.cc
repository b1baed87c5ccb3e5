#include "main/running_centre.h"

#include <future>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/engine.h"
#include "engine/system_clock.h"
#include "main/control/handlers.h"
#include "main/control/server.h"
#include "main/notifications/sending.h"
#include "main/readiness.h"
#include "main/secrets/passwords.h"
#include "main/signalling_thread.h"
#include "sip/transport/steady_now.h"
#include "sip/transport/transports.h"
#include "store/snapshot/keeper.h"
#include "store/sqlite/journal.h"
#include "telephony/access.h"
#include "telephony/switchboard.h"

namespace amer {

using namespace std::chrono_literals;

namespace {

// A recording that a crash cut off is made readable and told to the core; one without a file
// (the crash came between the decision and the first sound) is told as failed.
centre::FinishRecording finish_cut_off(RecordingId recording,
                                       const telephony::RecordingShelf& shelf) {
    centre::FinishRecording finish;
    finish.recording = recording;
    const auto recovered = media::recover_recording(shelf.file_of(recording));
    if (!recovered) {
        spdlog::warn("recording {} was cut off by a crash and has no sound: {}", recording.value,
                     recovered.error().what);
        finish.has_failed = true;
        return finish;
    }
    finish.length_ms = recovered->length.count();
    finish.bytes = recovered->bytes;
    finish.sha256 = recovered->sha256;
    return finish;
}

std::map<std::string, telephony::DigestSecret> digest_secrets(const secrets::Passwords& passwords,
                                                              const std::string& realm) {
    std::map<std::string, telephony::DigestSecret> users;
    for (const auto& [user, password] : passwords) {
        users[user] = {sip::digest_ha1(sip::DigestAlgorithm::md5, user, realm, password),
                       sip::digest_ha1(sip::DigestAlgorithm::sha256, user, realm, password)};
    }
    return users;
}

sip::TransportsOptions doors(const config::SystemSettings& system) {
    sip::TransportsOptions options;
    options.udp = system.sip.udp;
    options.tcp = system.sip.tcp;
    options.advertised_address = system.sip.advertised_address;
    options.tcp_options.limits.message_bytes = system.limits.message_bytes;
    return options;
}

media::Options media_options(const config::MediaSettings& settings) {
    media::Options options;
    options.threads = settings.threads;
    options.port_low = settings.port_low;
    options.port_high = settings.port_high;
    options.lost_after = settings.lost_after;
    return options;
}

sip::UserAgentOptions user_agent_options(const config::SystemSettings& system) {
    sip::UserAgentOptions options;
    options.realm = system.sip.realm;
    options.limits.message_bytes = system.limits.message_bytes;
    // MD5 first: many desk phones read only the first challenge and know nothing newer.
    options.digests = {sip::DigestAlgorithm::md5, sip::DigestAlgorithm::sha256};
    options.max_calls = system.limits.calls * 2;  // each call has up to two legs
    options.secret = fmt::format("{:016x}{:016x}", secrets::random_seed(), secrets::random_seed());
    return options;
}

std::vector<std::string> agent_names(const centre::Configuration& configuration) {
    std::vector<std::string> names;
    for (const centre::AgentRow& agent : configuration.agents) names.push_back(agent.id.value);
    return names;
}

}  // namespace

// Members stand in the order of their making; they go in the opposite one.
struct RunningCentre::Impl {
    Impl(const ServeOptions& chosen, const config::Loaded& loaded,
         std::unique_ptr<store::SqliteJournal> opened, const secrets::Passwords& passwords)
        : options{chosen},
          system{loaded.system},
          readiness{chosen.data},
          clock{chosen.clock_start},
          journal{std::move(opened)},
          engine{engine_options(), *journal, clock},
          transports{signalling.context(), doors(loaded.system)},
          commands{
              [this](centre::Command command, engine::Answer answer, std::uint64_t failures_heard) {
                  return submit(std::move(command), std::move(answer), failures_heard);
              },
              [this](Duration pause, std::function<void()> work) {
                  signalling.after(pause,
                                   [this, work = std::move(work)] { transports.post(work); });
              }},
          access{loaded.centre.trunks, digest_secrets(passwords, loaded.system.sip.realm)},
          prompts{chosen.prompts, shelf()},
          plane{media_options(loaded.system.media),
                [this](const media::Fact& fact) {
                    transports.post([this, fact] { switchboard.on_fact(fact); });
                }},
          switchboard{wiring()},
          user_agent{user_agent_options(loaded.system),
                     transports,
                     access,
                     switchboard,
                     secrets::random_seed(),
                     &transports} {
        switchboard.use(user_agent);
    }

    ~Impl() {
        control.reset();
        if (sending) sending->stop();
        signalling.stop();
        transports.detach();
        engine.stop();
    }

    static engine::EngineOptions engine_options() {
        engine::EngineOptions options;
        options.on_trouble = [](const std::string& trouble) { spdlog::critical("{}", trouble); };
        return options;
    }

    telephony::RecordingShelf shelf() const {
        return telephony::RecordingShelf{options.data / "recordings"};
    }

    telephony::Wiring wiring() {
        telephony::Wiring wiring{plane,
                                 prompts,
                                 shelf(),
                                 commands,
                                 sip::steady_now,
                                 system.media.address,
                                 system.sip.realm,
                                 // Leg numbers of two runs never meet in one journal.
                                 secrets::random_seed() >> 16U,
                                 {}};
        wiring.limits.calls = system.limits.calls;
        wiring.limits.new_calls_per_second = system.limits.new_calls_per_second;
        if (system.journal.when_unwritable == config::JournalSettings::WhenUnwritable::announce) {
            wiring.limits.apologies = system.journal.announced_at_once;
        }
        wiring.desk_codes = system.desk_codes;
        return wiring;
    }

    // The engine's answers come on its own thread; whoever asked lives on the signalling thread.
    bool submit(centre::Command command, engine::Answer answer, std::uint64_t failures_heard) {
        auto post = [this, answer = std::move(answer)](const engine::Outcome& outcome) {
            transports.post([answer, outcome] { answer(outcome); });
        };
        return engine.submit(std::move(command), std::move(post), failures_heard);
    }

    // Waits for the engine's answer; for the main thread, before calls come in.
    Result<void> submit_and_wait(centre::Command command) {
        auto promised = std::make_shared<std::promise<engine::Outcome>>();
        auto outcome = promised->get_future();
        const bool taken = engine.submit(
            std::move(command),
            [promised](const engine::Outcome& answer) { promised->set_value(answer); });
        if (!taken) return failure("the engine takes no commands");
        const engine::Outcome answer = outcome.get();
        if (answer.kind == engine::Outcome::Kind::failed) return failure(answer.failure);
        if (answer.kind == engine::Outcome::Kind::rejected) return failure(answer.rejection.text);
        return {};
    }

    Result<void> wake(const centre::Configuration& configuration);
    Result<void> prepare_sending(const centre::NotificationPlan& plan);
    Result<void> finish_recordings_cut_off();
    Result<void> open_doors();
    control::Json describe_wire();
    void on_signalling(const std::function<void()>& work);

    ServeOptions options;
    config::SystemSettings system;
    Readiness readiness;
    engine::SystemClock clock;
    std::unique_ptr<store::SqliteJournal> journal;
    control::Alarms alarms;
    engine::Engine engine;
    SignallingThread signalling;
    sip::Transports transports;
    telephony::CommandPost commands;
    telephony::Access access;
    telephony::PromptLibrary prompts;
    media::Plane plane;
    telephony::Switchboard switchboard;
    std::unique_ptr<notifications::Sending> sending;  // nothing: nobody is told anything
    sip::UserAgent user_agent;
    std::unique_ptr<control::Server> control;
    std::unique_ptr<store::SnapshotKeeper> snapshots;
};

Result<void> RunningCentre::Impl::wake(const centre::Configuration& configuration) {
    engine.subscribe([this](const std::vector<engine::Entry>& entries) {
        transports.post([this, entries] { switchboard.on_entries(entries); });
    });
    engine.subscribe([this](const std::vector<engine::Entry>& entries) { alarms.take(entries); });
    if (auto prepared = prepare_sending(configuration.notifications); !prepared) return prepared;
    if (auto started = engine.start(); !started) return started;
    snapshots = std::make_unique<store::SnapshotKeeper>(options.data);
    switchboard.use_configuration(configuration);
    // Ends what the process before us left alive; only then may anything new come in.
    if (auto recovered = submit_and_wait(centre::RecoverFromCrash{}); !recovered) return recovered;
    if (auto published = submit_and_wait(centre::PublishConfiguration{configuration}); !published) {
        return published;
    }
    if (sending) sending->start();
    return finish_recordings_cut_off();
}

Result<void> RunningCentre::Impl::prepare_sending(const centre::NotificationPlan& plan) {
    if (!system.notifications.wording) return {};
    auto made = notifications::Sending::make(system.notifications, plan, engine, clock);
    if (!made) return tl::unexpected<Error>{made.error()};
    sending = std::move(*made);
    return {};
}

Result<void> RunningCentre::Impl::finish_recordings_cut_off() {
    std::vector<RecordingId> pending;
    engine.inspect([&](const centre::State& state) {
        for (const auto& [id, recording] : state.recordings) pending.push_back(id);
    });
    for (const RecordingId recording : pending) {
        if (auto told = submit_and_wait(finish_cut_off(recording, shelf())); !told) return told;
    }
    return {};
}

Result<void> RunningCentre::Impl::open_doors() {
    signalling.start();
    auto opened = std::make_shared<std::promise<Result<void>>>();
    auto result = opened->get_future();
    transports.post([this, opened] { opened->set_value(transports.open(user_agent)); });
    if (auto done = result.get(); !done) return done;

    control::Subjects subjects{
        engine, clock, options.data, [this] { return describe_wire(); }, transports.udp_local(),
        &alarms};
    if (sending) subjects.outbox = [this] { return sending->status(); };
    auto server = control::Server::start(control::socket_in(options.data),
                                         control::make_handlers(std::move(subjects)));
    if (!server) return tl::unexpected(server.error());
    control = std::move(*server);
    readiness.announce();
    return {};
}

void RunningCentre::Impl::on_signalling(const std::function<void()>& work) {
    std::promise<void> done;
    transports.post([&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

control::Json RunningCentre::Impl::describe_wire() {
    control::Json wire;
    on_signalling([&] {
        const auto counts = user_agent.statistics();
        wire = {{"received", counts.received},
                {"sent", counts.sent},
                {"malformed_answered", counts.malformed_answered},
                {"malformed_dropped", counts.malformed_dropped},
                {"refused_strangers", counts.refused_strangers},
                {"retransmissions", counts.retransmissions},
                {"overloaded", counts.overloaded},
                {"calls", counts.calls},
                {"transactions", counts.transactions},
                {"bindings", counts.bindings},
                {"contacts", switchboard.contacts()},
                {"turned_away", switchboard.turned_away()},
                {"legs", plane.legs()},
                {"facts_kept", commands.kept()}};
    });
    return wire;
}

RunningCentre::RunningCentre(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

RunningCentre::~RunningCentre() = default;

Result<std::unique_ptr<RunningCentre>> RunningCentre::start(const ServeOptions& options,
                                                            const config::Loaded& loaded) {
    auto journal = store::SqliteJournal::open(options.data);
    if (!journal) return tl::unexpected(journal.error());
    const auto passwords = secrets::keep_passwords(options.data, agent_names(loaded.centre));
    if (!passwords) return tl::unexpected(passwords.error());

    auto impl = std::make_unique<Impl>(options, loaded, std::move(*journal), *passwords);
    if (auto awake = impl->wake(loaded.centre); !awake) return tl::unexpected(awake.error());
    if (auto open = impl->open_doors(); !open) return tl::unexpected(open.error());
    return std::unique_ptr<RunningCentre>{new RunningCentre{std::move(impl)}};
}

void RunningCentre::end_calls() {
    constexpr auto kLongest = 3s;
    constexpr auto kLook = 20ms;
    impl_->on_signalling([this] { impl_->switchboard.take_no_new_calls(); });
    if (auto ended = impl_->submit_and_wait(centre::RecoverFromCrash{}); !ended) {
        spdlog::error("calls could not be ended in order: {}", ended.error().what);
        return;
    }
    const MonotonicInstant until = sip::steady_now() + kLongest;
    bool is_over = false;
    while (!is_over && sip::steady_now() < until) {
        std::this_thread::sleep_for(kLook);
        impl_->engine.inspect([&](const centre::State& state) {
            is_over = state.contacts.empty() && state.recordings.empty();
        });
    }
}

}  // namespace amer
