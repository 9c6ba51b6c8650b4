#include "core/store/policy_store.h"

#include "core/store/access_policy_reader.h"
#include "core/store/durable_file.h"
#include "core/store/text_file.h"
#include "core/store/toml_document.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

namespace store {

namespace {

using base::Errc;
using base::Error;
namespace fs = std::filesystem;

constexpr std::size_t MaxSignatureSize = 1U << 16U;
constexpr const char* SignatureSuffix = ".cms";

fs::path signatureOf(const fs::path& policy)
{
    return policy.string() + SignatureSuffix;
}

/// All of it or nothing, also where the power fails.
base::Status writeDurably(const fs::path& file, const std::string& content)
{
    const fs::path fresh = file.string() + ".new";
    std::error_code ignored; // a rest of before; where it cannot go, creating says why
    fs::remove(fresh, ignored);
    if (auto created = createPrivateFile(fresh); !created)
        return created;
    std::ofstream stream(fresh, std::ios::binary);
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    if (!stream)
        return Error{Errc::Io, "cannot write " + fresh.string()};
    if (auto synced = syncFile(fresh); !synced)
        return synced;
    return renameDurably(fresh, file);
}

}

PolicyStore::PolicyStore(std::string id, PolicyFiles files, Verify verify)
    : m_id(std::move(id))
    , m_files(std::move(files))
    , m_verify(std::move(verify))
{
}

PolicyReport PolicyStore::refresh()
{
    if (!m_restored)
        restore();
    m_restored = true;
    PolicyReport report{
        .news = PolicyNews::Refused, .before = inForce(), .inForce = inForce(), .signer = {}, .detail = {}};
    auto candidate = read(m_files.policy, m_files.signature);
    if (candidate && candidate->text == m_text) {
        report.news = PolicyNews::Unchanged;
        report.signer = m_signer = candidate->signer;
        m_lastRefusal.clear();
        return report;
    }
    base::Status good = candidate ? checkNewer(*candidate) : base::Status(candidate.error());
    if (good)
        good = keep(*candidate);
    if (!good) {
        report.detail = good.error().detail;
        report.isRepeated = m_lastRefusal == report.detail;
        m_lastRefusal = report.detail;
        return report;
    }
    m_lastRefusal.clear();
    m_policy = std::move(candidate->policy);
    m_text = std::move(candidate->text);
    m_signer = std::move(candidate->signer);
    m_highest = m_policy.version;
    dropKeptBelow(m_highest);
    report.news = PolicyNews::Adopted;
    report.inForce = m_policy.version;
    report.signer = m_signer;
    return report;
}

base::Result<PolicyStore::Signed> PolicyStore::read(const fs::path& policy, const fs::path& signature) const
{
    auto text = readTextFile(policy, TomlDocument::MaxSize);
    if (!text)
        return text.error();
    auto cms = readTextFile(signature, MaxSignatureSize);
    if (!cms)
        return cms.error();
    // Nothing is read of what is not signed.
    auto signer = m_verify(*text, *cms);
    if (!signer)
        return Error{signer.error().code, policy.string() + ": " + signer.error().detail};
    auto parsed = readAccessPolicy(*text, policy);
    if (!parsed)
        return parsed.error();
    if (parsed->id != m_id)
        return Error{Errc::Configuration,
            policy.string() + ": expected the policy with the id '" + m_id + "', found '" + parsed->id + "'"};
    return Signed{.policy = *std::move(parsed),
        .signer = *std::move(signer),
        .text = *std::move(text),
        .signature = *std::move(cms)};
}

base::Status PolicyStore::checkNewer(const Signed& candidate) const
{
    const std::uint32_t version = candidate.policy.version;
    if (version > m_highest)
        return base::Ok{};
    if (version == m_highest)
        return Error{Errc::Stale,
            m_files.policy.string() + ": version " + std::to_string(version)
                + " was seen before with another content: raise the version with each change, and sign again"};
    return Error{Errc::Stale,
        m_files.policy.string() + ": version " + std::to_string(version) + " is older than version "
            + std::to_string(m_highest)
            + ", which was seen before: to go back, give the older content a higher version, and sign again"};
}

base::Status PolicyStore::keep(const Signed& candidate) const
{
    std::error_code problem;
    fs::create_directories(m_files.kept, problem);
    if (problem)
        return Error{Errc::Io, "cannot create " + m_files.kept.string() + ": " + problem.message()};
    const fs::path file = keptFile(candidate.policy.version);
    // The signature first: where only it is there, there is no policy yet.
    if (auto written = writeDurably(signatureOf(file), candidate.signature); !written)
        return written;
    return writeDurably(file, candidate.text);
}

fs::path PolicyStore::keptFile(std::uint32_t version) const
{
    return m_files.kept / (m_id + "." + std::to_string(version) + ".toml");
}

std::optional<std::uint32_t> PolicyStore::versionOf(const fs::path& kept) const
{
    const std::string name = kept.filename().string();
    const std::string head = m_id + ".";
    constexpr std::string_view Tail = ".toml";
    if (name.size() <= head.size() + Tail.size() || !name.starts_with(head) || !name.ends_with(Tail))
        return std::nullopt;
    std::uint32_t version = 0;
    const char* end = name.data() + name.size() - Tail.size();
    const auto read = std::from_chars(name.data() + head.size(), end, version);
    return read.ec == std::errc() && read.ptr == end ? std::optional(version) : std::nullopt;
}

void PolicyStore::restore()
{
    std::vector<std::uint32_t> versions;
    std::error_code problem; // no directory yet: nothing was ever kept
    for (fs::directory_iterator entry(m_files.kept, problem), end; !problem && entry != end; entry.increment(problem))
        if (const auto version = versionOf(entry->path()))
            versions.push_back(*version);
    std::sort(versions.rbegin(), versions.rend());
    // A damaged one still says how far things had come.
    m_highest = versions.empty() ? 0 : versions.front();
    for (const std::uint32_t version : versions) {
        auto kept = read(keptFile(version), signatureOf(keptFile(version)));
        if (!kept || kept->policy.version != version)
            continue;
        m_policy = std::move(kept->policy);
        m_text = std::move(kept->text);
        m_signer = std::move(kept->signer);
        return;
    }
}

void PolicyStore::dropKeptBelow(std::uint32_t version) const
{
    std::error_code problem;
    std::vector<fs::path> old;
    for (fs::directory_iterator entry(m_files.kept, problem), end; !problem && entry != end; entry.increment(problem))
        if (const auto kept = versionOf(entry->path()); kept && *kept < version)
            old.push_back(entry->path());
    // One that cannot be removed is only a little space: the higher version counts.
    for (const fs::path& file : old) {
        fs::remove(file, problem);
        fs::remove(signatureOf(file), problem);
    }
}

std::optional<std::uint32_t> PolicyStore::inForce() const
{
    return m_policy.attributes.empty() ? std::nullopt : std::optional(m_policy.version);
}

}
