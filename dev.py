#!/usr/bin/env python3
"""The one task runner: needs nothing but Python and sets up what the rest needs."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

USAGE = """\
python dev.py run [FILE | command ...]   start Balassa, or one of its headless commands
python dev.py test [pytest arguments]    all checks and tests; with arguments only pytest
python dev.py fix [PATH ...]             format the code and apply the safe fixes of ruff
python dev.py shots [arguments]          take the screenshots of docs/images
python dev.py docs                       write the reference pages of docs/indices
python dev.py bench [--long]             compare our speed with other programs
python dev.py i18n [--check]             update the translation catalogues
python dev.py build                      make the application in dist/ and test it"""

ROOT = Path(__file__).resolve().parent
LINUX, WINDOWS = sys.platform.startswith("linux"), os.name == "nt"

# What the wheel of PySide6 links to but does not bring: file=package of Debian and Ubuntu.
QT_LIBRARIES = """
    libEGL.so.1=libegl1 libGL.so.1=libgl1 libX11.so.6=libx11-6 libX11-xcb.so.1=libx11-xcb1
    libbrotlidec.so.1=libbrotli1 libdbus-1.so.3=libdbus-1-3 libfontconfig.so.1=libfontconfig1
    libfreetype.so.6=libfreetype6 libglib-2.0.so.0=libglib2.0-0 libgssapi_krb5.so.2=libgssapi-krb5-2
    libxcb-cursor.so.0=libxcb-cursor0 libxcb-glx.so.0=libxcb-glx0 libxcb-icccm.so.4=libxcb-icccm4
    libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-randr.so.0=libxcb-randr0
    libxcb-render-util.so.0=libxcb-render-util0 libxcb-shape.so.0=libxcb-shape0 libxcb-shm.so.0=libxcb-shm0
    libxcb-sync.so.1=libxcb-sync1 libxcb-util.so.1=libxcb-util1 libxcb-xfixes.so.0=libxcb-xfixes0
    libxcb-xkb.so.1=libxcb-xkb1 libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxkbcommon.so.0=libxkbcommon0
    libzstd.so.1=libzstd1"""


class Stop(Exception):
    """Ends the program with one plain sentence."""


def say(text: str) -> None:
    """Write to stderr, because stdout belongs to the program that is run."""
    print(text, file=sys.stderr, flush=True)


def digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def code_of(command: list[str], env: dict[str, str] | None = None, **options: Any) -> int:
    """Run in the project folder; a signal becomes 128 + its number, as in a shell."""
    try:
        code = subprocess.run(command, env=env, **{"cwd": ROOT} | options).returncode
    except subprocess.TimeoutExpired as expired:
        raise Stop(f"{command[0]} did not end within {expired.timeout} seconds.") from None
    return 128 - code if -64 < code < 0 else code


def failure(*commands: list[str]) -> str:
    """Run the commands silently until one fails; return the end of what that one said."""
    for command in commands:
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
        except OSError as error:
            return str(error)
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines()
            return "\n".join(said[-12:]) or f"{command[0]} ended with {done.returncode}"
    return ""


# ---- virtual environments ----


def python_in(folder: Path) -> str:
    return str(folder / ("Scripts/python.exe" if WINDOWS else "bin/python"))


def stamp_of(folder: Path) -> dict[str, str]:
    """Read what a set-up recorded at its end; nothing if it was interrupted or its Python is gone."""
    with contextlib.suppress(OSError, ValueError):
        if os.access(python_in(folder), os.X_OK):
            return dict(json.loads((folder / "stamp.json").read_text("utf-8")))
    return {}


def filled(name: str, base: str, wanted: dict[str, str], packages: list[str]) -> str:
    """Return the Python of a virtual environment that has what is wanted, made or updated if it has not."""
    folder = ROOT / name
    python, stamp_file = python_in(folder), folder / "stamp.json"
    if wanted.items() <= stamp_of(folder).items():
        return python
    with (ROOT / f"{name}.lock").open("a") as lock:
        if not WINDOWS:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)  # a second dev.py waits until this one has filled the folder
        stamp = stamp_of(folder)
        if wanted.items() <= stamp.items():
            return python
        fresh = stamp.get("python") != wanted["python"]
        say(f"Setting up {name} (first time, about a minute) ..." if fresh else f"Updating {name} ...")
        stamp_file.unlink(missing_ok=True)  # a set-up that is interrupted starts again from nothing
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        ways = [[[base, "-m", "venv", str(folder)] if fresh else [python, "-m", "ensurepip"], pip]]
        if uv := shutil.which("uv"):  # which does not read pip's settings (mirrors, proxies)
            make = [[uv, "venv", "--python", base, str(folder)]] if fresh else []
            ways.insert(0, [*make, [uv, "pip", "install", "--python", python]])
        for way in ways:
            if fresh and folder.exists():
                shutil.rmtree(folder)
            errors = failure(*way[:-1], [*way[-1], "--quiet", *packages])
            if not errors:
                stamp_file.write_text(json.dumps(wanted, indent=1), "utf-8")
                return python
        raise Stop(f"{errors}\n{name} could not be set up (see above). It needs a network; then try again.")


def project_python(kinds: int = 2) -> str:
    """Return the Python of .venv with the run-time packages, the tools (2), what bench compares with (3)."""
    have, files = stamp_of(ROOT / ".venv"), [f"requirements{kind}.txt" for kind in ("", "-dev", "-bench")]
    files = files[: max(kinds, sum(file in have for file in files))]
    wanted = {"python": sys.version.split()[0], **{file: digest(file) for file in files}}
    if not have and LINUX and not shutil.which("uv") and not importlib.util.find_spec("ensurepip"):
        need({"Python's module ensurepip": f"python3.{sys.version_info.minor}-venv"})  # Debian splits it off
    base = getattr(sys, "_base_executable", None) or sys.executable  # never the Python inside .venv
    return filled(".venv", base, wanted, ["-r", files[-1]])


# ---- system packages and screens (Linux) ----


def need(missing: dict[str, str]) -> None:
    """Install the packages of the missing things as root (in CI with sudo), else name them and stop."""
    if not missing:
        return
    packages = sorted(set(missing.values()))
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"] if os.environ.get("CI") else None
    if sudo is None or not shutil.which("apt-get"):
        raise Stop(
            f"This system lacks {', '.join(sorted(missing))}.\n"
            f"On Debian and Ubuntu type: sudo apt-get install {' '.join(packages)}\n"
            "On other systems install the packages that contain these, then try again."
        )
    say(f"Installing system packages: {' '.join(packages)} ...")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    if errors := failure([*apt, "update"], [*apt, "install", "--no-install-recommends", *packages]):
        raise Stop(f"{errors}\nFailed: apt-get install {' '.join(packages)}")


def missing_libraries() -> dict[str, str]:
    missing = {}
    for file, package in (pair.split("=") for pair in QT_LIBRARIES.split() if LINUX):
        try:
            ctypes.CDLL(file)
        except OSError:
            missing[file] = package
    return missing


def need_screen(**programs: str) -> None:
    programs["Xvfb"] = "xvfb"
    lacking = {name: package for name, package in programs.items() if LINUX and not shutil.which(name)}
    need(missing_libraries() | lacking)


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Start an X server of our own; gives the variables that lead to it."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # comes when the server is ready, ends when it dies
        if not number:
            raise Stop("Xvfb does not start; `Xvfb :77` says why.")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def isolated(command: list[str], *, seen: bool = False, **options: Any) -> int:
    """Run where all machines are the same: none of the user's settings, no screen or one of our own."""
    theirs = ("QT_", "PYTEST_", "PYTHON", "LC_", "LANG", "WAYLAND_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    env |= {"PYTHONUTF8": "1", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    env |= {} if seen else {"QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="balassa-") as folder:  # Qt warns if it is missing or not 0700
        env |= {"XDG_RUNTIME_DIR": folder} if LINUX else {}
        with screen() if seen and LINUX else contextlib.nullcontext({}) as display:
            return code_of(command, env | display, **options)


# ---- the verbs ----


def run(arguments: list[str]) -> int:
    """Start the application; complain about system libraries only where Qt does not start."""
    python = project_python(1)
    if missing := missing_libraries():
        seen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        probe = "from PySide6.QtWidgets import QApplication" + ("; QApplication([])" if seen else "")
        if failure([python, "-c", probe]):
            need(missing)
    return code_of([python, "main.py", *arguments])


def test(arguments: list[str]) -> int:
    """Check and test everything; every step runs even if an earlier one failed."""
    need_screen()
    python = project_python()
    pytest = [python, "-m", "pytest", "-m", "not xvfb and not nightly", *arguments]
    if arguments:
        seen = "-m" in arguments and bool(re.search(r"(?<!not )\bxvfb\b", " ".join(arguments)))
        if (code := isolated(pytest, seen=seen)) == 5:  # the last -m counts
            say("Tests marked xvfb or nightly want their mark: python dev.py test -m xvfb ...")
        return code
    steps = {
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "lint": [python, "-m", "ruff", "check", "."],
        "types": [python, "-m", "mypy"],
        "imports": [python, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        "catalogues": [sys.executable, "dev.py", "i18n", "--check"],
        "tests": pytest,
    }
    if LINUX and any("mark.xvfb" in path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")):
        steps["tests on a screen"] = [*pytest, "-m", "xvfb and not nightly"]
    summary, failed = [], False
    for name, command in steps.items():
        print(f"\n---- {name}", flush=True)
        start = time.monotonic()
        code = isolated(command, seen=name == "tests on a screen")
        failed |= bool(code)
        summary.append(f"{'FAILED' if code else 'ok':6}  {name:18}{time.monotonic() - start:6.1f} s")
    print("", *summary, sep="\n", flush=True)
    return int(failed)


def fix(arguments: list[str]) -> int:
    ruff, paths = [project_python(), "-m", "ruff"], arguments or ["."]
    return code_of([*ruff, "check", "--fix", *paths]) | code_of([*ruff, "format", *paths])


def shots(arguments: list[str]) -> int:
    need_screen()
    return isolated([project_python(), "docs/shots.py", *arguments], seen=True)


def docs(arguments: list[str]) -> int:
    return isolated([project_python(), "docs/indices.py", *arguments])


def bench(arguments: list[str]) -> int:
    need_screen()
    return isolated([project_python(3), "-m", "bench", *arguments], seen=True)


def i18n(arguments: list[str]) -> int:
    """Extract the messages, merge them into the translation and compile it; or check that this was done."""
    locale, check = ROOT / "resources/locale", arguments == ["--check"]
    names = ["balassa.pot", "zh_CN/LC_MESSAGES/balassa.po", "zh_CN/LC_MESSAGES/balassa.mo"]
    with tempfile.TemporaryDirectory(prefix="balassa-") as folder:
        made = [Path(folder, name) for name in names]
        made[1].parent.mkdir(parents=True)
        if (locale / names[1]).exists():
            shutil.copyfile(locale / names[1], made[1])
        make_catalogues(project_python(), *made)
        stale = [name for name in names if content(Path(folder, name)) != content(locale / name)]
        entries = made[1].read_text("utf-8").split("\n\n")[1:]
        for name in () if check else stale:
            (locale / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder, name), locale / name)
    empty = [entry for entry in entries if re.search(r'^msgstr(\[\d\])? ""$(?!\n")', entry, re.MULTILINE)]
    if empty:
        print(f"{len(empty)} of {len(entries)} messages have no Chinese text:", *empty, sep="\n")
    if check and stale:
        print(f"The catalogues do not fit the code ({', '.join(stale)}): type python dev.py i18n", flush=True)
    elif not empty:
        print(f"{len(entries)} messages, all with a Chinese text.", flush=True)
    return int(check and bool(stale or empty))


def make_catalogues(python: str, pot: Path, po: Path, mo: Path) -> None:
    """Write the template, bring the translation up to it, compile that; without dates, places, people."""
    form = ["--no-default-keywords", "--no-location", "--no-wrap", "--sort-output", "--project=Balassa"]
    form += [f"--keyword={keyword}" for keyword in ("_:1", "ngettext:1,2", "Text:1", "text:1", "refuse:1")]
    form += [f"--output={pot}", *(name for name in ("core", "gui", "main.py") if (ROOT / name).exists())]
    merge = ["--no-wrap", "--no-fuzzy-matching", "--ignore-obsolete", "--init-missing", f"--input-file={pot}"]
    for file, command in (
        (pot, ["extract", *form]),
        (po, ["update", "--locale=zh_CN", *merge, f"--output-file={po}"]),
        (mo, ["compile", "--locale=zh_CN", f"--input-file={po}", f"--output-file={mo}"]),
    ):
        if errors := failure([python, "-m", "babel.messages.frontend", "-q", *command]):
            raise Stop(f"{errors}\nThe messages could not be processed: pybabel {command[0]} failed.")
        if file != mo:  # whose header comes from the translation's
            text = re.sub(r"\A(#.*\n)+", "", file.read_text("utf-8"))
            text = re.sub(r'(?m)^"(PO-Rev|Last-Tr|Language-Team|Report-|Generated-By).*\n', "", text)
            text = re.sub(r'(?m)^("POT-Creation-Date: ).*', r'\g<1>2000-01-01 00:00+0000\\n"', text)
            file.write_text(text.strip() + "\n", "utf-8", newline="\n")


def content(path: Path) -> bytes:
    """Read for comparing; a checkout may have changed the line ends of a text."""
    data = path.read_bytes() if path.exists() else b""
    return data if path.suffix == ".mo" else data.replace(b"\r\n", b"\n")


def build(arguments: list[str]) -> int:
    """Freeze the application in an environment without tools (which would double its size), then test it."""
    need_screen(objdump="binutils")
    base, version = building_python()
    pyinstaller = re.findall(r"(?m)^pyinstaller==\S+", (ROOT / "requirements-dev.txt").read_text("utf-8"))[0]
    wanted = {"python": version, "requirements.txt": digest("requirements.txt"), "pyinstaller": pyinstaller}
    python = filled(".venv-build", base, wanted, ["-r", "requirements.txt", pyinstaller])
    say(f"Freezing on Python {version} ({base}) ...")
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    freeze = [python, "-m", "PyInstaller", "--noconfirm", "--clean", *arguments, "build.spec"]
    if code := code_of(freeze, os.environ | {"PYI_LOG_LEVEL": "WARN", "PYTHONHASHSEED": "1"}):
        raise Stop(f"PyInstaller failed with {code}.")
    return self_test(max((ROOT / "dist").iterdir(), key=lambda path: path.suffix == ".app"))


def building_python() -> tuple[str, str]:
    """Find the newest Python that can freeze; what is on PATH may be a shim that only complains."""
    probe = """if True:
        import sys, sysconfig, ssl, ctypes, venv, ensurepip, glob
        v, minor = sysconfig.get_config_var, sys.version_info.minor
        library = glob.glob(f"{v('LIBDIR')}/libpython3.{minor}.*[!a]")
        if sys.platform != "win32" and not (v("Py_ENABLE_SHARED") or v("PYTHONFRAMEWORK") or library):
            sys.exit("PyInstaller needs a Python with a shared library")
        print(sys.version.split()[0], getattr(sys, "_base_executable", None) or sys.executable, end="")"""
    for minor in (13, 12, 11):
        pyenv = [[str(path)] for path in Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")]
        for way in ([f"python3.{minor}"], ["py", f"-3.{minor}"], [sys.executable], *pyenv):
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                done = subprocess.run([*way, "-c", probe], capture_output=True, text=True, timeout=60)
                version, _, path = done.stdout.partition(" ")
                if done.returncode == 0 and version.startswith(f"3.{minor}."):
                    return path, version
    raise Stop("No Python 3.11, 3.12 or 3.13 with a shared library was found to freeze the application on.")


def self_test(built: Path) -> int:
    """Run the built application's own test, from a place that a developer would not think of."""
    sizes = [path.stat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink()]
    print(f"{built.relative_to(ROOT)}: {sum(sizes) / 1e6:.0f} MB, {len(sizes)} files", flush=True)
    with tempfile.TemporaryDirectory(prefix="balassa-") as folder:
        place = shutil.copytree(built, Path(folder, "测试 空格", built.name), symlinks=True)
        report = Path(folder, "report.txt")
        program = place / ("Contents/MacOS" if place.suffix else "") / (place.stem + ".exe" * WINDOWS)
        code = isolated([str(program), "self-test", "--out", str(report)], seen=True, cwd=folder, timeout=600)
        print(report.read_text("utf-8").strip() if report.exists() else "There is no report.", flush=True)
        if code or not report.exists():
            raise Stop(f"The self-test of the built application failed with {code}.")
    return 0


VERBS = {verb.__name__: verb for verb in (run, test, fix, shots, docs, bench, i18n, build)}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (this is what says so)
        say(f"Balassa needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    if not arguments or arguments[0] not in VERBS:
        say(USAGE)
        return 2
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console of Windows may know no Chinese
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that our screen is taken down
    try:
        return VERBS[arguments[0]](arguments[1:])
    except (Stop, OSError) as error:
        say(str(error).strip())
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
