#include "main/config/sections.h"

#include <utility>

#include <fmt/format.h>

namespace amer::config {
namespace {

callback::AttemptRule read_outcome(TableReader& row, std::int32_t usual_pause_ms) {
    using Outcome = callback::AttemptOutcome;
    callback::AttemptRule rule;
    rule.outcome = row.choice<Outcome>("is",
                                       {{"no-answer", Outcome::no_answer},
                                        {"busy", Outcome::busy},
                                        {"rejected", Outcome::rejected},
                                        {"invalid-number", Outcome::invalid_number},
                                        {"network", Outcome::network},
                                        {"gave-up", Outcome::gave_up},
                                        {"voicemail", Outcome::voicemail},
                                        {"left-waiting", Outcome::left_waiting}},
                                       Outcome::no_answer);
    rule.pause_ms = row.milliseconds("pause", usual_pause_ms);
    rule.counts = row.truth("counts", callback::counts_by_itself(rule.outcome));
    rule.is_last = row.truth("is_last", rule.is_last);
    row.finish();
    return rule;
}

void read_promises(TableReader& table, centre::PromisePlan& promises) {
    promises.tries = static_cast<std::int32_t>(table.whole("tries", promises.tries, 1, 20));
    promises.pause_ms = table.milliseconds("pause", promises.pause_ms);
    promises.ring_ms = table.milliseconds("ring", promises.ring_ms);
    promises.queue = table.name<QueueId>("queue");
    promises.trunk = table.name<TrunkId>("trunk");
    promises.greeting = table.name<PromptId>("greeting", promises.greeting);
    promises.briefing = table.name<PromptId>("briefing", promises.briefing);
    promises.machine_after_ms = table.milliseconds("machine_after", promises.machine_after_ms);
    promises.shared_numbers = table.numbers("shared_numbers");
    promises.share_percent =
        static_cast<std::int32_t>(table.whole("share_of_agents", promises.share_percent, 1, 100));
    using Mode = callback::DialMode;
    promises.mode = table.choice<Mode>(
        "dialling", {{"agent-first", Mode::agent_first}, {"customer-first", Mode::customer_first}},
        promises.mode, "agent-first");
    promises.agents_per_customer = static_cast<std::int32_t>(
        table.whole("agents_per_customer", promises.agents_per_customer, 1, 1'000));
    promises.sorry = table.name<PromptId>("sorry", promises.sorry);
    const auto hours = table.spans("call_hours");
    if (hours.size() > 1) {
        table.refuse("call_hours", "'call_hours' has several stretches: expected one");
    } else if (!hours.empty()) {
        promises.call_from_minute = hours[0].from_minute;
        promises.call_until_minute = hours[0].until_minute;
    }
    for (TableReader& row : table.rows("outcome", "promises.outcomes")) {
        promises.outcomes.push_back(read_outcome(row, promises.pause_ms));
    }
    table.finish();
}

void read_recording(TableReader& table, centre::RecordingPlan& recording) {
    recording.is_on = table.truth("is_on", recording.is_on);
    recording.shortest_message_ms =
        table.milliseconds("shortest_message", recording.shortest_message_ms);
    recording.longest_pause_ms = table.milliseconds("longest_pause", recording.longest_pause_ms);
    table.finish();
}

void read_sip(TableReader& table, SipSettings& sip) {
    sip.udp = table.endpoint("udp", sip.udp);
    sip.tcp = table.endpoint("tcp", sip.tcp);
    sip.advertised_address = table.text("advertised_address", sip.advertised_address);
    sip.realm = table.text("realm", sip.realm);
    if (!sip.udp && !sip.tcp) table.refuse("", "'udp' and 'tcp' are both \"off\": expected one on");
    table.finish();
}

void read_media(TableReader& table, MediaSettings& media) {
    media.address = table.text("address", media.address);
    media.port_low =
        static_cast<std::uint16_t>(table.whole("port_low", media.port_low, 1'024, 65'000));
    media.port_high =
        static_cast<std::uint16_t>(table.whole("port_high", media.port_high, 1'024, 65'535));
    if (media.port_high < media.port_low + 3) {
        table.refuse("port_high", fmt::format("'port_high' is {}: expected room for two calls' "
                                              "ports above 'port_low', {}",
                                              media.port_high, media.port_low));
    }
    media.threads = static_cast<int>(table.whole("threads", media.threads, 1, 64));
    media.lost_after = std::chrono::milliseconds{
        table.milliseconds("lost_after", static_cast<std::int32_t>(media.lost_after.count()))};
    table.finish();
}

void read_limits(TableReader& table, LimitSettings& limits) {
    limits.calls = static_cast<std::size_t>(
        table.whole("calls", static_cast<std::int64_t>(limits.calls), 1, 100'000));
    limits.new_calls_per_second = static_cast<std::size_t>(table.whole(
        "new_calls_per_second", static_cast<std::int64_t>(limits.new_calls_per_second), 1, 10'000));
    limits.message_bytes = static_cast<std::size_t>(table.whole(
        "message_bytes", static_cast<std::int64_t>(limits.message_bytes), 2'048, 65'535));
    table.finish();
}

void read_journal(TableReader& table, JournalSettings& journal) {
    using When = JournalSettings::WhenUnwritable;
    journal.when_unwritable = table.choice<When>(
        "when_unwritable", {{"refuse", When::refuse}, {"announce", When::announce}}, When::refuse,
        "refuse");
    journal.announced_at_once = static_cast<std::size_t>(table.whole(
        "announced_at_once", static_cast<std::int64_t>(journal.announced_at_once), 1, 10'000));
    table.finish();
}

}  // namespace

void read_centre(TableReader& file, centre::Configuration& centre, SystemSettings& system) {
    centre.ministry = file.text_pair("ministry");
    centre.country = file.text("country", centre.country);
    const bool is_country = centre.country.size() == 2 && centre.country[0] >= 'A' &&
                            centre.country[0] <= 'Z' && centre.country[1] >= 'A' &&
                            centre.country[1] <= 'Z';
    if (!is_country) {
        file.refuse("country", fmt::format("'country' is \"{}\": expected two capital letters of "
                                           "ISO 3166 such as \"AE\"",
                                           centre.country));
    }
    if (auto table = file.table("promises", "promises")) {
        read_promises(*table, centre.promises);
    } else {
        file.refuse("promises",
                    "the table [promises] is missing: expected at least 'queue' and "
                    "'trunk', who returns calls and by which way");
    }
    if (auto table = file.table("recording", "recording")) read_recording(*table, centre.recording);
    if (auto table = file.table("sip", "sip")) read_sip(*table, system.sip);
    if (auto table = file.table("media", "media")) read_media(*table, system.media);
    if (auto table = file.table("limits", "limits")) read_limits(*table, system.limits);
    if (auto table = file.table("journal", "journal")) read_journal(*table, system.journal);
    if (auto table = file.table("prompts", "prompts")) {
        system.prompts.recorded = table->text("recorded", "");
        table->finish();
    }
    read_notifications(file, centre.notifications, system.notifications);
    file.finish();
}

void read_numbers(TableReader& file, centre::Configuration& centre) {
    for (TableReader& row : file.rows("number", "numbers")) {
        centre::DialledNumber number;
        number.number = row.number("number");
        number.also = row.texts("also", {});
        number.title = row.text_pair("title");
        number.flow = row.name<FlowId>("flow");
        number.after_agent = row.name<FlowId>("after_agent", FlowId{});
        row.finish();
        centre.numbers.push_back(std::move(number));
    }
    file.finish();
}

void read_units(TableReader& file, centre::Configuration& centre) {
    using Kind = centre::Unit::Kind;
    for (TableReader& row : file.rows("unit", "units")) {
        centre::Unit unit;
        unit.id = row.name<UnitId>("id");
        unit.kind = row.choice<Kind>(
            "kind", {{"department", Kind::department}, {"branch", Kind::branch}}, Kind::department);
        unit.title = row.text_pair("title");
        unit.spoken = row.name<PromptId>("spoken", PromptId{"UNIT-" + unit.id.value});
        unit.emirate = row.text("emirate", "");
        row.finish();
        centre.units.push_back(std::move(unit));
    }
    file.finish();
}

void read_trunks(TableReader& file, centre::Configuration& centre) {
    for (TableReader& row : file.rows("trunk", "trunks")) {
        centre::Trunk trunk;
        trunk.id = row.name<TrunkId>("id");
        trunk.peers = row.texts("peers");
        for (const std::string& peer : trunk.peers) {
            if (endpoint_from(peer) || endpoint_from(peer + ":5060") ||
                endpoint_from("[" + peer + "]:5060")) {
                continue;
            }
            row.refuse("peers", fmt::format("'peers' has \"{}\": expected literal addresses such "
                                            "as \"192.0.2.7\" or \"2001:db8::7\"",
                                            peer));
        }
        trunk.host = row.text("host");
        trunk.port = static_cast<std::uint16_t>(row.whole("port", trunk.port, 1, 65'535));
        trunk.caller_number = row.text("caller_number");
        trunk.channels =
            static_cast<std::int32_t>(row.whole("channels", trunk.channels, 1, 10'000));
        row.finish();
        centre.trunks.push_back(std::move(trunk));
    }
    file.finish();
}

}  // namespace amer::config
