#include "telephony/hearing.h"

namespace amer::telephony {

namespace {

using contact::Part;
using Seat = Seated::Seat;

bool is_heard(const Seated& speaker, const Seated& listener, bool is_caller_aside) {
    if (speaker.leg == listener.leg) return false;
    const bool is_about_caller = speaker.seat == Seat::caller || listener.seat == Seat::caller;
    if (is_about_caller && is_caller_aside) return false;
    if (speaker.seat != Seat::party) return true;
    switch (speaker.part) {
        case Part::listening: return false;
        case Part::whispering: return listener.seat == Seat::agent;
        case Part::consulted:
        case Part::conferring:
        case Part::barging: return true;
    }
    return false;
}

}  // namespace

std::vector<Hearing> who_hears_whom(const std::vector<Seated>& seated, bool is_caller_aside) {
    std::vector<Hearing> all;
    for (const Seated& listener : seated) {
        Hearing hearing{listener.leg, {}};
        for (const Seated& speaker : seated) {
            if (is_heard(speaker, listener, is_caller_aside)) {
                hearing.second.push_back(speaker.leg);
            }
        }
        all.push_back(std::move(hearing));
    }
    return all;
}

}  // namespace amer::telephony
