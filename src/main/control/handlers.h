#pragma once

#include <filesystem>
#include <functional>

#include "engine/clock.h"
#include "engine/engine.h"
#include "main/control/alarms.h"
#include "main/control/server.h"
#include "outbox/outbox.h"
#include "sip/transport/flow.h"

namespace amer::control {

// What the commands speak about. Everything named here must outlive the server that uses them; the
// handlers run on the control thread.
struct Subjects {
    engine::Engine& engine;
    engine::Clock& clock;  // only ever asked on the control thread through this: must allow it
    std::filesystem::path data;
    // Counters of the wire and the media, shown under "wire" by `status`; may be empty. Control
    // thread: it must bring its own safety.
    std::function<Json()> wire;
    sip::Endpoint udp{};  // where calls are taken; port 0: not over UDP
    const Alarms* alarms = nullptr;
    // How it stands with what people outside are told; may be empty. Control thread.
    std::function<outbox::OutboxStatus()> outbox = {};
};

// status {}                                  how the centre stands, with the hash of its state, the
//                                            notice in force, alarms since it began
// contacts {"last":20}                       the newest contacts
// promises {"open":true,"last":50}           open promises, or the newest of all
// agents {}                                  every configured agent and his state
// agent {"id":..,"state":"ready"|"not_ready"|"logged_out","reason":".."}
// assign {"contact":7,"agent":"..","by":".."}   offer it to him now; with "for_ms": keep it for him
// notice {"area":"..","for_ms":..,"by":".."}    said to callers; without "area" the one in force
// ends
// close {"until":"16:30","from":..,"reason_ar":..,"reason_en":..,"by":..}   with "emirate" or
// "office" only there; answers which closures and which promises it moved
// reopen {"closure":"..","by":".."}             without "closure" every one in force
Handlers make_handlers(Subjects subjects);

}  // namespace amer::control
