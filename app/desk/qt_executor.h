#pragma once

#include "core/base/executor.h"

#include <QObject>

#include <functional>

namespace app {

/// Posts work to the thread this object was made on, through Qt's event loop.
class QtExecutor final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        QMetaObject::invokeMethod(&m_context, std::move(work), Qt::QueuedConnection);
    }

private:
    QObject m_context;
};

}
