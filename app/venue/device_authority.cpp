#include "app/venue/device_authority.h"

#include "core/store/text_file.h"

#include <utility>

namespace venue {

namespace {

using base::Error;
using Read = base::Result<std::shared_ptr<const stepup::DeviceTrust>>;

constexpr std::chrono::seconds RootsInterval{10};
constexpr std::size_t LargestLists = 1U << 24U;

Error about(const std::filesystem::path& file, const Error& error)
{
    return {error.code, file.string() + ": " + error.detail};
}

}

Read readDeviceTrust(const DeviceAuthority& authority)
{
    const auto pem = store::readTextFile(authority.roots, LargestRoots);
    if (!pem)
        return pem.error();
    auto roots = stepup::AttestationRoots::fromPem(*pem);
    if (!roots)
        return Error{roots.error().code,
            authority.roots.string() + ": certificates of the device CA in PEM are expected, at least one"};
    auto trust = std::make_shared<stepup::DeviceTrust>();
    trust->roots = *std::move(roots);
    trust->hardwarePolicies = authority.hardwarePolicies;
    if (authority.revocationLists) {
        const auto text = store::readTextFile(*authority.revocationLists, LargestLists);
        if (!text)
            return text.error();
        auto lists = stepup::revocationListsFrom(*text);
        if (!lists)
            return about(*authority.revocationLists, lists.error());
        trust->checksRevocation = true;
        trust->lists = *std::move(lists);
    }
    return std::shared_ptr<const stepup::DeviceTrust>(std::move(trust));
}

DeviceAuthorityWatch::DeviceAuthorityWatch(DeviceAuthority authority, const base::Clock& clock)
    : m_authority(std::move(authority))
    , m_clock(clock)
    , m_due(clock.steady())
    , m_roots(m_authority.roots.string())
    , m_lists(m_authority.revocationLists.value_or(m_authority.roots).string())
{
}

std::optional<Read> DeviceAuthorityWatch::runDue()
{
    if (m_clock.steady() < m_due)
        return std::nullopt;
    m_due = m_clock.steady() + RootsInterval;
    const bool haveRootsChanged = m_roots.hasChanged();
    const bool haveListsChanged = m_lists.hasChanged();
    return haveRootsChanged || haveListsChanged ? std::optional(readDeviceTrust(m_authority)) : std::nullopt;
}

}
