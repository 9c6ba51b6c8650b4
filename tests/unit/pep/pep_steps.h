#pragma once

#include "tests/unit/pep/pep_world.h"

#include <algorithm>
#include <string>
#include <string_view>

/// Settings and steps that several of the tests take.
namespace pep_test {

inline EnforcementSettings armedOnly()
{
    auto settings = PepWorld::settings();
    settings.dealing = Dealing::ArmedTicketRequired;
    return settings;
}

inline void changeStore(PepWorld& world)
{
    ++world.identities.mark;
    world.clock.advance(PepWorld::settings().identityRefresh);
    world.point->tick();
}

inline EnforcementSettings with(Rule rule)
{
    auto settings = PepWorld::settings();
    rule.name = "ours";
    settings.rules = withDefaults({std::move(rule)});
    return settings;
}

inline Rule after(RuleTrigger trigger, RuleScope by, std::size_t threshold, RuleAction action)
{
    Rule rule;
    rule.trigger = trigger;
    rule.by = by;
    rule.threshold = threshold;
    rule.window = 600s;
    rule.actions = {RuleAction::Alert, action};
    return rule;
}

inline fix::WireMessage report(const std::string& order, const char* status, const char* filled, const char* type = "F")
{
    fix::WireMessage message = messageOf("8");
    message.add(fix::tag::ClOrdId, order);
    message.add(fix::tag::ExecType, type);
    message.add(fix::tag::OrdStatus, status);
    message.add(fix::tag::CumQty, filled);
    return message;
}

inline std::string field(const Event* event, std::string_view name)
{
    if (!event)
        return {};
    const auto found = std::find_if(
        event->fields.begin(), event->fields.end(), [&](const EventField& one) { return one.name == name; });
    return found == event->fields.end() ? std::string() : found->value;
}

}
