#pragma once

#include <cstring>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "base/check.h"
#include "outbox/fake_server.h"

namespace amer::outbox::fake {

// An https server whose certificate nobody signed but itself, for the address 127.0.0.1. Answers
// every request with 200.
class TlsServer {
public:
    TlsServer() {
        make_certificate();
        context_.use_certificate(boost::asio::buffer(certificate_), boost::asio::ssl::context::pem);
        context_.use_private_key(boost::asio::buffer(key_), boost::asio::ssl::context::pem);
        server_ = std::make_unique<Server>([this](Conversation& client) { return serve(client); });
    }

    std::string url(const std::string& host) const {
        return "https://" + host + ":" + std::to_string(server_->port()) + "/send";
    }
    const std::string& certificate() const { return certificate_; }
    int requests() const { return requests_; }

private:
    bool serve(Conversation& client) {
        boost::system::error_code trouble;
        boost::asio::ssl::stream<boost::asio::ip::tcp::socket&> stream{client.socket(), context_};
        stream.handshake(boost::asio::ssl::stream_base::server, trouble);
        if (trouble) return false;
        std::string request;
        boost::asio::read_until(stream, boost::asio::dynamic_buffer(request), "\r\n\r\n", trouble);
        if (trouble) return false;
        ++requests_;
        const std::string answer =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        boost::asio::write(stream, boost::asio::buffer(answer), trouble);
        stream.shutdown(trouble);
        return false;
    }

    template <typename Write>
    static std::string pem(const Write& write) {
        const std::unique_ptr<BIO, decltype(&BIO_free)> memory{BIO_new(BIO_s_mem()), BIO_free};
        AMER_CHECK(write(memory.get()) == 1);
        char* begin = nullptr;
        const long length = BIO_get_mem_data(memory.get(), &begin);
        return {begin, static_cast<std::size_t>(length)};
    }

    void make_certificate() {
        constexpr long kDay = 86'400;
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"),
                                                                      EVP_PKEY_free};
        const std::unique_ptr<X509, decltype(&X509_free)> made{X509_new(), X509_free};
        X509_set_version(made.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -kDay);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), kDay);
        X509_set_pubkey(made.get(), key.get());
        X509_NAME* const name = X509_get_subject_name(made.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("gateway"), -1, -1, 0);
        X509_set_issuer_name(made.get(), name);
        X509_EXTENSION* const addresses =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
        X509_add_ext(made.get(), addresses, -1);
        X509_EXTENSION_free(addresses);
        AMER_CHECK(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
        certificate_ = pem([&](BIO* memory) { return PEM_write_bio_X509(memory, made.get()); });
        key_ = pem([&](BIO* memory) {
            return PEM_write_bio_PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr);
        });
    }

    std::string certificate_;
    std::string key_;
    std::atomic<int> requests_ = 0;
    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_server};
    std::unique_ptr<Server> server_;
};

}  // namespace amer::outbox::fake
