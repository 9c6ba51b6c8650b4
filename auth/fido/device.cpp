#include "auth/fido/device.h"

#include "auth/fido/answers.h"
#include "auth/fido/libfido2_owners.h"
#include "auth/fido/pin_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace fido {

using base::Ok;
using base::SecretBytes;

namespace {

constexpr std::size_t HashSize = 32;
constexpr std::size_t MaxUserId = 64;
// Bytes of a message besides its list of ids and the names in it, rather more than less.
constexpr std::size_t AroundAssertion = 128;
constexpr std::size_t AroundEnrolment = 320;

/// Collects the return codes of a row of setters: the first that is not OK counts.
class Setters {
public:
    void operator()(int code)
    {
        if (m_code == FIDO_OK)
            m_code = code;
    }
    [[nodiscard]] int code() const { return m_code; }

private:
    int m_code = FIDO_OK;
};

Failure invalid(const char* why)
{
    return {Problem::InvalidInput, std::nullopt, why};
}

/// The PIN ends the pointer's life; null where there is none.
const char* textOf(const SecretBytes& terminated)
{
    return terminated.empty() ? nullptr : terminated.reveal().data();
}

std::vector<std::string> texts(char** words, std::size_t count)
{
    return words ? std::vector<std::string>(words, words + count) : std::vector<std::string>();
}

/// "5.7.0" where the number is built as makers usually do, the bare number otherwise.
std::string firmwareOf(const fido_dev_t& device, const fido_cbor_info_t& info)
{
    if (const auto version = fido_cbor_info_fwversion(&info))
        return version > 0xFFFF ? std::to_string(version >> 16U) + '.' + std::to_string((version >> 8U) & 0xFFU) + '.'
                + std::to_string(version & 0xFFU)
                                : std::to_string(version);
    return std::to_string(fido_dev_major(&device)) + '.' + std::to_string(fido_dev_minor(&device)) + '.'
        + std::to_string(fido_dev_build(&device));
}

std::vector<Algorithm> algorithmsOf(const fido_cbor_info_t& info)
{
    std::vector<Algorithm> known;
    for (std::size_t i = 0; i < fido_cbor_info_algorithm_count(&info); ++i) {
        for (const Algorithm algorithm : {Algorithm::Es256, Algorithm::Es384}) {
            if (fido_cbor_info_algorithm_cose(&info, i) == coseOf(algorithm))
                known.push_back(algorithm);
        }
    }
    return known;
}

std::optional<Failure> check(const EnrolRequest& request)
{
    if (request.rpId.empty() || request.clientDataHash.size() != HashSize)
        return invalid("an rpId and a client data hash of 32 bytes are needed");
    if (request.userId.empty() || request.userId.size() > MaxUserId || request.userName.empty())
        return invalid("a user name and a user id of 1 to 64 bytes are needed");
    return std::nullopt;
}

std::optional<Failure> check(const AssertRequest& request)
{
    if (request.rpId.empty() || request.clientDataHash.size() != HashSize)
        return invalid("an rpId and a client data hash of 32 bytes are needed");
    const auto isEmpty = [](const Bytes& id) { return id.empty(); };
    if (request.allowed.empty() || std::any_of(request.allowed.begin(), request.allowed.end(), isEmpty))
        return invalid("at least one allowed credential id is needed");
    return std::nullopt;
}

Assert assertOf(const AssertRequest& request, Setters& set)
{
    Assert inquiry(fido_assert_new());
    if (!inquiry)
        return inquiry;
    set(fido_assert_set_rp(inquiry.get(), request.rpId.c_str()));
    set(fido_assert_set_clientdata_hash(inquiry.get(), request.clientDataHash.data(), request.clientDataHash.size()));
    for (const Bytes& id : request.allowed)
        set(fido_assert_allow_cred(inquiry.get(), id.data(), id.size()));
    return inquiry;
}

}

Outcome<Device> Device::open(Link& link, Operation& operation)
{
    // Of this thread only: a key that cannot say what it is must not be taken for an old one without PIN.
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    std::unique_ptr<fido_dev_t, Free> device(fido_dev_new());
    if (!device)
        return Failure{Problem::Internal, std::nullopt, "out of memory"};
    link.attach(*device);
    const int code = fido_dev_open(device.get(), link.address().c_str());
    Device opened(std::move(device), link, operation);
    if (code != FIDO_OK)
        return opened.failed(code, "opening the key");
    if (!fido_dev_is_fido2(opened.m_device.get()))
        return Failure{Problem::Unsupported, std::nullopt, "the key knows U2F only, not FIDO2"};
    return opened;
}

Outcome<KeyDescription> Device::describe()
{
    const Info info(fido_cbor_info_new());
    if (!info)
        return Failure{Problem::Internal, std::nullopt, "out of memory"};
    if (const int code = fido_dev_get_cbor_info(m_device.get(), info.get()); code != FIDO_OK)
        return failed(code, "asking the key what it is");
    KeyDescription key;
    const auto* aaguid = fido_cbor_info_aaguid_ptr(info.get());
    key.aaguid.assign(aaguid, aaguid + fido_cbor_info_aaguid_len(info.get()));
    key.firmware = firmwareOf(*m_device, *info);
    key.versions = texts(fido_cbor_info_versions_ptr(info.get()), fido_cbor_info_versions_len(info.get()));
    key.extensions = texts(fido_cbor_info_extensions_ptr(info.get()), fido_cbor_info_extensions_len(info.get()));
    key.algorithms = algorithmsOf(*info);
    key.protectsCredentials = fido_dev_supports_cred_prot(m_device.get());
    if (fido_dev_supports_pin(m_device.get()))
        key.pin = hasPin() ? PinStatus::Set : PinStatus::NotSet;
    if (key.pin == PinStatus::Set)
        key.pinTriesLeft = triesLeft();
    return key;
}

Outcome<Registration> Device::enrol(const EnrolRequest& request, const SecretBytes& pin)
{
    if (const auto problem = check(request))
        return *problem;
    if (!fido_dev_supports_cred_prot(m_device.get()))
        return Failure{Problem::Unsupported, std::nullopt, "the key does not know credProtect"};
    const Done allowed = checkPin(pin, request.lastTry);
    if (const auto* failure = failureIn(allowed))
        return *failure;
    const auto limits = listLimits();
    if (const auto* failure = failureIn(limits))
        return *failure;
    auto lists = listsOf(request.excluded, *std::get_if<ListLimits>(&limits),
        AroundEnrolment + 2 * (request.rpId.size() + request.userName.size()) + request.rpName.size());
    if (lists.size() > 1) {
        AssertRequest others;
        others.rpId = request.rpId;
        others.clientDataHash = request.clientDataHash;
        others.allowed = request.excluded;
        const Done held = askAll(others, pin);
        const auto* none = failureIn(held);
        if (!none)
            return Failure{Problem::AlreadyEnrolled, std::nullopt, "it holds one of the excluded credentials"};
        if (none->problem != Problem::WrongKey)
            return *none;
        lists.clear();
    }
    const Cred cred(fido_cred_new());
    if (!cred)
        return Failure{Problem::Internal, std::nullopt, "out of memory"};
    Setters set;
    set(fido_cred_set_type(cred.get(), coseOf(request.algorithm)));
    set(fido_cred_set_rp(
        cred.get(), request.rpId.c_str(), request.rpName.empty() ? request.rpId.c_str() : request.rpName.c_str()));
    set(fido_cred_set_user(cred.get(), request.userId.data(), request.userId.size(), request.userName.c_str(),
        request.userName.c_str(), nullptr));
    set(fido_cred_set_clientdata_hash(cred.get(), request.clientDataHash.data(), request.clientDataHash.size()));
    set(fido_cred_set_prot(cred.get(), FIDO_CRED_PROT_UV_REQUIRED));
    if (!lists.empty())
        for (const Bytes& id : lists.front())
            set(fido_cred_exclude(cred.get(), id.data(), id.size()));
    if (set.code() != FIDO_OK)
        return failureOf(set.code(), "preparing the enrolment");
    const auto secret = terminated(pin);
    if (const int code = fido_dev_make_cred(m_device.get(), cred.get(), textOf(secret)); code != FIDO_OK)
        return refused(code, "making a credential");
    return registrationOf(*cred, request);
}

Outcome<Assertion> Device::assertion(const AssertRequest& request, const SecretBytes& pin)
{
    if (const auto problem = check(request))
        return *problem;
    const Done allowed = checkPin(pin, request.lastTry);
    if (const auto* failure = failureIn(allowed))
        return *failure;
    const auto chosen = holding(request, pin);
    if (const auto* failure = failureIn(chosen))
        return *failure;
    const AssertRequest& list = std::get_if<Held>(&chosen)->request;
    Setters set;
    const Assert inquiry = assertOf(list, set);
    if (!inquiry || set.code() != FIDO_OK)
        return failureOf(inquiry ? set.code() : FIDO_ERR_INTERNAL, "preparing the request");
    const auto secret = terminated(pin);
    if (const int code = fido_dev_get_assert(m_device.get(), inquiry.get(), textOf(secret)); code != FIDO_OK)
        return refused(code, "asking for an assertion");
    return assertionOf(*inquiry, list);
}

Done Device::holds(const AssertRequest& request, const SecretBytes& pin)
{
    if (const auto problem = check(request))
        return *problem;
    if (!pin.empty()) {
        const Done allowed = checkPin(pin, request.lastTry);
        if (const auto* failure = failureIn(allowed))
            return *failure;
    }
    return askAll(request, pin);
}

Done Device::askAll(const AssertRequest& request, const SecretBytes& pin)
{
    const auto found = holding(request, pin);
    if (const auto* failure = failureIn(found))
        return *failure;
    const Held& held = *std::get_if<Held>(&found);
    return held.isKnown ? Done(Ok{}) : askWhether(held.request, pin);
}

Done Device::askWhether(const AssertRequest& request, const SecretBytes& pin)
{
    Setters set;
    const Assert inquiry = assertOf(request, set);
    if (!inquiry || set.code() != FIDO_OK)
        return failureOf(inquiry ? set.code() : FIDO_ERR_INTERNAL, "preparing the request");
    set(fido_assert_set_up(inquiry.get(), FIDO_OPT_FALSE));
    const auto secret = terminated(pin);
    if (const int code = fido_dev_get_assert(m_device.get(), inquiry.get(), textOf(secret)); code != FIDO_OK)
        return refused(code, "asking whether this is the key");
    return Ok{};
}

Outcome<ListLimits> Device::listLimits()
{
    const Info info(fido_cbor_info_new());
    if (!info)
        return Failure{Problem::Internal, std::nullopt, "out of memory"};
    if (const int code = fido_dev_get_cbor_info(m_device.get(), info.get()); code != FIDO_OK)
        return failed(code, "asking the key what it takes");
    if (fido_cbor_info_new_pin_required(info.get()))
        return Failure{Problem::PinChangeNeeded, std::nullopt, "the key says forcePINChange; nothing was tried"};
    return ListLimits{static_cast<std::size_t>(fido_cbor_info_maxcredcntlst(info.get())),
        static_cast<std::size_t>(fido_cbor_info_maxcredidlen(info.get())),
        static_cast<std::size_t>(fido_cbor_info_maxmsgsiz(info.get()))};
}

Outcome<Device::Held> Device::holding(const AssertRequest& request, const SecretBytes& pin)
{
    const auto limits = listLimits();
    if (const auto* failure = failureIn(limits))
        return *failure;
    const auto lists =
        listsOf(request.allowed, *std::get_if<ListLimits>(&limits), AroundAssertion + request.rpId.size());
    AssertRequest part = request;
    for (const auto& list : lists) {
        part.allowed = list;
        if (lists.size() == 1)
            return Held{part, false};
        const Done held = askWhether(part, pin);
        const auto* failure = failureIn(held);
        if (!failure)
            return Held{part, true};
        if (failure->problem != Problem::WrongKey)
            return *failure;
    }
    return Failure{Problem::WrongKey, std::nullopt, "it holds none of the allowed credentials"};
}

Done Device::setPin(const SecretBytes& pin)
{
    if (hasPin())
        return Failure{Problem::PinAlreadySet, std::nullopt, "the key has a PIN"};
    if (!isPin(pin))
        return Failure{Problem::PinUnfit, std::nullopt, "a PIN has 4 to 63 bytes and no NUL"};
    const auto secret = terminated(pin);
    if (const int code = fido_dev_set_pin(m_device.get(), textOf(secret), nullptr); code != FIDO_OK)
        return failed(code, "setting the PIN");
    return Ok{};
}

Done Device::changePin(const SecretBytes& old, const SecretBytes& pin, LastTry lastTry)
{
    if (!isPin(pin))
        return Failure{Problem::PinUnfit, std::nullopt, "a PIN has 4 to 63 bytes and no NUL"};
    const Done allowed = checkPin(old, lastTry);
    if (const auto* failure = failureIn(allowed))
        return *failure;
    const auto oldSecret = terminated(old);
    const auto secret = terminated(pin);
    if (const int code = fido_dev_set_pin(m_device.get(), textOf(secret), textOf(oldSecret)); code != FIDO_OK)
        return failed(code, "changing the PIN");
    return Ok{};
}

std::optional<int> Device::triesLeft()
{
    int left = 0;
    if (fido_dev_get_retry_count(m_device.get(), &left) != FIDO_OK)
        return std::nullopt;
    return left;
}

Done Device::checkPin(const SecretBytes& pin, LastTry lastTry)
{
    if (!hasPin())
        return Failure{Problem::PinNotSet, std::nullopt, "the key has no PIN"};
    int left = 0;
    // What may be the last try is not made unasked.
    if (const int code = fido_dev_get_retry_count(m_device.get(), &left); code != FIDO_OK)
        return failed(code, "asking how many PIN tries are left");
    if (left == 0)
        return Failure{Problem::PinBlocked, 0, "the key counts no try left"};
    if (pin.empty())
        return Failure{Problem::PinNeeded, left, "no PIN was given"};
    if (!isPin(pin))
        return Failure{Problem::PinUnfit, left, "a PIN has 4 to 63 bytes and no NUL; nothing was tried"};
    if (left == 1 && lastTry == LastTry::NotConfirmed)
        return Failure{Problem::PinLastTry, left, "one try is left; nothing was tried"};
    return Ok{};
}

Failure Device::refused(int code, const char* doing)
{
    Failure failure = failed(code, doing);
    if (failure.problem == Problem::PinUnfit)
        failure.problem = Problem::PinChangeNeeded;
    return failure;
}

Failure Device::failed(int code, const char* doing)
{
    Failure failure = failureOf(code, doing);
    const bool conversationEnded =
        code == FIDO_ERR_RX || code == FIDO_ERR_TX || code == FIDO_ERR_KEEPALIVE_CANCEL || code == FIDO_ERR_TIMEOUT;
    if (const auto over = m_operation->over(); over && conversationEnded)
        failure.problem = *over;
    else if (const auto problem = m_link->problem())
        failure.problem = *problem;
    else if (failure.problem == Problem::PinWrong || failure.problem == Problem::ReplugNeeded)
        failure.pinTriesLeft = triesLeft();
    else if (failure.problem == Problem::PinBlocked)
        failure.pinTriesLeft = 0;
    return failure;
}

}
