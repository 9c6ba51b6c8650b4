#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace ui {

/// Lays its items out in lines, left to right, as many lines as they need.
class FlowLayout final : public QLayout {
public:
    explicit FlowLayout(int spacing);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    void setGeometry(const QRect& rect) override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
    [[nodiscard]] QSize minimumSize() const override;

private:
    enum class Act { Measure, Place };
    int arrange(const QRect& rect, Act act) const;

    int m_spacing;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

}
