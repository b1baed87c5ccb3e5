#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"

namespace amer::cli {
namespace {

bool is_in_trouble(const control::Json& status) {
    return status.value("journal_has_failed", false);
}

void show_notice(const control::Json& notice) {
    if (!notice.is_object()) return fmt::print("  notice              none\n");
    const std::string area = cell(notice, "area");
    const auto title = notice.find("title");
    fmt::print("  notice              {}, until {}\n",
               title == notice.end() ? area : fmt::format("{} ({})", cell(*title, "en"), area),
               cell(notice, "until"));
}

// What it was about last: "contact 7", "promise 3" or nothing.
std::string subject_of(const control::Json& alarm) {
    for (const char* const key : {"contact", "promise"}) {
        if (alarm.contains(key) && !alarm[key].is_null()) {
            return fmt::format(", {} {}", key, cell(alarm, key));
        }
    }
    return "";
}

void show_alarms(const control::Json& alarms) {
    fmt::print("  alarms since start  {}\n", alarms.empty() ? "none" : "");
    for (const auto& [kind, alarm] : alarms.items()) {
        const bool is_one = alarm.value("times", 0) == 1;
        fmt::print("    {:<17} {}{}{}\n", kind, cell(alarm, "last"), subject_of(alarm),
                   is_one ? ""
                          : fmt::format("; {} times since {}", cell(alarm, "times"),
                                        cell(alarm, "first")));
    }
}

// What people outside are told: how much of it is on its way, and what last went wrong.
void show_notifications(const control::Json& told) {
    if (!told.is_object()) return fmt::print("  notifications       none are sent\n");
    fmt::print("  notifications       {} owed; since start {} sent, {} given up\n",
               cell(told, "owed"), cell(told, "sent"), cell(told, "given_up"));
    if (told.value("last_error", std::string{}).empty()) return;
    fmt::print("    last error        {}: {}\n", cell(told, "failed_at"), cell(told, "last_error"));
}

void show(const control::Json& status) {
    const bool is_open = status.value("is_open", false);
    if (is_in_trouble(status)) {
        fmt::print(
            "ALARM: since {} the journal cannot be written; new calls are turned away.\n"
            "       {}\n",
            cell(status, "journal_failing_since"), cell(status, "journal_failure"));
    }
    fmt::print("The centre runs (process {}) and is {}.\n", cell(status, "process"),
               is_open ? "open" : "closed");
    fmt::print("  its time            {}\n", cell(status, "now"));
    if (is_open) fmt::print("  closes              {}\n", cell(status, "closes"));
    fmt::print("  next opening        {}\n", cell(status, "next_opening"));
    fmt::print("  contacts            {}, {} waiting\n", cell(status, "contacts"),
               cell(status, "waiting"));
    fmt::print("  agents logged in    {}\n", cell(status, "agents_logged_in"));
    fmt::print("  promises open       {}\n", cell(status, "promises_open"));
    fmt::print("  journal             {} entries{}\n", cell(status, "sequence"),
               is_in_trouble(status) ? ", CANNOT BE WRITTEN" : "");
    fmt::print("  state               {}\n", cell(status, "state_hash"));
    show_notice(status.value("notice", control::Json{}));
    show_notifications(status.value("notifications", control::Json{}));
    show_alarms(status.value("alarms", control::Json::object()));
    const auto wire = status.find("wire");
    if (wire == status.end() || !wire->is_object()) return;
    for (const auto& [name, value] : wire->items()) {
        fmt::print("  {:<19} {}\n", name,
                   value.is_string() ? value.get<std::string>() : value.dump());
    }
}

// As a watch wants it: the exit code alone tells of an alarm.
int ask_status(const Invocation& invocation, const std::filesystem::path& data) {
    bool has_alarm = false;
    const auto print = [&](const control::Json& status) {
        has_alarm = is_in_trouble(status);
        print_answer(invocation, status, show);
    };
    const int asked = ask(data, "status", control::Json::object(), print);
    return has_alarm ? kAlarm : asked;
}

}  // namespace

void add_status(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand("status", "How the running centre stands");
    const auto data = std::make_shared<std::filesystem::path>("data");
    add_data_option(*command, *data);
    command->callback([data, &invocation] {
        invocation.work = [data, &invocation] { return ask_status(invocation, *data); };
    });
}

}  // namespace amer::cli
