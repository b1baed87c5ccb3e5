#pragma once

#include <cstdint>
#include <string>

#include "base/instant.h"
#include "core/notification/notification.h"

namespace amer::outbox {

// A notification as it leaves us. The id is the same at every try, also after a restart: a gateway
// that has taken it once takes it again without sending it twice.
struct Message {
    std::string id;
    notification::Channel channel = notification::Channel::text;
    std::string to;       // E.164, or an address
    std::string subject;  // mails
    std::string body;
    Instant written_at = {};  // when it became owed; the date of a mail
};

struct Delivery {
    enum class Kind : std::uint8_t {
        sent,   // the gateway has taken it; detail: its receipt
        later,  // it may be taken another time; detail: why not now
        never,  // it refused this message for good; detail: its words
    };

    Kind kind = Kind::later;
    std::string detail;  // one short line, without secrets
};

// A way out. send() is called by one thread and returns within the way's own timeouts; stop() may
// be called by another and makes a send() that is under way end soon.
class Gateway {
public:
    virtual ~Gateway() = default;
    virtual Delivery send(const Message& message) = 0;
    virtual void stop() {}
};

}  // namespace amer::outbox
