#pragma once

#include <memory>
#include <string>

#include "base/canonical_json.h"
#include "base/rng.h"
#include "core/centre/test_story.h"
#include "measure/measures.h"

// Days for tests of this room and of those that show its reports. Not part of the program.
namespace amer::measure::example {

using namespace std::chrono_literals;
using centre::example::Story;

inline calendar::LocalDay day(unsigned day_of_november) {
    return centre::example::local_day(2026, 11, day_of_november);
}

inline std::unique_ptr<Measures> fold(const Story& story, Limits limits = {}) {
    auto measures = std::make_unique<Measures>(limits);
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        measures->take(story.happened[at], story.happened_at[at]);
    }
    return measures;
}

inline Report report_of(const Story& story, calendar::LocalDay from, calendar::LocalDay until) {
    return fold(story)->report({from, until});
}
inline Report report_of(const Story& story, calendar::LocalDay day) {
    return report_of(story, day, day);
}

inline const Section& of_queue(const Report& report, const std::string& queue) {
    for (const Section& section : report.sections) {
        if (section.queue.value == queue) return section;
    }
    REQUIRE_MESSAGE(false, "no section of this queue");
    return report.sections.front();
}

inline std::string percent_in(const std::vector<Rate>& rates, const std::string& formula) {
    for (const Rate& rate : rates) {
        if (rate.formula == formula) return rate.percent;
    }
    return "there is no " + formula;
}

// A small day told call by call, and the morning after it.
//   10:00:01  answered after 4 s, talks 60 s          10:10  answered after 30 s, once not answered
//   10:20     gives up after 3 s, 12 s and 40 s       10:35  leaves in the greeting
//   18:00     a promise; called back on the next morning at 07:30, talks 100 s
inline Story small_day() {
    centre::Configuration rules = centre::example::configuration_with_survey();
    rules.queues[0].title = {"خدمة المتعاملين", "Customer service"};
    rules.queues[1].title = {"الإسكان", "Housing"};
    for (auto& agent : rules.agents) agent.name = {"باسم", "Basim"};
    rules.agents[0].name = {"أمل", "Amal"};
    rules.agents[2].name = {"كارلا", "Carla"};
    Story story{"2026-11-19 10:00", rules};
    story.log_in({"basim"});
    ContactId contact = story.call("8006679");
    story.pass(4s);
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    story.pass(60s);
    story.tell(centre::AgentLeft{contact, AgentId{"basim"}});
    story.press(contact, "1");
    story.hear_out(contact);
    story.pass_until("2026-11-19 10:10");
    contact = story.call("8006679", "+971501234568");
    story.tell(centre::ReportRinging{story.offer_to("basim")});
    story.pass(30s);
    story.tell(centre::SetReady{AgentId{"basim"}});
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    story.pass(90s);
    story.tell(centre::CallerLeft{contact});
    story.pass_until("2026-11-19 10:20");
    story.tell(centre::SetNotReady{AgentId{"basim"}, "break"});
    for (const auto patience : {3s, 12s, 40s}) {
        contact = story.call("8006679", "+971501234569");
        story.pass(patience);
        story.tell(centre::CallerLeft{contact});
    }
    story.pass_until("2026-11-19 10:35");
    contact = story.call("600500500", "+971501234570");
    story.pass(2s);
    story.tell(centre::CallerLeft{contact});
    story.tell(centre::SetReady{AgentId{"basim"}});
    story.pass_until("2026-11-19 18:00");
    contact = story.call("8006679", "+971501234571");
    story.tell(centre::CallerLeft{contact});
    story.pass_until("2026-11-20 07:30");
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    story.pass(10s);
    contact = story.the("basim").contact;
    story.tell(centre::CustomerAnswered{contact});
    story.hear_out(contact);
    story.pass(90s);
    story.tell(centre::CallerLeft{contact});
    story.pass_until("2026-11-20 08:00");
    story.tell(centre::LogOut{AgentId{"basim"}});
    return story;
}

// What callers were told of their wait, and what came of it. Basim alone serves; six talks of three
// minutes are the hour's history when three callers, a, b and c, join at 10:18:01. Who waits is
// told 10 s after he joined and then every 2 min:
//   told      minutes  range in s     came true
//   10:18:11  a 3      58.6..301.4    answered after 90 s
//             b 6      188.3..531.7   answered after 150 s
//             c 9      329.7..750.3   left after 190 s
//   10:20:11  b 3      54.9..282.3    answered after 30 s
//             c 6      176.3..497.9   left after 70 s
//   10:21:41  f 3      50.5..259.5    answered after 380 s; told again: 260, 140, 20 s
//   10:28:21  d 4      60.8..312.6    took a message's way after 370 s; again: 250, 130, 10 s
//   10:34:51  g 4      the same       kept his place after 10 s
//   12:00:10  e        nobody was handled in the hour before; he still waits at the end
inline Story told_day() {
    centre::Configuration rules = centre::example::with_choices(centre::example::configuration());
    rules.queues[0].announce_every_ms = 120'000;
    Story story{"2026-11-19 09:59:59", rules};
    story.log_in({"basim"});
    story.pass_until("2026-11-19 10:00:01");
    int callers = 0;
    const auto join = [&] {
        return story.call("8006679", "+97150" + std::to_string(1'000'000 + ++callers));
    };
    const auto answer = [&] { story.tell(centre::AcceptOffer{story.offer_to("basim")}); };
    const auto is_over = [&](ContactId talk) {
        story.tell(centre::CallerLeft{talk});
        story.tell(centre::FinishWrapUp{AgentId{"basim"}});
    };
    for (int talks = 0; talks < 6; ++talks) {
        const ContactId talk = join();
        answer();
        story.pass(3min);
        is_over(talk);
    }
    const ContactId talking = join();
    answer();
    const ContactId a = join();
    const ContactId b = join();
    const ContactId c = join();
    story.pass_until("2026-11-19 10:19:41");
    is_over(talking);  // it took 100 s
    answer();
    story.pass(60s);
    is_over(a);
    answer();
    story.pass(40s);
    story.tell(centre::CallerLeft{c});
    story.pass_until("2026-11-19 10:21:31");
    const ContactId f = join();
    story.pass_until("2026-11-19 10:28:01");
    is_over(b);  // it took 440 s
    answer();
    story.pass_until("2026-11-19 10:28:11");
    const ContactId d = join();
    story.pass_until("2026-11-19 10:34:31");
    story.tell(centre::PressDigit{d, "2"});
    story.tell(centre::CallerLeft{d});
    story.pass_until("2026-11-19 10:34:41");
    const ContactId g = join();
    story.pass(20s);
    story.tell(centre::PressDigit{g, "1"});
    story.tell(centre::CallerLeft{g});
    story.pass_until("2026-11-19 12:00");
    REQUIRE(story.lives(f));
    join();
    story.pass(20s);
    return story;
}

// A day on which anything happens to calls, as this seed has it: answers, refusals, hang-ups,
// surveys, lost agents, crashes, closing time over those who wait.
class RestlessDay {
public:
    explicit RestlessDay(std::uint64_t seed)
        : rng_{seed}, story{"2026-11-19 16:05", impatient(seed % 2 != 0)} {
        live_until("2026-11-19 16:50");
        story.pass_until("2026-11-20 07:31");
        live_until("2026-11-20 07:50");
    }

private:
    Rng rng_;

    template <typename Rows>
    typename Rows::key_type any_of(const Rows& rows) {
        return std::next(rows.begin(), static_cast<std::ptrdiff_t>(rng_.below(rows.size())))->first;
    }

    // Who waits for two minutes is asked for a message instead. He may stand in both queues.
    static centre::Configuration impatient(bool is_in_both) {
        centre::Configuration rules = centre::example::configuration_with_survey();
        for (centre::Queue& queue : rules.queues) queue.longest_wait_ms = 120'000;
        for (centre::AgentRow& agent : rules.agents) agent.wrap_up_ms = 3'000;
        rules.agent_plan.no_answer_ms = 3'000;
        for (flow::Step& step : rules.flows[1].steps) {
            auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
            if (enqueue != nullptr && is_in_both) enqueue->also = {QueueId{"housing"}};
        }
        return rules;
    }
    void live_until(const std::string& end) {
        story.log_in({"amal", "basim", "carla"});
        while (story.now < centre::example::dubai(end)) {
            one_thing();
            story.pass(std::chrono::seconds{rng_.below(18)});
        }
    }
    void one_thing() {
        switch (rng_.below(10)) {
            case 0:
            case 1: call(); break;
            case 2:
            case 3:
            case 4: answer_or_decline(); break;
            case 5:
            case 6:
            case 7: hang_up(); break;
            case 8: turn_agent(); break;
            default:
                if (rng_.below(30) == 0) {
                    story.tell(centre::RecoverFromCrash{});
                    story.log_in({"amal", "basim", "carla"});
                }
        }
    }
    void call() {
        const std::string from = rng_.below(8) == 0 ? "" : "+97150123" + four_digits();
        const ContactId contact = story.call(rng_.below(3) == 0 ? "600500500" : "8006679", from);
        while (story.lives(contact) && story.the(contact).playback && rng_.below(5) != 0) {
            rng_.below(3) == 0 ? story.press(contact, "1") : story.hear_out(contact);
        }
    }
    std::string four_digits() { return std::to_string(1'000 + rng_.below(9'000)); }
    void answer_or_decline() {
        if (story.state.offers.empty()) return;
        const OfferId offer = any_of(story.state.offers);
        const std::uint64_t turn = rng_.below(8);
        if (turn == 0) {
            story.tell(centre::DeclineOffer{offer, centre::DeclineReason::busy});
        } else if (turn == 1) {
            story.tell(centre::ReportRinging{offer});
        } else {
            story.tell(centre::AcceptOffer{offer});
        }
    }
    void hang_up() {
        if (story.state.contacts.empty()) return;
        const contact::Contact contact = story.the(any_of(story.state.contacts));
        const bool talks = contact.stage == contact::Contact::Stage::connected;
        const std::uint64_t turn = rng_.below(8);
        if (contact.stage == contact::Contact::Stage::dialling) {
            story.tell(centre::CustomerAnswered{contact.id});
        } else if (talks && turn == 0) {
            story.tell(centre::LoseAgent{contact.id, contact.agent});
        } else if (talks && turn < 4) {
            story.tell(centre::AgentLeft{contact.id, contact.agent});
        } else if (talks || turn < 5) {
            story.tell(centre::CallerLeft{contact.id});
        }
    }
    void turn_agent() {
        const AgentId agent{any_of(story.state.agents)};
        if (story.the(agent.value).state == agent::AgentState::logged_out) return;
        if (rng_.below(20) == 0) {
            story.tell(centre::SetNotReady{agent, "break"});
        } else {
            story.tell(centre::SetReady{agent});
        }
    }

public:
    Story story;
};

}  // namespace amer::measure::example
