#include "app/cli/recorded_decision.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace cli {

namespace {

using nlohmann::json;
using namespace zerotrust;

base::Error expected(const std::string& what)
{
    return {base::Errc::InvalidInput, what + " is expected"};
}

/// Empty where there is none.
base::Result<std::string> text(const json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return std::string();
    if (!found->is_string())
        return expected(std::string("\"") + name + "\": a string");
    return found->get<std::string>();
}

/// Nothing where there is none; an error where it is no such name.
template <typename T, typename Parse>
base::Result<std::optional<T>> named(const json& object, const char* name, Parse parse, const char* names)
{
    const auto word = text(object, name);
    if (!word)
        return word.error();
    if (word->empty())
        return std::optional<T>();
    std::optional<T> value = parse(*word);
    if (!value)
        return expected(std::string("\"") + name + "\": " + names);
    return value;
}

std::optional<Outcome> parseOutcome(std::string_view name)
{
    for (const Outcome outcome : {Outcome::Allow, Outcome::StepUp, Outcome::Deny})
        if (name == outcomeName(outcome))
            return outcome;
    // A session that may look and not deal until the step-up.
    return name == "view-only" ? std::optional(Outcome::StepUp) : std::nullopt;
}

base::Result<Signal> readSignal(const json& object)
{
    if (!object.is_object())
        return expected("\"signals\": an array of objects");
    auto attribute = text(object, "attribute");
    auto value = text(object, "value");
    auto evidence = text(object, "evidence");
    auto source = named<Source>(object, "source", parseSource, "seen, proven or reported");
    for (const auto* each : {&attribute, &value, &evidence})
        if (!*each)
            return each->error();
    if (!source)
        return source.error();
    if (attribute->empty() || !object.contains("value"))
        return expected("in each of \"signals\" an \"attribute\" and a \"value\"");
    return Signal{.attribute = *std::move(attribute),
        .value = parseValue(*value),
        .source = source->value_or(Source::Seen),
        .evidence = *std::move(evidence)};
}

using MaybeDecision = base::Result<std::optional<RecordedDecision>>;

/// Who and when; `time` is the name of the member that says when.
base::Result<RecordedDecision> readHead(const json& object, const char* time)
{
    RecordedDecision decision;
    for (const auto& [name, place] : {std::pair{time, &decision.at}, std::pair{"user", &decision.user},
             std::pair{"reference", &decision.reference}}) {
        auto value = text(object, name);
        if (!value)
            return value.error();
        *place = *std::move(value);
    }
    return decision;
}

MaybeDecision readTrailLine(const json& object, const json& fields)
{
    const auto line = text(fields, "signals");
    if (!line)
        return line.error();
    const bool isDecision = fields.contains("scored");
    if (line->empty() && !isDecision)
        return std::optional<RecordedDecision>();
    auto decision = readHead(object, "time");
    if (decision && line->empty()) {
        decision->isWhole = false;
        return std::optional(*std::move(decision));
    }
    const auto outcome =
        named<Outcome>(fields, isDecision ? "scored" : "outcome", parseOutcome, "allow, step-up, view-only or deny");
    auto signals = parseSignals(*line);
    if (!decision || !outcome)
        return decision ? outcome.error() : decision.error();
    if (!signals)
        return expected("\"signals\": a line such as session|seen:network=203.0.113.9");
    decision->outcome = *outcome;
    decision->signals = *std::move(signals);
    return std::optional(*std::move(decision));
}

MaybeDecision readObject(const json& object)
{
    auto decision = readHead(object, "at");
    if (!decision)
        return decision.error();
    const auto outcome = named<Outcome>(object, "outcome", parseOutcome, "allow, step-up, view-only or deny");
    const auto occasion = named<Occasion>(object, "occasion", parseOccasion, "session or action");
    if (!outcome || !occasion)
        return outcome ? occasion.error() : outcome.error();
    decision->outcome = *outcome;
    decision->signals.occasion = occasion->value_or(Occasion::Session);
    const auto signals = object.find("signals");
    if (signals == object.end() || !signals->is_array())
        return expected("\"signals\": an array");
    for (const json& each : *signals) {
        auto signal = readSignal(each);
        if (!signal)
            return signal.error();
        decision->signals.all.push_back(*std::move(signal));
    }
    return std::optional(*std::move(decision));
}

}

MaybeDecision parseRecordedDecision(std::string_view line)
{
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object())
        return expected("one JSON object");
    const auto fields = object.find("fields");
    return fields != object.end() && fields->is_object() ? readTrailLine(object, *fields) : readObject(object);
}

}
