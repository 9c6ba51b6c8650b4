#include "app/cli/policy_run.h"

#include "app/cli/policy_events.h"
#include "app/cli/reporter.h"
#include "core/access/vocabulary.h"
#include "core/base/overloaded.h"
#include "core/place/location.h"
#include "core/store/access_policy_reader.h"
#include "core/store/text_file.h"
#include "core/tls/detached_signature.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <utility>
#include <vector>

namespace cli {

namespace {

using namespace zerotrust;

constexpr std::size_t MaxPolicySize = 1U << 20U;
constexpr std::size_t MaxSignatureSize = 1U << 16U;
constexpr std::size_t MaxLineSize = 1U << 20U;

ExitCode refuse(const base::Error& error, Reporter& reporter)
{
    for (const Event& event : policyProblemEvents(error))
        reporter.report(event);
    return ExitCode::Configuration;
}

/// Who signed the file; empty where nobody asks.
base::Result<std::string> signerOf(const PolicyLint& lint)
{
    if (lint.signature.empty())
        return std::string();
    const auto signers = tls::PinnedSigners::load(lint.signer);
    if (!signers)
        return signers.error();
    const auto text = store::readTextFile(lint.file, MaxPolicySize);
    if (!text)
        return text.error();
    const auto signature = store::readTextFile(lint.signature, MaxSignatureSize);
    if (!signature)
        return signature.error();
    auto signer = signers->verify(*text, *signature);
    if (!signer)
        return base::Error{signer.error().code, lint.signature + ": " + signer.error().detail};
    return signer;
}

ExitCode run(const PolicyLint& lint, Reporter& reporter)
{
    const auto signer = signerOf(lint);
    if (!signer)
        return refuse(signer.error(), reporter);
    const auto policy = store::openAccessPolicy(lint.file);
    if (!policy)
        return refuse(policy.error(), reporter);
    for (const LintFinding& finding : zerotrust::lint(*policy))
        reporter.report(lintEvent(finding));
    reporter.report(policyEvent(*policy, *signer));
    return ExitCode::Done;
}

bool speaksOf(const Signals& signals, const char* attribute)
{
    return std::any_of(
        signals.all.begin(), signals.all.end(), [&](const Signal& each) { return each.attribute == attribute; });
}

/// The country of an address that was given, as a policy enforcement point would find it out.
base::Status addCountry(const PolicyExplain& explain, const AccessPolicy& policy, Signals& signals)
{
    std::optional<place::CountryFile> countries;
    if (!explain.countries.empty()) {
        auto file = place::CountryFile::open(explain.countries);
        if (!file)
            return file.error();
        countries = *std::move(file);
    }
    if (speaksOf(signals, attribute::Country))
        return base::Ok{};
    for (const Signal& each : explain.signals.all) {
        const auto* address = std::get_if<IpAddress>(&each.value);
        if (!address || each.attribute != attribute::Network)
            continue;
        for (Signal& found : place::locationSignals(policy, countries ? &*countries : nullptr, *address))
            if (found.attribute == attribute::Country)
                signals.all.push_back(std::move(found));
    }
    return base::Ok{};
}

/// Facts that somebody has mistyped would otherwise be left out without a word.
std::vector<LintFinding> doubtsAbout(const AccessPolicy& policy, const Signals& signals)
{
    std::vector<LintFinding> doubts;
    for (const Signal& each : signals.all) {
        const bool isAsked = std::any_of(policy.attributes.begin(), policy.attributes.end(),
            [&](const AttributeRule& rule) { return rule.attribute == each.attribute; });
        if (!isAsked)
            doubts.push_back({each.attribute, "the policy has no such attribute: the fact changes nothing"});
        else if (std::string doubt = valueDoubt(each.attribute, each.value); !doubt.empty())
            doubts.push_back({each.attribute, std::move(doubt)});
    }
    return doubts;
}

ExitCode run(const PolicyExplain& explain, Reporter& reporter)
{
    const auto policy = store::openAccessPolicy(explain.file);
    if (!policy)
        return refuse(policy.error(), reporter);
    Signals signals = explain.signals;
    if (const auto added = addCountry(explain, *policy, signals); !added)
        return refuse(added.error(), reporter);
    const AccessDecision decision = evaluate(*policy, signals);
    for (const LintFinding& doubt : doubtsAbout(*policy, explain.signals))
        reporter.report(lintEvent(doubt));
    for (const ScoreLine& line : decision.score.lines)
        reporter.report(scoreLineEvent(line));
    reporter.report(decisionEvent(decision));
    return ExitCode::Done;
}

/// With the policy's own places: they come before what was known of the address then, which stays where they are
/// silent.
Signals placed(const AccessPolicy& policy, Signals signals)
{
    std::vector<Signal> countries;
    for (const Signal& each : signals.all) {
        const auto* address = std::get_if<IpAddress>(&each.value);
        if (!address || each.attribute != attribute::Network || each.source != Source::Seen)
            continue;
        for (Signal& found : place::locationSignals(policy, nullptr, *address))
            if (found.attribute == attribute::Country)
                countries.push_back(std::move(found));
    }
    if (countries.empty())
        return signals;
    std::erase_if(signals.all,
        [](const Signal& each) { return each.attribute == attribute::Country && each.source == Source::Seen; });
    signals.all.insert(signals.all.end(), countries.begin(), countries.end());
    return signals;
}

/// Replays decisions of the past, one after the other, and counts.
class Simulation {
public:
    Simulation(const AccessPolicy& policy, std::optional<AccessPolicy> against, Reporter& reporter)
        : m_policy(policy)
        , m_against(std::move(against))
        , m_reporter(reporter)
    {
    }

    void replay(const RecordedDecision& then)
    {
        if (!then.isWhole) {
            ++m_all.notReplayed;
            ++m_people[then.user].notReplayed;
            return;
        }
        const AccessDecision now = evaluate(m_policy, placed(m_policy, then.signals));
        const auto before =
            m_against ? std::optional(evaluate(*m_against, placed(*m_against, then.signals)).outcome) : then.outcome;
        count(m_all, before, now.outcome);
        count(m_people[then.user], before, now.outcome);
        if (before && *before != now.outcome)
            m_reporter.report(changedDecisionEvent(then, *before, now));
    }
    void finish() const
    {
        for (const auto& [user, counted] : m_people)
            if (counted.refused + counted.steppedUp + counted.relaxed + counted.notReplayed > 0)
                m_reporter.report(personCountEvent(user, counted));
        m_reporter.report(simulatedEvent(m_policy, m_all));
    }

private:
    static void count(SimulationCount& counted, std::optional<Outcome> before, Outcome now)
    {
        ++counted.decisions;
        if (!before)
            ++counted.incomparable;
        else if (now < *before)
            ++counted.relaxed;
        else if (now > *before)
            ++(now == Outcome::Deny ? counted.refused : counted.steppedUp);
    }

    const AccessPolicy& m_policy;
    std::optional<AccessPolicy> m_against;
    Reporter& m_reporter;
    SimulationCount m_all;
    std::map<std::string, SimulationCount> m_people;
};

ExitCode run(const PolicySimulate& simulate, Reporter& reporter)
{
    const auto policy = store::openAccessPolicy(simulate.file);
    if (!policy)
        return refuse(policy.error(), reporter);
    std::optional<AccessPolicy> against;
    if (!simulate.against.empty()) {
        auto old = store::openAccessPolicy(simulate.against);
        if (!old)
            return refuse(old.error(), reporter);
        against = *std::move(old);
    }
    std::ifstream file(simulate.decisions, std::ios::binary);
    if (!file)
        return refuse({base::Errc::Io, "cannot read " + simulate.decisions + ": " + std::strerror(errno)}, reporter);
    Simulation simulation(*policy, std::move(against), reporter);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const auto then = line.size() <= MaxLineSize
            ? parseRecordedDecision(line)
            : base::Result<std::optional<RecordedDecision>>(
                base::Error{base::Errc::InvalidInput, "a line of at most 1 MiB is expected"});
        if (!then)
            return refuse(
                {then.error().code, simulate.decisions + ":" + std::to_string(number) + ": " + then.error().detail},
                reporter);
        if (*then)
            simulation.replay(**then);
    }
    if (file.bad())
        return refuse({base::Errc::Io, "cannot read " + simulate.decisions + " to its end"}, reporter);
    simulation.finish();
    return ExitCode::Done;
}

}

ExitCode runPolicy(const PolicyCommand& command, Format format, std::ostream& out)
{
    Reporter reporter(out, format);
    return std::visit(base::Overloaded{
                          [&](const PolicyLint& lint) { return run(lint, reporter); },
                          [&](const PolicyExplain& explain) { return run(explain, reporter); },
                          [&](const PolicySimulate& simulate) { return run(simulate, reporter); },
                          [&](const PolicyDefault&) {
                              out << store::defaultAccessPolicyText();
                              out.flush();
                              return ExitCode::Done;
                          },
                      },
        command.what);
}

}
