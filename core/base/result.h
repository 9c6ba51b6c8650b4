#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace base {

/// Every way an operation of ours can fail that someone can act on. Closed: the user interface maps each code to a
/// translated text in one switch without a default, so a new code is a compile error until it has words.
enum class Errc {
    InvalidInput, ///< a value from a person, a file or the wire is malformed
    NotFound, ///< no such thing: instrument, dealer, quote, request
    NotConnected, ///< the session is not logged on
    Expired, ///< the quote or request is past its deadline
    Stale, ///< replaced, withdrawn or changed since it was shown
    Refused, ///< a rule of ours forbids it
    LimitExceeded, ///< a pre-trade limit forbids it
    Duplicate, ///< the same thing is already under way
    Cancelled, ///< a person called it off
    Timeout, ///< no answer in time
    TokenModule, ///< the PKCS#11 module cannot be loaded or is not allow-listed
    TokenAbsent, ///< no token, or it was removed
    TokenFailure, ///< the token answered with an error
    KeyNotFound, ///< the token holds no usable key and certificate of that id and fingerprint
    PinWrong,
    PinLastTry, ///< one try is left and the person has not confirmed it
    PinBlocked,
    PukWrong, ///< the code that unblocks a PIN
    PukBlocked, ///< nothing unblocks the PIN any more
    CertificateExpired, ///< or not yet valid
    CertificateUntrusted, ///< not issued by the configured authority
    CertificateWrongName,
    CertificateWrongUsage, ///< key usage or purpose does not allow it
    CertificateRevoked,
    RevocationUnknown, ///< the list or answer that would tell is missing, out of date or not the issuer's
    CertificateNotPinned,
    CertificateRefused, ///< the peer refused ours
    TlsNotSpoken, ///< the peer answers in something that is not TLS
    TlsVersion, ///< no common protocol version
    TlsFailure, ///< any other failure of the handshake or of the record layer
    ConnectionLost, ///< the peer or the network closed it
    ConnectionRefused, ///< nobody listens, or the name does not resolve
    LogonRefused, ///< the counterparty refused our Logon
    SequenceError, ///< MsgSeqNum(34) is below what was expected
    ProtocolViolation, ///< the peer's bytes are not FIX, or too many of them
    Rejected, ///< the counterparty rejected a message of ours
    Io, ///< a file or the disk
    Configuration, ///< the configuration file; detail names file, line, key, expected and found
    Unsupported,
    Internal, ///< our defect
};

/// What went wrong. `detail` is English, for the log and the "raw text" view; it never holds a secret.
struct Error {
    Errc code = Errc::Internal;
    std::string detail;

    friend bool operator==(const Error&, const Error&) = default;
};

/// Name of the code, for logs and JSON. Stable.
[[nodiscard]] const char* errcName(Errc code);

/// A value or the reason there is none: the subset of std::expected<T, Error> that we use (C++23 will replace it).
/// Not for "may be absent without a reason": that is std::optional.
template <typename T>
class [[nodiscard]] Result {
public:
    using Value = T;

    Result(T value) // NOLINT(google-explicit-constructor): a value is a result
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor): an error is a result
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T& value() &
    {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] const T& value() const&
    {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() &&
    {
        assert(has_value());
        return std::move(*std::get_if<0>(&m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] T value_or(T otherwise) const { return has_value() ? value() : std::move(otherwise); }

    [[nodiscard]] const Error& error() const
    {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error> m_state;
};

struct Ok {
    friend bool operator==(Ok, Ok) = default;
};

/// Success, or the reason of failure.
using Status = Result<Ok>;

}
