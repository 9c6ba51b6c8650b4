#pragma once

#include "core/rfq/key_manager.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class ProblemView;

/// The security keys that the signed-in person has at counterparties, as those tell it: what they are called, since
/// when they are there, when they were used; with a way to rename one and to give one up. Each change is approved by a
/// touch, which the step-up dialog asks for. GUI thread.
class VenueKeysView final : public QWidget {
    Q_OBJECT

public:
    VenueKeysView(rfq::KeyManager& keys, QWidget* parent);
    ~VenueKeysView() override;

    /// Asks every counterparty whose session is open.
    void look();

private:
    struct Place {
        rfq::SessionId session;
        std::optional<std::vector<rfq::VenueKey>> keys{}; ///< absent: it has not answered
        std::optional<rfq::KeyFailure> failure{};

        friend bool operator==(const Place& a, const Place& b)
        {
            return a.session == b.session && a.keys == b.keys && a.failure.has_value() == b.failure.has_value();
        }
    };
    enum class Doing { Nothing, Naming, Renaming, Removing };

    void told(const rfq::SessionId& session, std::vector<rfq::VenueKey> keys, std::optional<rfq::KeyFailure> failure);
    void showAll();
    void showPlace(QVBoxLayout& rows, const Place& place, int number);
    void showKey(QVBoxLayout& rows, const Place& place, const rfq::VenueKey& key, const QString& name);
    void addNaming(QVBoxLayout& row, const Place& place, const rfq::VenueKey& key, const QString& name);
    void addWaiting(QVBoxLayout& row, const QString& name);
    void addButtons(QVBoxLayout& row, const Place& place, const rfq::VenueKey& key, const QString& name);
    void begin(Doing doing, const rfq::SessionId& session, const rfq::VenueKey& key);
    void rename(const rfq::SessionId& session, const rfq::VenueKey& key, const QString& name);
    void remove(const rfq::SessionId& session, const rfq::VenueKey& key);
    void finish(const std::optional<rfq::KeyFailure>& failure);

    rfq::KeyManager& m_keys;
    std::shared_ptr<int> m_alive; ///< callbacks that arrive after this is gone find nobody
    std::vector<Place> m_places;
    Doing m_doing = Doing::Nothing;
    rfq::SessionId m_session; ///< of what is being done, as the next one
    std::string m_id;
    QLabel* m_none;
    ProblemView* m_problem;
    QWidget* m_list;
};

}
