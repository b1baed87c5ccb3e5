"""Journey 6: kill -9 at random instants; nothing that was acknowledged is lost."""

import os
import random
import time
import unittest

import sound
from centre import Centre, EVENING, MORNING, OPEN, TONES, eventually

KILLS = int(os.environ.get("AMER_KILLS", "50"))
CALLER, AGENT = 1900, 1500


class Crash(unittest.TestCase):
    def test_fifty_kills_lose_no_contact_no_promise_and_no_second_of_a_recording(self):
        chance = random.Random(int(os.environ.get("AMER_SEED", "20261119")))
        with Centre(EVENING) as centre:
            slowest = 0.0
            for kill in range(KILLS):
                with self.subTest(kill=kill):
                    self.one_life(centre, chance, night=kill % 2 == 0)
                    slowest = max(slowest, centre.ready_after)
            print(f"{KILLS} kills; the slowest restart was ready after {slowest:.2f} s")
            self.assertLess(slowest, 2.0)
            self.check_all(centre)

    def one_life(self, centre, chance, night):
        """Calls begin, the centre dies at some instant, comes back; what it knew before is there."""
        operator = centre.operator()
        phone = self.agent(centre)
        calls = []
        for number in range(chance.randrange(1, 4)):
            call = operator.dial("600500500", caller=f"050{chance.randrange(10**6, 10**7)}")
            call.rtp.say(CALLER)
            calls.append(call)
        until = time.monotonic() + chance.uniform(0.0, 3.0)
        pressed = set()
        while time.monotonic() < until:
            for number, call in enumerate(calls):
                self.go_on(call, number, pressed)
            time.sleep(0.02)
        before = centre.events()
        centre.kill()
        clock = centre_clock(centre, night, chance)
        centre.start(clock)
        after = centre.events()
        self.assertEqual(after[:len(before)], before, "the journal forgot")
        self.assertNotIn("Broken", centre.amer("status").get("trouble", ""))
        for one in [operator, phone]:
            one.close()
            centre.opened.remove(one)

    def agent(self, centre):
        phone = centre.phone(centre.agents[0])
        phone.on_call = lambda call: (call.ring(), call.answer().rtp.say(AGENT))
        return phone

    def go_on(self, call, number, pressed):
        """Presses the next key as soon as its menu is heard."""
        for step, (prompt, key) in enumerate([("LNG", "1"), ("U-MAIN", "0")]):
            if (number, step) in pressed:
                continue
            if sound.seconds_of(call.rtp.samples(), TONES[prompt]) >= 0.1:
                pressed.add((number, step))
                call.rtp.press(key)
            return

    def check_all(self, centre):
        events = centre.events()
        opened = {e["contact"] for e in events if e["type"] == "ContactOpened"}
        ended = {e["contact"] for e in events if e["type"] == "ContactEnded"}
        self.assertEqual(opened - ended, set(), "contacts without an ending")
        for agent in centre.agents:
            self.assertNotIn(centre.agent_state(agent), ("reserved", "ringing", "talking"), "stuck")
        # Every recording that began has a file that opens, or is known to have failed.
        started = {e["recording"]: e for e in events if e["type"] == "RecordingStarted"}
        finished = {e["recording"]: e for e in events if e["type"] == "RecordingFinished"}
        self.assertEqual(set(started) - set(finished), set(), "recordings without an end")
        for number, end in finished.items():
            if not end["has_failed"]:
                channels = sound.read_wav(centre.recording(number))
                self.assertAlmostEqual(len(channels[0]) / 8, end["length_ms"], delta=41)
        # Who was in the queue or talking when it died is owed a call; who called at night too.
        promised = {e["promise"]["made_in"] for e in events if e["type"] == "PromiseMade"}
        joined = {e["contact"] for e in events if e["type"] == "PromiseJoined"}
        broken = {e["contact"] for e in events if e["type"] == "ContactEnded" and e["how"] == "broken_by_crash"}
        queued = {e["contact"] for e in events if e["type"] == "ContactQueued"}
        self.assertGreater(len(broken), KILLS // 5, "the kills hit nothing")
        inbound = {e["contact"] for e in events if e["type"] == "ContactOpened" and e["kind"] == "inbound"}
        self.assertEqual((broken & queued & inbound) - promised - joined, set(), "callers forgotten")
        status = centre.amer("status")
        centre.stop()
        self.assertEqual(centre.amer("replay")["state_hash"], status["state_hash"])


def centre_clock(centre, night, chance):
    """Time goes on: a little, or to the next morning or evening, never back."""
    from datetime import datetime, timedelta
    now = centre.clock + timedelta(seconds=time.monotonic() - centre.began)
    if chance.random() < 0.3:
        day = now + timedelta(hours=chance.choice([6, 12, 18]))
        now = day
    return now.isoformat(timespec="milliseconds")


if __name__ == "__main__":
    unittest.main()
