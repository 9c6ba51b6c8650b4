#include "core/fix/attempt.h"

namespace fix {

Attempt::Attempt(Work work, Done done)
    : m_thread([this, work = std::move(work), done = std::move(done)] { done(work(m_cancelled)); })
{
}

Attempt::~Attempt()
{
    cancel();
    m_thread.join();
}

}
