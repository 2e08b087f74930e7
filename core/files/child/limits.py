"""Limits of memory for a child that cannot set them itself: a job object on Windows, a look now and then on macOS."""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
import time

from core.files.child.serve import MOST_MEMORY

_LOOK_EVERY = 0.1
_TASK_INFO, _TASK_INFO_SIZE = 4, 96
"""PROC_PIDTASKINFO of macOS: 96 bytes that begin with the virtual and the resident size."""

_SELF_LIMITED = platform.system() == "Linux"

if sys.platform == "win32":
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY, _DIE_SILENTLY, _KILL_ON_CLOSE = 0x100, 0x400, 0x2000
    _SET_QUOTA, _TERMINATE = 0x100, 0x1

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class Watch:
        """A job that the process belongs to: it gets no more memory, and ends with the job."""

        def __init__(self, process: int) -> None:
            """Puts the process into a new job before it is asked anything."""
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = kernel.OpenProcess.restype = wintypes.HANDLE
            kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
            kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
            kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
            kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
            limits = _Extended()
            limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _DIE_SILENTLY | _KILL_ON_CLOSE
            limits.ProcessMemoryLimit = MOST_MEMORY
            self._kernel, self._job = kernel, kernel.CreateJobObjectW(None, None)
            handle = kernel.OpenProcess(_SET_QUOTA | _TERMINATE, False, process)
            kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            kernel.AssignProcessToJobObject(self._job, handle)
            kernel.CloseHandle(handle)

        def exceeded(self) -> bool:
            """The system itself refuses more memory."""
            return False

        def close(self) -> None:
            """Ends the job and what is left in it."""
            self._kernel.CloseHandle(self._job)

else:

    class Watch:
        """On macOS, where no limit holds, the resident size of the process; Linux limits it by itself."""

        def __init__(self, process: int) -> None:
            """Watches the process with this id."""
            self._process, self._next = process, 0.0

        def exceeded(self) -> bool:
            """Whether the process holds more memory than it may."""
            if _SELF_LIMITED or time.monotonic() < self._next:
                return False
            self._next = time.monotonic() + _LOOK_EVERY
            library, info = ctypes.CDLL("/usr/lib/libproc.dylib"), ctypes.create_string_buffer(_TASK_INFO_SIZE)
            taken = library.proc_pidinfo(self._process, _TASK_INFO, ctypes.c_uint64(0), info, _TASK_INFO_SIZE)
            resident: int = struct.unpack_from("<QQ", info)[1]
            return taken == _TASK_INFO_SIZE and resident > MOST_MEMORY

        def close(self) -> None:
            """Nothing is held."""
