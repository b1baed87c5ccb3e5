#include "whatif/rerun.h"

#include <functional>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "base/check.h"
#include "base/rng.h"
#include "core/centre/apply.h"
#include "core/centre/centre.h"
#include "measure/measures.h"
#include "whatif/patience.h"
#include "whatif/playable.h"

namespace amer::whatif {

namespace {

using agent::AgentState;
using namespace std::chrono_literals;

// What a draw is for: each has its own numbers, so that one more of a kind moves no other.
enum class DrawFor : std::uint64_t { patience = 1, talk, wrap_up, answer };

class Rerun {
public:
    Rerun(const RecordedDay& day, const Circumstances& circumstances, std::uint64_t seed,
          std::chrono::milliseconds target)
        : day_{day},
          circumstances_{circumstances},
          seed_{seed},
          patience_{waits_of(day)},
          playable_{circumstances.rules, day.arrivals},
          measures_{{target, 5s}} {}

    Outcome run() {
        if (day_.arrivals.empty()) return {};
        const Instant begin = day_begin();
        now_ = begin;
        tell(centre::PublishConfiguration{playable_.rules()});
        for (const Attendance& each : circumstances_.attendance) {
            at(std::max(begin, each.at), [this, each] { attend(each); });
        }
        for (std::size_t number = 0; number < day_.arrivals.size(); ++number) {
            at(day_.arrivals[number].at, [this, number] { arrive(number); });
        }
        live_until(calendar::next_midnight(circumstances_.rules.calendar, begin) - Duration{1});
        Outcome outcome = outcome_of(measures_.report({day_.day, day_.day}));
        outcome.not_placed = not_placed_;
        return outcome;
    }

private:
    static std::vector<Patience::Wait> waits_of(const RecordedDay& day) {
        std::vector<Patience::Wait> waits;
        for (const Arrival& each : day.arrivals) waits.push_back({each.waited, each.has_given_up});
        return waits;
    }

    Instant day_begin() const {
        return calendar::instant_of(circumstances_.rules.calendar, day_.day, 0);
    }

    void at(Instant instant, std::function<void()> action) {
        agenda_.emplace(std::pair{std::max(instant, now_), ++last_action_}, std::move(action));
    }

    void live_until(Instant end) {
        for (;;) {
            const std::optional<Instant> deadline = centre::next_deadline(state_);
            const bool has_action = !agenda_.empty();
            if (!deadline && !has_action) return;
            const Instant action = has_action ? agenda_.begin()->first.first : Instant::max();
            const Instant next = std::min(deadline.value_or(Instant::max()), action);
            if (next > end) return;
            now_ = std::max(now_, next);
            if (deadline && *deadline <= action) {
                tell(centre::Tick{});
                continue;
            }
            const std::function<void()> act = agenda_.begin()->second;
            agenda_.erase(agenda_.begin());
            act();
        }
    }

    void tell(const centre::Command& command) {
        const centre::Decision decision = centre::decide(state_, command, now_);
        if (!decision) return;  // it came too late, as in life
        for (const centre::Event& event : *decision) {
            centre::apply(state_, event, now_);
            measures_.take(event, now_);
        }
        for (const centre::Event& event : *decision) {
            std::visit([&](const auto& one) { follow(one); }, event);
        }
    }

    double draw(DrawFor what, std::size_t arrival, std::uint64_t more = 0) const {
        Rng rng{seed_ * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(arrival)};
        Rng own{rng.next() + static_cast<std::uint64_t>(what) * 1'000'003 + more * 7'919};
        return static_cast<double>(own.next() >> 11U) / 9007199254740992.0;
    }

    template <typename Value>
    std::optional<Duration> drawn_from(const std::vector<Value>& values, double draw) const {
        if (values.empty()) return std::nullopt;
        const auto number = static_cast<std::size_t>(draw * static_cast<double>(values.size()));
        return values[std::min(number, values.size() - 1)];
    }

    void attend(const Attendance& each) {
        switch (each.what) {
            case Attendance::What::comes:
                tell(centre::RegisterPhone{each.agent});
                tell(centre::SetReady{each.agent});
                return;
            case Attendance::What::pauses:
                tell(centre::RegisterPhone{each.agent});
                tell(centre::SetNotReady{each.agent, playable_.pause()});
                return;
            case Attendance::What::leaves: tell(centre::UnregisterPhone{each.agent}); return;
        }
    }

    void arrive(std::size_t number) {
        const Arrival& arrival = day_.arrivals[number];
        const std::optional<PhoneNumber> dialled = playable_.number_for(arrival);
        if (!dialled) {
            ++not_placed_;
            return;
        }
        centre::OpenContact open;
        open.leg = LegId{number + 1};
        open.dialled = dialled->e164();
        open.number = *dialled;
        open.caller.number = arrival.number;
        open.caller.is_hidden = !arrival.number;
        tell(open);
        const ContactId contact{state_.last.contact};
        arrivals_[contact] = number;
        tell(centre::CallerConnected{contact});
        tell(centre::PressDigit{contact, Playable::key_of(arrival.language)});
        const std::optional<Duration> patience =
            arrival.has_given_up
                ? arrival.waited
                : patience_.gives_up(arrival.waited, draw(DrawFor::patience, number));
        if (patience) at(now_ + *patience, [this, contact] { give_up(contact); });
    }

    void give_up(ContactId contact) {
        const auto found = state_.contacts.find(contact);
        if (found == state_.contacts.end()) return;
        if (found->second.waits()) tell(centre::CallerLeft{contact});
    }

    void follow(const centre::OfferMade& made) {
        const auto arrival = arrivals_.find(made.contact);
        if (arrival == arrivals_.end()) return;
        const double drawn = draw(DrawFor::answer, arrival->second, made.offer.value % 1'000);
        const Duration after = drawn_from(day_.answers, drawn).value_or(Duration{3s});
        at(now_ + after, [this, offer = made.offer] { tell(centre::AcceptOffer{offer}); });
    }

    void follow(const centre::ContactConnected& connected) {
        const auto arrival = arrivals_.find(connected.contact);
        if (arrival == arrivals_.end()) return;
        working_on_[connected.agent] = arrival->second;
        const Duration talk = scaled(talk_of(arrival->second));
        at(now_ + talk, [this, contact = connected.contact] { tell(centre::CallerLeft{contact}); });
    }

    void follow(const centre::AgentStateChanged& changed) {
        if (changed.state != AgentState::wrap_up) return;
        const auto work = working_on_.find(changed.agent);
        if (work == working_on_.end()) return;
        const Duration wrap_up = scaled(wrap_up_of(work->second));
        working_on_.erase(work);
        at(now_ + wrap_up, [this, agent = changed.agent] { tell(centre::FinishWrapUp{agent}); });
    }

    template <typename Other>
    void follow(const Other&) {}

    Duration scaled(Duration length) const {
        return Duration{static_cast<std::int64_t>(static_cast<double>(length.count()) *
                                                  circumstances_.handling)};
    }
    Duration talk_of(std::size_t arrival) const {
        if (day_.arrivals[arrival].talk) return *day_.arrivals[arrival].talk;
        std::vector<Duration> known;
        for (const Arrival& each : day_.arrivals) {
            if (each.talk) known.push_back(*each.talk);
        }
        return drawn_from(known, draw(DrawFor::talk, arrival)).value_or(Duration{3min});
    }
    Duration wrap_up_of(std::size_t arrival) const {
        if (day_.arrivals[arrival].wrap_up) return *day_.arrivals[arrival].wrap_up;
        std::vector<Duration> known;
        for (const Arrival& each : day_.arrivals) {
            if (each.wrap_up) known.push_back(*each.wrap_up);
        }
        return drawn_from(known, draw(DrawFor::wrap_up, arrival)).value_or(Duration{0});
    }

    const RecordedDay& day_;
    const Circumstances& circumstances_;
    std::uint64_t seed_;
    Patience patience_;
    Playable playable_;
    measure::Measures measures_;
    centre::State state_;
    Instant now_;
    std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> agenda_;
    std::uint64_t last_action_ = 0;
    std::int64_t not_placed_ = 0;
    std::map<ContactId, std::size_t> arrivals_;
    std::map<AgentId, std::size_t> working_on_;
};

}  // namespace

Circumstances as_it_was(const RecordedDay& day) { return {day.rules, day.attendance, 1}; }

Outcome outcome_of(const measure::Report& report) {
    Outcome outcome;
    if (report.sections.empty()) return outcome;
    const measure::Cohort& cohort = report.sections.front().inbound.cohort;
    outcome.offered = cohort.counts.offered();
    outcome.answered = cohort.counts.answered;
    outcome.answered_in_target = cohort.counts.answered_in_target;
    outcome.abandoned = cohort.counts.abandoned;
    outcome.flowed_out = cohort.counts.flowed_out;
    constexpr double kSecond = 1'000'000;
    if (outcome.answered > 0) {
        outcome.mean_wait_s = static_cast<double>(cohort.answered_waits_us) / kSecond /
                              static_cast<double>(outcome.answered);
    }
    outcome.longest_wait_s = static_cast<double>(cohort.longest_wait.us) / kSecond;
    std::int64_t busy = 0;
    std::int64_t ready = 0;
    for (const measure::AgentLine& line : report.agents) {
        busy += line.time.talking_us + line.time.wrap_up_us;
        ready += line.time.ready_us;
    }
    if (busy + ready > 0) {
        outcome.occupancy = static_cast<double>(busy) / static_cast<double>(busy + ready);
    }
    return outcome;
}

Outcome rerun(const RecordedDay& day, const Circumstances& circumstances, std::uint64_t seed,
              std::chrono::milliseconds target) {
    return Rerun{day, circumstances, seed, target}.run();
}

}  // namespace amer::whatif
