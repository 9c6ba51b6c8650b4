#pragma once

#include "core/tls/context.h"
#include "core/tls/socket.h"
#include "core/tls/stream.h"

#include <openssl/ssl.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

/// Both ends of a TLS connection over the loopback interface, in one test.
namespace support {

/// Longer than anything here takes, shorter than the test's own limit.
inline constexpr std::chrono::milliseconds Patience{20'000};

struct SocketPair {
    tls::Socket client;
    tls::Socket server;
};
/// A TCP connection over 127.0.0.1.
[[nodiscard]] SocketPair connectedPair();

/// The peer's side of a test, on a thread of its own; joined by the destructor or join().
class PeerThread {
public:
    explicit PeerThread(std::function<void()> work);
    ~PeerThread();
    void join();

private:
    std::thread m_thread;
};

/// What came of a handshake between two streams of ours.
struct Shaken {
    tls::Stream client;
    tls::Stream server;
    base::Status clientStatus;
    base::Status serverStatus;
};
[[nodiscard]] Shaken shake(std::shared_ptr<tls::Context> client, std::shared_ptr<tls::Context> server);

/// Waits and reads until `size` bytes are there, the connection ends or patience does.
struct Received {
    std::string bytes;
    bool closed = false;
    std::optional<base::Error> error;
};
[[nodiscard]] Received receive(tls::Stream& stream, std::size_t size);
/// Writes everything, waiting where the connection is busy.
[[nodiscard]] base::Status send(tls::Stream& stream, const std::string& bytes);

/// A peer that does what we never would: plain OpenSSL on a blocking socket, nothing verified, every version allowed.
class RawPeer {
public:
    enum class Role { Client, Server };
    struct Options {
        Role role = Role::Server;
        const tls::Identity* identity = nullptr; ///< none: presents no certificate
        int minVersion = 0;
        int maxVersion = 0; ///< 0: the newest
        bool asksForCertificate = false;
    };
    RawPeer(const Options& options, tls::Socket socket);
    ~RawPeer();
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    [[nodiscard]] SSL* ssl() const { return m_ssl; }
    [[nodiscard]] SSL_CTX* context() const { return m_context; }
    /// Each true on success; after a failure lastReason() has the first reason code of OpenSSL's queue.
    bool handshake();
    bool write(const std::string& bytes);
    /// What one read brings; empty at the end and on errors.
    std::string read();
    [[nodiscard]] int lastReason() const { return m_lastReason; }
    /// Closes the socket without close_notify.
    void hangUp();

private:
    bool succeeded(int result);
    SSL_CTX* m_context;
    SSL* m_ssl;
    tls::Socket m_socket;
    int m_lastReason = 0;
};

}
