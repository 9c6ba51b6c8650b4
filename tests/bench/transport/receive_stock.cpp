#include "core/fix/dictionary.h"
#include "core/fix/quickfix.h"
#include "core/tls/socket.h"
#include "tests/bench/transport/quote_feed.h"
#include "tests/bench/transport/receivers.h"

// As in core/fix/quickfix.h: what C++17 took away is blanked while these headers are read.
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define throw(...)
#include <quickfix/FileStore.h>
#include <quickfix/ThreadedSSLSocketInitiator.h>
#undef throw
#ifdef __clang__
#pragma clang diagnostic pop
#endif

#include <openssl/ssl.h>

#include <array>
#include <condition_variable>
#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string_view>

namespace bench {

using namespace std::chrono_literals;

namespace {

class StockApplication final : public FIX::Application {
public:
    explicit StockApplication(int quotes)
        : m_wanted(static_cast<std::size_t>(quotes))
    {
        m_latencies.reserve(m_wanted);
    }

    void onCreate(const FIX::SessionID&) override { }
    void onLogon(const FIX::SessionID&) override { }
    void onLogout(const FIX::SessionID&) override { }
    void toAdmin(FIX::Message&, const FIX::SessionID&) override { }
    void toApp(FIX::Message&, const FIX::SessionID&) override { }
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) override { }
    void fromApp(const FIX::Message& message, const FIX::SessionID&) override
    {
        const std::int64_t now = nanoseconds();
        const std::lock_guard lock(m_mutex);
        m_latencies.push_back(now - std::stoll(message.getField(FIX::FIELD::QuoteID)));
        if (m_latencies.size() == m_wanted)
            m_done.notify_one();
    }

    Latencies wait()
    {
        std::unique_lock lock(m_mutex);
        m_done.wait_for(lock, 120s, [this] { return m_latencies.size() >= m_wanted; });
        return m_latencies;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_done;
    std::size_t m_wanted;
    Latencies m_latencies;
};

std::string settingsFor(const Access& access, const std::filesystem::path& dictionary)
{
    return "[DEFAULT]\nConnectionType=initiator\nReconnectInterval=1\nHeartBtInt=30\nStartTime=00:00:00\n"
           "EndTime=00:00:00\nUseDataDictionary=Y\nAllowUnknownMsgFields=Y\nValidateUserDefinedFields=N\n"
           "SocketNodelay=Y\nFileStorePath="
        + access.scratch.string() + "\nDataDictionary=" + dictionary.string()
        + "\nClientCertificateFile=" + access.certificateFile + "\nClientCertificateKeyFile=" + access.keyFile
        + "\nCertificationAuthoritiesFile=" + access.caFile
        + "\n[SESSION]\nBeginString=FIX.4.4\nSenderCompID=DESK\nTargetCompID=VENUE\nSocketConnectHost=127.0.0.1\n"
          "SocketConnectPort="
        + std::to_string(access.port) + "\n";
}

struct SslDeleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

std::string framed(const std::string& fields)
{
    std::string message = "8=FIX.4.4\x01"
                          "9="
        + std::to_string(fields.size()) + "\x01" + fields;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    std::array<char, 16> trailer{};
    std::snprintf(trailer.data(), trailer.size(), "10=%03u\x01", sum % 256);
    return message + trailer.data();
}

}

Latencies receiveWithStock(const Access& access, int quotes)
{
    const auto dictionary = access.scratch / "fix44.xml";
    std::ofstream(dictionary) << fix::fix44Dictionary();
    std::istringstream text(settingsFor(access, dictionary));
    const FIX::SessionSettings settings(text);
    StockApplication application(quotes);
    FIX::FileStoreFactory store(settings);
    FIX::ThreadedSSLSocketInitiator initiator(application, store, settings);
    initiator.start();
    const Latencies latencies = application.wait();
    initiator.stop(true);
    return latencies;
}

Latencies receiveRaw(const Access& access, int quotes)
{
    const std::unique_ptr<SSL_CTX, SslDeleter> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_use_certificate_file(context.get(), access.certificateFile.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context.get(), access.keyFile.c_str(), SSL_FILETYPE_PEM);
    const tls::Waker never;
    const auto socket = tls::connectTo("127.0.0.1", access.port, 5s, never);
    if (!socket)
        throw std::runtime_error(socket.error().detail);
    ::fcntl(socket->handle(), F_SETFL, ::fcntl(socket->handle(), F_GETFL) & ~O_NONBLOCK);
    const std::unique_ptr<SSL, SslDeleter> ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), socket->handle());
    if (SSL_connect(ssl.get()) != 1)
        throw std::runtime_error("raw TLS failed");
    const std::string logon = framed("35=A\x01"
                                     "34=1\x01"
                                     "49=DESK\x01"
                                     "56=VENUE\x01"
                                     "52=20261124-08:00:00\x01"
                                     "98=0\x01"
                                     "108=30\x01");
    SSL_write(ssl.get(), logon.data(), static_cast<int>(logon.size()));

    Latencies latencies;
    latencies.reserve(static_cast<std::size_t>(quotes));
    std::array<char, 16 << 10> buffer{};
    while (latencies.size() < static_cast<std::size_t>(quotes)) {
        const int count = SSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (count <= 0)
            throw std::runtime_error("raw TLS ended");
        const std::int64_t now = nanoseconds();
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
        // One record is one message here: the feed writes each by itself.
        const std::size_t at = bytes.find("\x01"
                                          "117=");
        if (at != std::string_view::npos)
            latencies.push_back(now - std::strtoll(bytes.data() + at + 5, nullptr, 10));
    }
    return latencies;
}

}
