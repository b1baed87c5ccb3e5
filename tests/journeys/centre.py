"""One centre of its own for one test: own addresses, own data, tones instead of speech."""

import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import sip
import sound

ROOT = Path(__file__).resolve().parents[2]
AMER = Path(os.environ.get("AMER_PROGRAM", ROOT / "build/dev/bin/amer"))
OPEN = "2026-11-19T10:00:00+04:00"      # a Thursday morning, within the hours
EVENING = "2026-11-19T18:00:00+04:00"   # the same Thursday, closed
MORNING = "2026-11-20T07:29:50+04:00"   # Friday, ten seconds before the opening

# What each prompt is in these tests, in Hz: heard and told apart by measurement. Prompts that are
# not here are silent and over at once.
TONES = {"GRT-U": 400, "GRT-T": 450, "LNG": 500, "Q-LOST": 560, "REC": 550, "U-MAIN": 600,
         "T-MAIN": 650,
         "CLS-MSG": 700, "CLS-REV": 1750, "CLS-HEAR": 1800, "CLS-OK": 750, "CLS-NONE": 800, "CB-OUT": 850, "CB-SORRY": 1850, "CB-BRIEF": 2000, "XFER": 480,
         "REC-OFF": 520, "CLS-HID": 580, "INV": 350, "U-DEPT": 620, "U-BR": 640,
         "Q-NONE": 1050, "Q-NEXT": 1100, "Q-OFFER": 1150, "CB-NUM": 1200, "CB-TURN": 1250,
         "Q-CLOSED": 1300, "SVY": 370, "SVY-WHY": 430, "SVY-TY": 460, "TECH-END": 1370,
         "DESK-READY": 1350, "DESK-BREAK": 1400, "DESK-WRAPPED-UP": 1450, "DESK-LOGGED-OUT": 1550,
         "DESK-NOT-NOW": 1600, "DESK-NO-WRAP-UP": 1650, "DESK-LATER": 1700}
ENGLISH_U_MAIN = 680
MUSIC, BEEP = 950, 1000

_numbers = itertools.count(1)


def eventually(look, timeout=10.0, what="it"):
    """Asks again until the answer is truthy; that answer."""
    deadline = time.monotonic() + timeout
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {timeout} s")
        time.sleep(0.03)


class Centre:
    def __init__(self, clock=OPEN, edit=None, media_threads=1):
        self.net = f"127.{20 + os.getpid() % 200}.{next(_numbers)}"
        self.address = f"{self.net}.1"
        self.trunk = f"{self.net}.2"    # the operator's side: callers, and citizens called back
        self.phones = f"{self.net}.3"   # agents' phones
        self.strange = f"{self.net}.4"
        self.server = (self.address, 5060)
        self.clock, self.began = datetime.fromisoformat(clock), time.monotonic()
        self.folder = Path(tempfile.mkdtemp(prefix="amer-journey-"))
        self.data, self.config = self.folder / "data", self.folder / "config"
        self.prompts, self.log = self.folder / "prompts", self.folder / "log.txt"
        self.process, self.opened = None, []
        self.environment = {}  # of the program, besides ours
        shutil.copytree(ROOT / "config", self.config)
        self._configure(media_threads)
        if edit:
            edit(self)
        self._render()
        self.agents = [row["id"] for row in self.toml("agents.toml")["agent"]]

    # --- its files ---
    def toml(self, name):
        return tomllib.loads((self.config / name).read_text())

    def replace(self, name, pattern, replacement, count=1):
        """Changes a configuration file; the pattern must be there."""
        path = self.config / name
        text, changed = re.subn(pattern, replacement, path.read_text(), flags=re.M)
        assert changed >= count, f"{name} has no {pattern}"
        path.write_text(text)

    def _configure(self, media_threads):
        self.replace("centre.toml", r'^udp *=.*$', f'udp = "{self.address}:5060"')
        self.replace("centre.toml", r'^tcp *=.*$', f'tcp = "{self.address}:5060"')
        self.replace("centre.toml", r'^address *=.*$', f'address = "{self.address}"')
        self.replace("centre.toml", r'^threads *=.*$', f'threads = {media_threads}')
        trunk = self.toml("trunks.toml")["trunk"][0]["id"]
        (self.config / "trunks.toml").write_text(
            f'[[trunk]]\nid = "{trunk}"\npeers = ["{self.trunk}"]\nhost = "{self.trunk}"\n'
            f'port = 5062\ncaller_number = "600500500"\n')

    def _render(self):
        for language in ("ar", "en"):
            for prompt, frequency in TONES.items():
                if language == "en" and prompt == "U-MAIN":
                    frequency = ENGLISH_U_MAIN
                # A prompt with placeholders is cut into pieces; the first carries the tone.
                for name in (prompt, f"{prompt}.1"):
                    sound.write_wav(self.prompts / language / f"{name}.wav", sound.tone(frequency, 0.4))
            (self.prompts / language / "index").write_text(
                "CLS-HEAR CLS-HEAR.1 {message}\nCB-BRIEF CB-BRIEF.1 {message}\n")
        sound.write_wav(self.prompts / "common" / "MUSIC.wav", sound.tone(MUSIC, 2))
        sound.write_wav(self.prompts / "common" / "BEEP.wav", sound.tone(BEEP, 0.3))

    def recording(self, number):
        return self.data / "recordings" / f"{number // 1000:06}" / f"{number:09}.wav"

    # --- the program ---
    def start(self, clock=None):
        if clock:
            self.clock, self.began = datetime.fromisoformat(clock), time.monotonic()
        now = self.clock + timedelta(seconds=time.monotonic() - self.began)
        log = open(self.log, "ab")
        self.process = subprocess.Popen(
            [str(AMER), "serve", "--config", str(self.config), "--data", str(self.data),
             "--prompts", str(self.prompts), "--clock", now.isoformat(timespec="milliseconds")],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
            env=os.environ | self.environment)
        log.close()
        started = time.monotonic()
        while not self.is_ready():
            if self.process.poll() is not None:
                raise AssertionError("the centre ended:\n" + self.log.read_text()[-4000:])
            assert time.monotonic() - started < 20, "the centre is not ready:\n" + self.log.read_text()[-4000:]
            time.sleep(0.01)
        self.ready_after = time.monotonic() - started
        return self

    def is_ready(self):
        """The file of the life before may vanish between any two looks at it."""
        try:
            return (self.data / "ready").read_text().strip() == str(self.process.pid)
        except FileNotFoundError:
            return False

    def kill(self):
        """As a power cut would: nothing is said, nothing is written."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, "the centre did not end well:\n" + self.log.read_text()[-3000:]

    def run_amer(self, *words):
        """A command line of ours on this centre: its exit code and what it prints."""
        return subprocess.run([str(AMER), *words, "--data", str(self.data)],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)

    def amer(self, *words, check=True):
        """The same, with --json; the answer."""
        done = self.run_amer(*words, "--json")
        if check:
            assert done.returncode == 0, f"amer {' '.join(words)}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    # --- its journal ---
    def events(self, kind=None, contact=None):
        """What happened, in order, as the journal holds it."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/amer.db?mode=ro", uri=True)) as base:
            rows = base.execute("select body from journal order by sequence").fetchall()
        events = [json.loads(row[0]) for row in rows]
        return [e for e in events if (kind is None or e["type"] == kind) and
                (contact is None or e.get("contact") == contact)]

    def event(self, kind, contact=None, timeout=10.0):
        """The last event of this kind, awaited."""
        return eventually(lambda: self.events(kind, contact), timeout, kind)[-1]

    def password(self, agent):
        secrets = tomllib.loads((self.data / "secrets.toml").read_text())
        return secrets["passwords"][agent]

    # --- people ---
    def phone(self, agent):
        """An agent's registered desk phone."""
        phone = sip.Phone(self.phones, self.server, agent, self.password(agent))
        self.opened.append(phone)
        assert phone.register() == 200
        eventually(lambda: self.agent_state(agent) != "logged_out", 10, f"{agent} is logged in")
        return phone

    def wait_agent(self, agent, state, timeout=10.0):
        eventually(lambda: self.agent_state(agent) == state, timeout, f"{agent} is {state}")

    def agent_state(self, agent):
        states = [e["state"] for e in self.events("AgentStateChanged") if e["agent"] == agent]
        return states[-1] if states else "logged_out"

    def operator(self, port=0, **more):
        """The trunk's side: calls from here are callers."""
        phone = sip.Phone(self.trunk, self.server, "operator", port=port, **more)
        self.opened.append(phone)
        return phone

    def stranger(self):
        phone = sip.Phone(self.strange, self.server, "stranger", "guess")
        self.opened.append(phone)
        return phone

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        for phone in self.opened:
            phone.close()
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if kind is not None:
            print(self.log.read_text()[-6000:])
        shutil.rmtree(self.folder)


def contact_of(centre, call):
    """The contact that a caller's call became."""
    return eventually(lambda: centre.events("ContactOpened"), what="a contact")[-1]["contact"]


def hear(rtp, frequency, seconds=0.2, timeout=10.0, since=0):
    """Waits until so much of a tone was heard."""
    eventually(lambda: sound.seconds_of(rtp.samples(since), frequency) >= seconds, timeout,
               f"{frequency} Hz")


def choose_queue(call, keys=("1", "0")):
    """From the greeting to the choice of a queue: the language, the notice, the menu. An agent who is
    free is rung at once, maybe before any music is heard."""
    hear(call.rtp, TONES["LNG"], 0.1)
    call.rtp.press(keys[0])
    hear(call.rtp, TONES["U-MAIN"], 0.1)
    for key in keys[1:]:
        call.rtp.press(key)


def reach_queue(call, keys=("1", "0")):
    """The same, and waiting there."""
    choose_queue(call, keys)
    hear(call.rtp, MUSIC, 0.3)
