"""Runs a program on a new terminal, and types into it as soon as the terminal echoes no more.

Usage: typed-early.py TEXT PROGRAM [ARGUMENTS]. Prints, as JSON, what the terminal showed, whether it stopped echoing within 30
seconds, and whether it echoes again after the program's end.
"""

import json
import os
import pty
import select
import sys
import termios
import time

text, *program = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(program[0], program)


def echoes():
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


shown = b""
silenced = False
deadline = time.monotonic() + 30
while True:
    if not silenced and not echoes():
        silenced = True
        os.write(terminal, text.encode())
    if not silenced and time.monotonic() > deadline:
        break
    if not select.select([terminal], [], [], 0.01)[0]:
        continue
    try:
        data = os.read(terminal, 65536)
    except OSError:  # how Linux says that the program has closed the terminal
        break
    if not data:
        break
    shown += data

print(json.dumps({"shown": shown.decode(errors="replace"), "silenced": silenced, "echoesAgain": echoes()}))
