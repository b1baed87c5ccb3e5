#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/centre/configuration.h"
#include "sip/user_agent.h"

namespace amer::telephony {

// A user's digest secrets: H(user:realm:password), never the password.
struct DigestSecret {
    std::string md5;
    std::string sha256;
};

// Who may send us requests outside a dialog: trunks by the address they come from, everybody else
// only as a user who proves himself by digest. Signalling thread only.
class Access : public sip::AccessPolicy {
public:
    // `trunks`: peers are literal addresses, "address" or "address:port".
    Access(const std::vector<centre::Trunk>& trunks, std::map<std::string, DigestSecret> users);

    void set_trunks(const std::vector<centre::Trunk>& trunks);

    Verdict admit(const sip::Message& request, const sip::Flow& flow) override;
    std::optional<std::string> secret_of(std::string_view user,
                                         sip::DigestAlgorithm algorithm) override;

private:
    std::map<std::string, TrunkId> trunk_of_peer_;
    std::map<std::string, DigestSecret> users_;
};

}  // namespace amer::telephony
