#include <memory>
#include <set>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/canonical_json.h"
#include "main/cli/ask_centre.h"
#include "main/cli/journal.h"
#include "main/control/describe.h"
#include "store/archive/archive.h"
#include "store/read/journal_range.h"

namespace amer::cli {
namespace {

struct Given {
    std::filesystem::path data = "data";
    std::uint64_t from = 1;
    std::uint64_t to = std::numeric_limits<std::int64_t>::max();
    std::uint64_t contact = 0;
};

template <typename T>
bool names(const T& value, ContactId contact) {
    if constexpr (std::is_same_v<T, ContactId>) {
        return value == contact;
    } else if constexpr (HasFields<T>) {
        return std::apply(
            [&](const auto&... field) { return (names(value.*field.member, contact) || ...); },
            T::fields());
    } else {
        return false;
    }
}

// Which entries are about a contact: those that name it or an offer of it.
class About {
public:
    explicit About(ContactId contact) : contact_{contact} {}

    bool operator()(const centre::Event& event) {
        if (!contact_) return true;
        if (const auto* rang = std::get_if<centre::OfferRang>(&event)) {
            return offers_.contains(rang->offer);
        }
        const bool is_named =
            std::visit([&](const auto& one) { return names(one, contact_); }, event);
        const auto* made = std::get_if<centre::OfferMade>(&event);
        if (is_named && made != nullptr) offers_.insert(made->offer);
        return is_named;
    }

private:
    ContactId contact_;
    std::set<OfferId> offers_;
};

void print_json(const engine::Entry& entry, const control::Describer& describer) {
    fmt::print("{{\"sequence\":{},\"decision\":{},\"at\":{},\"event\":{}}}\n", entry.sequence,
               entry.decision, describer.describe(entry.at).dump(), to_json(entry.event));
}

// "contact=1 queue=housing"; what is empty is left out.
std::string fields_of(const control::Json& event) {
    std::string all;
    for (const auto& [name, value] : event.items()) {
        const bool is_empty = value.is_null() || value == "" || value == control::Json::array();
        if (is_empty) continue;
        all += fmt::format("{}{}={}", all.empty() ? "" : " ", name,
                           value.is_string() ? value.get<std::string>() : value.dump());
    }
    return all;
}

void print_text(const engine::Entry& entry, const control::Describer& describer) {
    std::string name;
    control::Json fields;
    const auto describe = [&]<typename Event>(const Event& event) {
        name = Event::kTypeName;
        if constexpr (std::is_same_v<Event, centre::ConfigurationPublished>) {
            fields["version"] = event.configuration.version;
        } else {
            fields = describer.describe(event);
        }
    };
    std::visit(describe, entry.event);
    control::Json at;
    at["at"] = describer.describe(entry.at);
    fmt::print("{:>9}  {}  {:<22}  {}\n", entry.sequence, cell(at, "at"), name, fields_of(fields));
}

int show(const Invocation& invocation, const Given& given) {
    const auto journal = open_journal(given.data);
    if (!journal) return fail(journal.error().what);
    const auto end = store::journal_end(given.data);
    if (!end) return fail(end.error().what);
    const control::Describer describer{end->calendar};
    About is_about{ContactId{given.contact}};
    if (!invocation.as_json) {
        fmt::print("{:>9}  {:<19}  {:<22}  {}\n", "ENTRY", "AT", "EVENT", "WHAT");
    }
    const auto read =
        store::read_range(given.data, given.from, given.to, [&](const engine::Entry& entry) {
            if (!is_about(entry.event)) return;
            invocation.as_json ? print_json(entry, describer) : print_text(entry, describer);
        });
    if (!read) return fail(read.error().what);
    return kDone;
}

}  // namespace

void add_journal_show(CLI::App& journal, Invocation& invocation) {
    CLI::App* command = journal.add_subcommand("show",
                                               "The entries in their order, archived ones too; "
                                               "with --json one object a line, the event as "
                                               "docs/api/events.md says");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_option("--from", given->from, "The first entry")->capture_default_str();
    command->add_option("--to", given->to, "The last entry [the newest]");
    command->add_option("--contact", given->contact, "Only what is about this contact");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return show(invocation, *given); };
    });
}

}  // namespace amer::cli
