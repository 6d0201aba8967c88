"""A module run under cProfile from SIGUSR1 to SIGUSR2, its main thread alone: FILE MODULE ARGUMENT…; the profile goes to FILE."""

import cProfile
import runpy
import signal
import sys

if __name__ == "__main__":
    file, module, *arguments = sys.argv[1:]
    profile = cProfile.Profile()

    def begin(_number: int, _frame: object) -> None:
        """What comes now is measured."""
        profile.enable()

    def end(_number: int, _frame: object) -> None:
        """And no more."""
        profile.disable()
        profile.dump_stats(file)

    signal.signal(signal.SIGUSR1, begin)
    signal.signal(signal.SIGUSR2, end)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
