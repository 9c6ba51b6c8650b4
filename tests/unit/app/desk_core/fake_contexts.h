#pragma once

#include "app/desk_core/context_source.h"

#include <utility>
#include <vector>

namespace access_test {

/// Says what the test wants said, at once or when the test lets it.
class FakeContexts final : public app::ContextSource {
public:
    void ask(const stepup::QuoteBinding& binding, Answer answer) override
    {
        bindings.push_back(binding);
        waiting.push_back(std::move(answer));
        if (atOnce)
            answerAll();
    }
    void answerAll()
    {
        for (auto& answer : std::exchange(waiting, {}))
            answer(statement);
    }

    stepup::ContextStatement statement{"Countersign test", {}};
    std::vector<stepup::QuoteBinding> bindings;
    std::vector<Answer> waiting;
    bool atOnce = true;
};

}
