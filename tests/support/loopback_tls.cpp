#include "tests/support/loopback_tls.h"

#include "tests/support/require.h"

#include <openssl/err.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <utility>

namespace support {

namespace {

void makeBlocking(const tls::Socket& socket)
{
    const int flags = ::fcntl(socket.handle(), F_GETFL);
    require(::fcntl(socket.handle(), F_SETFL, flags & ~O_NONBLOCK) == 0, "fcntl");
    timeval limit{};
    limit.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(Patience).count();
    require(::setsockopt(socket.handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0, "receive timeout");
}

/// One wait for what the stream wants.
void waitOnce(const tls::Stream& stream, bool wantsWrite)
{
    std::vector<tls::Interest> interests{stream.interest(wantsWrite)};
    tls::waitFor(interests, std::chrono::milliseconds(100));
}

}

SocketPair connectedPair()
{
    tls::ignoreBrokenPipes();
    const auto listener = tls::listenOn("127.0.0.1", 0);
    require(listener.has_value(), "listening");
    const tls::Waker never;
    auto client = tls::connectTo("127.0.0.1", tls::localPort(*listener), Patience, never);
    require(client.has_value(), "connecting");
    std::vector<tls::Interest> interests{{.handle = listener->handle(), .read = true}};
    tls::waitFor(interests, Patience);
    auto server = tls::acceptFrom(*listener);
    require(server.isOpen(), "accepting");
    return {*std::move(client), std::move(server)};
}

PeerThread::PeerThread(std::function<void()> work)
    : m_thread(std::move(work))
{
}

PeerThread::~PeerThread()
{
    join();
}

void PeerThread::join()
{
    if (m_thread.joinable())
        m_thread.join();
}

Shaken shake(std::shared_ptr<tls::Context> client, std::shared_ptr<tls::Context> server)
{
    auto sockets = connectedPair();
    Shaken result{
        tls::Stream(std::move(client), std::move(sockets.client)),
        tls::Stream(std::move(server), std::move(sockets.server)),
        base::Ok{},
        base::Ok{},
    };
    const tls::Waker never;
    {
        const PeerThread peer([&] {
            result.serverStatus = result.server.handshake(Patience, never);
            if (!result.serverStatus)
                result.server.close();
        });
        result.clientStatus = result.client.handshake(Patience, never);
        if (!result.clientStatus)
            result.client.close();
    }
    return result;
}

Received receive(tls::Stream& stream, std::size_t size)
{
    Received received;
    std::array<char, 4096> buffer{};
    const auto deadline = std::chrono::steady_clock::now() + Patience;
    while (received.bytes.size() < size && std::chrono::steady_clock::now() < deadline) {
        const auto outcome = stream.read(buffer);
        received.bytes.append(buffer.data(), outcome.bytes);
        received.closed = outcome.closed;
        received.error = outcome.error;
        if (outcome.closed)
            break;
        if (outcome.bytes == 0 && !stream.hasBuffered())
            waitOnce(stream, false);
    }
    return received;
}

base::Status send(tls::Stream& stream, const std::string& bytes)
{
    std::size_t done = 0;
    const auto deadline = std::chrono::steady_clock::now() + Patience;
    while (done < bytes.size() && std::chrono::steady_clock::now() < deadline) {
        const auto written = stream.write(std::span(bytes).subspan(done));
        if (!written)
            return written.error();
        done += *written;
        if (*written == 0)
            waitOnce(stream, true);
    }
    if (done < bytes.size())
        return base::Error{base::Errc::Timeout, "the peer does not read"};
    return base::Ok{};
}

RawPeer::RawPeer(const Options& options, tls::Socket socket)
    : m_context(SSL_CTX_new(options.role == Role::Server ? TLS_server_method() : TLS_client_method()))
    , m_ssl(nullptr)
    , m_socket(std::move(socket))
{
    require(m_context != nullptr, "SSL_CTX_new");
    SSL_CTX_set_security_level(m_context, 0);
    require(SSL_CTX_set_cipher_list(m_context, "ALL:@SECLEVEL=0") == 1, "ciphers");
    SSL_CTX_set_min_proto_version(m_context, options.minVersion);
    SSL_CTX_set_max_proto_version(m_context, options.maxVersion);
    SSL_CTX_set_verify(m_context, options.asksForCertificate ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
        [](int, X509_STORE_CTX*) { return 1; });
    if (options.identity) {
        require(SSL_CTX_use_certificate(m_context, options.identity->certificate.get()) == 1, "certificate");
        require(SSL_CTX_use_PrivateKey(m_context, options.identity->key.get()) == 1, "key");
    }
    makeBlocking(m_socket);
    m_ssl = SSL_new(m_context);
    require(m_ssl && SSL_set_fd(m_ssl, m_socket.handle()) == 1, "SSL_new");
    if (options.role == Role::Server)
        SSL_set_accept_state(m_ssl);
    else
        SSL_set_connect_state(m_ssl);
}

RawPeer::~RawPeer()
{
    SSL_free(m_ssl);
    SSL_CTX_free(m_context);
}

bool RawPeer::succeeded(int result)
{
    if (result > 0)
        return true;
    m_lastReason = ERR_GET_REASON(ERR_peek_error());
    ERR_clear_error();
    return false;
}

bool RawPeer::handshake()
{
    ERR_clear_error();
    return succeeded(SSL_do_handshake(m_ssl));
}

bool RawPeer::write(const std::string& bytes)
{
    ERR_clear_error();
    return succeeded(SSL_write(m_ssl, bytes.data(), static_cast<int>(bytes.size())));
}

std::string RawPeer::read()
{
    std::array<char, 4096> buffer{};
    ERR_clear_error();
    const int size = SSL_read(m_ssl, buffer.data(), static_cast<int>(buffer.size()));
    if (!succeeded(size))
        return {};
    return {buffer.data(), static_cast<std::size_t>(size)};
}

void RawPeer::hangUp()
{
    m_socket.close();
}

}
