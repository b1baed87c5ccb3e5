#include "main/control/handlers.h"

#include <future>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "core/agent/agent.h"
#include "core/calendar/calendar.h"
#include "core/centre/state.h"
#include "main/config/table_reader.h"
#include "main/control/describe.h"
#include "store/read/reader.h"

namespace amer::control {
namespace {

constexpr std::size_t kMostRows = 100'000;

// Answers the questions; one object shared by all handlers, used on the control thread only.
class Desk {
public:
    explicit Desk(Subjects subjects) : subjects_{std::move(subjects)} {}

    Result<Json> status() {
        const engine::EngineStatus status = subjects_.engine.status();
        const calendar::Calendar calendar = calendar_in_force();
        const Describer describer{calendar};
        const Instant now = subjects_.clock.now();
        Json answer;
        answer["process"] = getpid();
        if (subjects_.udp.port != 0) {
            answer["sip"] = {{"address", subjects_.udp.address}, {"port", subjects_.udp.port}};
        }
        answer["now"] = describer.describe(now);
        answer["is_open"] = calendar::is_open(calendar, now);
        answer["closes"] = describer.describe(calendar::closing_of(calendar, now));
        const auto opening = calendar::next_opening(calendar, now);
        answer["next_opening"] = opening ? describer.describe(opening->from) : Json{};
        answer["contacts"] = status.contacts;
        answer["waiting"] = status.waiting;
        answer["agents_logged_in"] = status.agents_logged_in;
        answer["promises_open"] = status.promises_open;
        answer["sequence"] = status.sequence;
        answer["state_hash"] = status.state_hash;
        answer["commands"] = status.commands;
        answer["batches"] = status.batches;
        answer["journal_has_failed"] = status.failing_since.has_value();
        answer["journal_failing_since"] = describer.describe(status.failing_since);
        answer["journal_failure"] = status.failure;
        answer["notice"] = notice_in_force(describer, now);
        if (subjects_.alarms != nullptr) {
            answer["alarms"] = Json::object();
            for (const auto& [kind, alarm] : subjects_.alarms->since_start()) {
                answer["alarms"][kind] = describer.describe(alarm);
            }
        }
        if (subjects_.outbox) answer["notifications"] = describe_outbox(describer);
        if (subjects_.wire) answer["wire"] = subjects_.wire();
        return answer;
    }

    Result<Json> contacts(const Json& arguments) {
        const auto reader = open_reader();
        if (!reader) return tl::unexpected<Error>{reader.error()};
        const auto rows = (*reader)->contacts(rows_wanted(arguments, 20));
        if (!rows) return tl::unexpected<Error>{rows.error()};
        return Describer{calendar_in_force()}.describe(*rows);
    }

    Result<Json> promises(const Json& arguments) {
        const auto reader = open_reader();
        if (!reader) return tl::unexpected<Error>{reader.error()};
        const auto rows = arguments.value("open", false)
                              ? (*reader)->open_promises()
                              : (*reader)->promises(rows_wanted(arguments, 50));
        if (!rows) return tl::unexpected<Error>{rows.error()};
        return Describer{calendar_in_force()}.describe(*rows);
    }

    Result<Json> agents() {
        Json answer = Json::array();
        subjects_.engine.inspect([&](const centre::State& state) {
            const Describer describer{state.configuration.calendar};
            for (const centre::AgentRow& row : state.configuration.agents) {
                Json agent{
                    {"id", row.id.value}, {"name_ar", row.name.ar}, {"name_en", row.name.en}};
                const auto found = state.agents.find(row.id);
                const agent::Agent lives =
                    found != state.agents.end() ? found->second : agent::Agent{};
                agent["state"] = describer.describe(lives.state);
                agent["reason"] = lives.reason;
                agent["since"] =
                    found != state.agents.end() ? describer.describe(lives.since) : Json{};
                agent["until"] = describer.describe(lives.until);
                agent["contact"] = describer.describe(lives.contact);
                agent["languages"] = describer.describe(row.languages);
                agent["queues"] = Json::array();
                for (const centre::Membership& membership : row.queues) {
                    agent["queues"].push_back(membership.queue.value);
                }
                answer.push_back(std::move(agent));
            }
        });
        return answer;
    }

    Result<Json> change_agent(const Json& arguments) {
        const AgentId id{arguments.at("id").get<std::string>()};
        const auto state = arguments.at("state").get<std::string>();
        if (state == "ready") return submit(centre::SetReady{id});
        if (state == "logged_out") return submit(centre::LogOut{id});
        if (state == "not_ready") {
            return submit(centre::SetNotReady{id, arguments.value("reason", "break")});
        }
        if (state == "wrapped_up") return submit(centre::FinishWrapUp{id});
        if (state == "wrap_up") {
            return submit(centre::ExtendWrapUp{id, arguments.value("by_ms", 30'000)});
        }
        return failure(
            fmt::format("unknown state '{}': expected ready, not_ready, logged_out, wrapped_up or "
                        "wrap_up",
                        state));
    }

    // A notice for so long; without an area the one in force ends.
    Result<Json> notice(const Json& arguments) {
        const auto by = arguments.at("by").get<std::string>();
        if (!arguments.contains("area")) return submit(centre::EndNotice{by});
        const std::chrono::milliseconds lasts{arguments.at("for_ms").get<std::int64_t>()};
        const UnitId area{arguments.at("area").get<std::string>()};
        return submit(centre::SetNotice{area, subjects_.clock.now() + lasts, by});
    }

    // Closed in that stretch whatever its hours say; "until" (and "from") as RFC 3339, or as a
    // time of this day, "16:30".
    Result<Json> close(const Json& arguments) {
        const auto from = instant_wanted(arguments, "from");
        if (!from) return tl::unexpected<Error>{from.error()};
        const auto until = instant_wanted(arguments, "until");
        if (!until) return tl::unexpected<Error>{until.error()};
        calendar::Closure closure;
        closure.id = arguments.value("id", std::string{});
        closure.name_ar = arguments.at("reason_ar").get<std::string>();
        closure.name_en = arguments.at("reason_en").get<std::string>();
        closure.from = *from;
        closure.until = *until;
        const auto by = arguments.at("by").get<std::string>();
        closure.source = by;
        const auto scope = scope_wanted(arguments);
        if (!scope) return tl::unexpected<Error>{scope.error()};
        closure.scope = *scope;
        return describe_closing(carry_out(centre::CloseCentre{closure, by}));
    }

    Result<Json> reopen(const Json& arguments) {
        return describe_closing(carry_out(centre::ReopenCentre{
            arguments.value("closure", std::string{}), arguments.at("by").get<std::string>()}));
    }

    // Somebody else chooses: who takes a contact that waits, or for whom it is kept.
    Result<Json> assign(const Json& arguments) {
        const ContactId contact{arguments.at("contact").get<std::uint64_t>()};
        const AgentId agent{arguments.at("agent").get<std::string>()};
        const auto by = arguments.at("by").get<std::string>();
        if (!arguments.contains("for_ms")) {
            return submit(centre::AssignContact{contact, agent, by});
        }
        const auto for_ms = arguments.at("for_ms").get<std::int32_t>();
        return submit(centre::PreferAgent{contact, agent, for_ms, by});
    }

    // What is done to a contact that is being talked on.
    Result<Json> talk(const Json& arguments) {
        const ContactId contact{arguments.at("contact").get<std::uint64_t>()};
        const auto act = arguments.at("act").get<std::string>();
        const auto whom = arguments.value("whom", std::string{});
        const auto by = arguments.value("by", std::string{});
        const AgentId agent{whom};
        using contact::Part;
        if (act == "transfer") {
            return submit(centre::TransferContact{contact, QueueId{whom}, by});
        }
        if (act == "consult") return submit(centre::ConsultAgent{contact, agent});
        if (act == "confer") return submit(centre::ConferAll{contact});
        if (act == "hand-over") return submit(centre::HandOver{contact});
        if (act == "dismiss") return submit(centre::DismissParty{contact, agent});
        if (act == "listen") return submit(centre::Supervise{contact, agent, Part::listening});
        if (act == "whisper") return submit(centre::Supervise{contact, agent, Part::whispering});
        if (act == "barge") return submit(centre::Supervise{contact, agent, Part::barging});
        if (act == "pause-recording") return submit(centre::PauseRecording{contact, by});
        if (act == "resume-recording") return submit(centre::ResumeRecording{contact, by});
        return failure(fmt::format("nothing called '{}' can be done to a talk", act));
    }

private:
    Json describe_outbox(const Describer& describer) const {
        const outbox::OutboxStatus status = subjects_.outbox();
        return {{"owed", status.owed},
                {"sent", status.sent},
                {"given_up", status.given_up},
                {"last_error", status.last_error},
                {"failed_at", describer.describe(status.failed_at)},
                {"next_try", describer.describe(status.next_try)}};
    }

    static std::size_t rows_wanted(const Json& arguments, std::size_t usual) {
        return std::min(arguments.value("last", usual), kMostRows);
    }

    calendar::Calendar calendar_in_force() {
        calendar::Calendar calendar;
        subjects_.engine.inspect(
            [&](const centre::State& state) { calendar = state.configuration.calendar; });
        return calendar;
    }

    // Where it is, by id and names, and until when; null: none.
    Json notice_in_force(const Describer& describer, Instant now) {
        Json notice;
        subjects_.engine.inspect([&](const centre::State& state) {
            if (!state.notice || state.notice->until <= now) return;
            notice = describer.describe(*state.notice);
            for (const centre::Unit& unit : state.configuration.units) {
                if (unit.id == state.notice->area) notice["title"] = describer.describe(unit.title);
            }
        });
        return notice;
    }

    Result<std::unique_ptr<store::Reader>> open_reader() const {
        return store::Reader::open(subjects_.data);
    }

    // Now when the key is missing.
    Result<Instant> instant_wanted(const Json& arguments, const char* key) {
        const Instant now = subjects_.clock.now();
        if (!arguments.contains(key)) return now;
        const auto text = arguments.at(key).get<std::string>();
        if (const auto minute = config::minute_from(text)) {
            const calendar::Calendar calendar = calendar_in_force();
            const calendar::LocalDay today = calendar::local_time(calendar, now).day;
            return calendar::instant_of(calendar, today, *minute);
        }
        auto instant = parse_instant(text);
        if (instant) return instant;
        return failure(
            fmt::format("{}: '{}' is no instant: expected a time of this day such as "
                        "16:30, or 2026-11-19T16:30:00+04:00",
                        key, text));
    }

    static Result<calendar::Scope> scope_wanted(const Json& arguments) {
        using Kind = calendar::Scope::Kind;
        const auto emirate = arguments.value("emirate", std::string{});
        const auto office = arguments.value("office", std::string{});
        if (!emirate.empty() && !office.empty()) {
            return failure("an emirate and an office are named: expected one of them");
        }
        if (!office.empty()) return calendar::Scope{Kind::office, office};
        if (!emirate.empty()) return calendar::Scope{Kind::emirate, emirate};
        return calendar::Scope{};
    }

    // Which closures are set now, and the promises that were moved by it.
    Result<Json> describe_closing(const Result<engine::Outcome>& outcome) {
        if (!outcome) return tl::unexpected<Error>{outcome.error()};
        const Describer describer{calendar_in_force()};
        Json answer{
            {"sequence", outcome->sequence}, {"closures", Json::array()}, {"moved", Json::array()}};
        std::map<PromiseId, centre::PromiseRedated> moved;
        for (const engine::Entry& entry : outcome->entries) {
            if (const auto* set = std::get_if<centre::ClosureSet>(&entry.event)) {
                answer["closures"].push_back(describer.describe(set->closure));
                answer["calendar_version"] = set->calendar_version;
            }
            // Two closures may end at once, and move the same promise twice.
            if (const auto* redated = std::get_if<centre::PromiseRedated>(&entry.event)) {
                const auto [row, is_first] = moved.try_emplace(redated->promise, *redated);
                if (!is_first) row->second.due = redated->due;
            }
        }
        for (const auto& [promise, redated] : moved) {
            answer["moved"].push_back({{"promise", promise.value},
                                       {"due_before", describer.describe(redated.due_before)},
                                       {"due", describer.describe(redated.due)}});
        }
        return answer;
    }

    Result<Json> submit(centre::Command command) {
        const auto outcome = carry_out(std::move(command));
        if (!outcome) return tl::unexpected<Error>{outcome.error()};
        return Json{{"sequence", outcome->sequence}, {"events", outcome->entries.size()}};
    }

    // Answered when the journal holds what happened.
    Result<engine::Outcome> carry_out(centre::Command command) {
        const auto promise = std::make_shared<std::promise<engine::Outcome>>();
        std::future<engine::Outcome> answered = promise->get_future();
        const bool was_taken = subjects_.engine.submit(
            std::move(command),
            [promise](const engine::Outcome& outcome) { promise->set_value(outcome); });
        if (!was_taken) return failure("the centre is overloaded; try again");
        engine::Outcome outcome = answered.get();
        using Kind = engine::Outcome::Kind;
        if (outcome.kind == Kind::rejected) return failure(outcome.rejection.text);
        if (outcome.kind == Kind::failed) {
            return failure(fmt::format("the journal could not be written: {}", outcome.failure));
        }
        return outcome;
    }

    Subjects subjects_;
};

}  // namespace

Handlers make_handlers(Subjects subjects) {
    const auto desk = std::make_shared<Desk>(std::move(subjects));
    Handlers handlers;
    handlers["status"] = [desk](const Json&, const Progress&) { return desk->status(); };
    handlers["contacts"] = [desk](const Json& arguments, const Progress&) {
        return desk->contacts(arguments);
    };
    handlers["promises"] = [desk](const Json& arguments, const Progress&) {
        return desk->promises(arguments);
    };
    handlers["agents"] = [desk](const Json&, const Progress&) { return desk->agents(); };
    handlers["agent"] = [desk](const Json& arguments, const Progress&) {
        return desk->change_agent(arguments);
    };
    handlers["notice"] = [desk](const Json& arguments, const Progress&) {
        return desk->notice(arguments);
    };
    handlers["close"] = [desk](const Json& arguments, const Progress&) {
        return desk->close(arguments);
    };
    handlers["reopen"] = [desk](const Json& arguments, const Progress&) {
        return desk->reopen(arguments);
    };
    handlers["assign"] = [desk](const Json& arguments, const Progress&) {
        return desk->assign(arguments);
    };
    handlers["talk"] = [desk](const Json& arguments, const Progress&) {
        return desk->talk(arguments);
    };
    return handlers;
}

}  // namespace amer::control
