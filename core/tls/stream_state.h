#pragma once

#include "core/tls/alerts.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/stream.h"
#include "core/tls/verify.h"

#include <cerrno>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

/// What stream.cpp and stream_proof.cpp share.
namespace tls {

/// One OpenSSL call with the error state around it that SSL_get_error needs.
template <typename Call>
struct Attempt {
    int result;
    int systemError;
    int sslError;

    Attempt(SSL* ssl, Call call)
    {
        ERR_clear_error();
        errno = 0;
        result = call(ssl);
        systemError = errno;
        sslError = SSL_get_error(ssl, result);
    }
};

inline bool isBusy(int sslError)
{
    return sslError == SSL_ERROR_WANT_READ || sslError == SSL_ERROR_WANT_WRITE;
}

struct Stream::State {
    State(std::shared_ptr<Context> usedContext, Socket usedSocket)
        : context(std::move(usedContext))
        , socket(std::move(usedSocket))
        , address(socket.peerAddress())
        , ssl(SSL_new(context->native()))
    {
    }

    std::shared_ptr<Context> context;
    Socket socket;
    std::string address;
    Verification verification; ///< written by OpenSSL's callback; before ssl, which refers to it
    SslPtr ssl;
    PeerFacts facts;
    bool isPrepared = false; ///< for the handshake
    bool isEstablished = false;
    bool isBroken = false; ///< after a fatal error OpenSSL must not be called again
    bool hasPeerSpoken = false;
    bool readWantsWrite = false;
    bool writeWantsRead = false;
    bool lastReadWouldBlock = false;
    bool isWriteHalfDone = false; ///< OpenSSL holds a record that the socket did not take
    bool maySign = true; ///< this thread may wait for the token
    bool isAsked = false; ///< the server wants our certificate again, and the token has not signed
    bool isProofOpen = false; ///< we asked the client, and its answer is not complete
    bool hasFinished = false; ///< the answer's last message was read
    std::size_t timesProven = 0;

    /// For OpenSSL, which asks whether our certificate is ready: not while nobody may wait for the token.
    static int offerCertificate(SSL* ssl, void* state);
    static void noteMessage(
        int isWritten, int version, int contentType, const void* message, std::size_t size, SSL* ssl, void* noting);
    base::Status prepare();
    base::Result<Interest> handshakeStep();
    base::Status establish();
    void provePeerAccepted();
    ReadOutcome asked();
    ReadOutcome endOfReading(int sslError, int systemError);
    base::Error writeFailure(int sslError, int systemError);
    /// Judges an answer that has become complete: from the same certificate as before, or the connection is over.
    base::Status judgeProof();
};

}
