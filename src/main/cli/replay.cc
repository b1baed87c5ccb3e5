#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/engine.h"
#include "main/cli/ask_centre.h"
#include "main/control/describe.h"

namespace amer::cli {
namespace {

// Shows how far a long journal is read; silent for a short one.
class Telling final : public engine::Journal {
public:
    explicit Telling(engine::Journal& journal) : journal_{journal} {}

    Result<void> append(const std::vector<engine::Entry>&) override {
        return failure("a replay writes nothing");
    }
    Result<void> read(std::uint64_t first,
                      const std::function<void(const engine::Entry&)>& take) override {
        return journal_.read(first, [&](const engine::Entry& entry) {
            take(entry);
            if (++read_ % 100'000 == 0) fmt::print(stderr, "{} entries read\n", read_);
        });
    }

private:
    engine::Journal& journal_;
    std::uint64_t read_ = 0;
};

int replay(const Invocation& invocation, const std::filesystem::path& data) {
    const auto journal = open_journal(data);
    if (!journal) return fail(journal.error().what);
    Telling telling{**journal};
    const auto replayed = engine::replay(telling);
    if (!replayed) return fail(replayed.error().what);
    const auto& state = replayed->state;
    const control::Describer describer{state.configuration.calendar};
    const bool has_entries = replayed->sequence > 0;
    const control::Json last =
        has_entries ? describer.describe(replayed->last_at) : control::Json{};
    const centre::Totals totals = centre::totals(state);
    const control::Json answer{{"sequence", replayed->sequence},
                               {"last_at", last},
                               {"contacts", totals.contacts},
                               {"promises_open", totals.promises_open},
                               {"state_hash", replayed->state_hash}};
    if (invocation.as_json) {
        fmt::print("{}\n", answer.dump());
        return kDone;
    }
    fmt::print("{} entries, the last of {}\n", cell(answer, "sequence"), cell(answer, "last_at"));
    fmt::print("{} contacts alive, {} promises open\n", totals.contacts, totals.promises_open);
    fmt::print("state {}\n", replayed->state_hash);
    return kDone;
}

}  // namespace

void add_replay(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "replay",
        "Rebuild the state from the journal and print its hash; changes nothing, and may "
        "be used beside a running centre");
    const auto data = std::make_shared<std::filesystem::path>("data");
    add_data_option(*command, *data);
    command->callback([data, &invocation] {
        invocation.work = [data, &invocation] { return replay(invocation, *data); };
    });
}

}  // namespace amer::cli
