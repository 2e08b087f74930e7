"""Makes the application's icons in every form that a system wants from app.svg: python make_icons.py."""

import io
import os
from pathlib import Path

from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent


def drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    """Draw the icon at its own size, which is sharper than making a large one smaller."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(data.data())).convert("RGBA")


def main() -> None:
    """Write the pictures beside this file."""
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(HERE / "app.svg"))
    sizes = {size: drawn(renderer, size) for size in (16, 20, 24, 32, 40, 48, 64, 128, 256, 512, 1024)}
    for size in (256, 512):
        sizes[size].save(HERE / f"app-{size}.png", optimize=True)
    small = [sizes[size] for size in (16, 20, 24, 32, 40, 48, 64, 128)]
    sizes[256].save(HERE / "app.ico", append_images=small, sizes=[image.size for image in (*small, sizes[256])])
    large = [sizes[size] for size in (32, 64, 128, 256, 512)]
    sizes[1024].save(HERE / "app.icns", append_images=large)
    del application


if __name__ == "__main__":
    main()
