"""The n-th send and the n-th file operation of the real program fail, for every n of a short scenario.

A counting run first, then one scenario for each n. Three centres share the numbers of a sweep, each on addresses of
its own, and each lives through all of its scenarios, so that every one also shows that the call after a fault works.
Pages of the database are many: there a scenario meets several faults, a prime number of operations apart.
"""

import errno
import shutil
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import sip
from centre import BEEP, Centre, EVENING, OPEN, TONES, choose_queue, eventually, hear
from faults import Faults

CALLER, AGENT = 1900, 1500
CENTRES = 3
STRIDE = 31  # more operations than most writes of the journal need


def without_rest(centre):
    centre.replace("agents.toml", r'^wrap_up = .*$', 'wrap_up = "0s"', count=0)


def repeated(send, is_over, what):
    """Sends again until it is over, as timers of RFC 3261 do."""
    for _ in range(20):
        send()
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            if is_over():
                return
            time.sleep(0.01)
    raise AssertionError(f"{what}: no answer")


def leave(call):
    """BYE, and again until it is answered."""
    bye = call.request("BYE")
    answered = lambda: call.count(lambda m: m.is_response and m.method == "BYE") > 0
    repeated(lambda: call.phone.send(bye, call.phone.server), answered, "BYE")
    call.ended.set()
    call.close()


class Desk:
    """An agent who answers whatever rings, and says so until he is heard."""

    def __init__(self, centre):
        self.centre, self.agent = centre, centre.agents[0]
        self.phone = centre.phone(self.agent)
        self.phone.on_call = lambda call: threading.Thread(target=self.take, args=(call,)).start()

    def take(self, call):
        call.answer().rtp.say(AGENT)
        for _ in range(20):
            if call.answered.wait(0.5) or call.ended.is_set():
                return
            call.respond(200, "OK", sip.sdp(call.rtp.address, call.rtp.port))

    def is_free(self):
        return all(call.ended.is_set() or not call.answered.is_set() for call in self.phone.calls.values())


class Scenario(unittest.TestCase):
    def dial(self, centre, operator):
        """Until he is let in: who is refused calls again, and is told when."""
        for _ in range(8):
            call = operator.dial("600500500")
            if call.wait_final(20) == 200:
                self.assertTrue(call.answered.wait(5))
                return call
            self.assertEqual(call.wait_final(), 503)
            self.assertIsNotNone(call.wait_status(503).get("Retry-After"))
            time.sleep(1.1)  # one call a second is tried
        self.fail("nobody is let in any more")

    def talk(self, centre, desk, operator, amid=lambda call: None):
        """A registration, a call through the menus to the agent, some words, and what happens amid them."""
        self.assertEqual(desk.phone.register(), 200)
        if centre.agent_state(desk.agent) != "ready":
            centre.amer("agent", desk.agent, "ready")
            centre.wait_agent(desk.agent, "ready")
        call = self.dial(centre, operator)
        call.rtp.say(CALLER)
        choose_queue(call)
        hear(call.rtp, AGENT, 0.5, timeout=25)
        answered = [each for each in desk.phone.calls.values() if not each.ended.is_set() and each.rtp]
        hear(answered[-1].rtp, CALLER, 0.5)
        amid(call)
        leave(call)
        self.check_quiet(centre, desk)

    def check_quiet(self, centre, desk):
        """Both sides are ended, nothing lives, nobody is stuck."""
        eventually(desk.is_free, 25, "the agent's phone is free")
        def is_quiet():
            status = centre.amer("status", check=False)
            return status["contacts"] == 0 and status["wire"]["legs"] == 0
        eventually(is_quiet, 25, "an empty centre")
        self.assertIn(centre.agent_state(desk.agent), ("ready", "not_ready", "wrap_up"))

    def message(self, centre, operator):
        """A call at night that leaves a message and hears that it was kept; its promise."""
        call = self.dial(centre, operator)
        hear(call.rtp, TONES["LNG"], 0.1)
        call.rtp.press("1")
        hear(call.rtp, BEEP, 0.15, timeout=25)
        call.rtp.say(CALLER)
        time.sleep(1.3)  # speaks this long
        call.rtp.press("#")
        hear(call.rtp, TONES["CLS-REV"], 0.2, timeout=25)
        call.rtp.press("3")
        hear(call.rtp, TONES["CLS-OK"], timeout=25)
        call.wait_end(25)
        promise = centre.event("PromiseMade")["promise"]
        self.assertEqual(centre.event("MessageLeft")["promise"], promise["id"])
        return promise

    def check_at_last(self, centre):
        """Faults are over: what was promised is there, and a replay comes to the same."""
        eventually(lambda: centre.run_amer("status").returncode == 0, 5, "the end of the alarm")
        events = centre.events()
        opened = [e["contact"] for e in events if e["type"] == "ContactOpened"]
        ended = [e["contact"] for e in events if e["type"] == "ContactEnded"]
        self.assertEqual(sorted(opened), sorted(ended), "each contact ends once")
        self.assertEqual(centre.amer("replay")["state_hash"], centre.amer("status")["state_hash"])

    def sweep(self, numbers, live, clock=OPEN):
        """`live(centre, faults, desk, operator, n)` for every n, shared among the centres; how many met a fault."""
        numbers = list(numbers)

        def one_centre(share):
            centre = Centre(clock, edit=without_rest)
            faults = Faults(centre)
            met = 0
            with centre:
                desk, operator = Desk(centre), centre.operator()
                for n in share:
                    with self.subTest(n=n):
                        met += bool(live(centre, faults, desk, operator, n))
                self.check_at_last(centre)
            return met

        with ThreadPoolExecutor(CENTRES) as pool:
            return sum(pool.map(one_centre, [numbers[first::CENTRES] for first in range(CENTRES)]))

    def counted(self, kind, live, clock=OPEN):
        """How many calls of this kind a scenario without faults makes."""
        centre = Centre(clock, edit=without_rest)
        faults = Faults(centre)
        with centre:
            desk, operator = Desk(centre), centre.operator()
            before = faults.count(kind)
            live(centre, faults, desk, operator, 0)
            return faults.count(kind) - before


class Faulty(Scenario):
    def test_whichever_sip_message_cannot_be_sent_the_call_succeeds(self):
        def live(centre, faults, desk, operator, n):
            if n:
                faults.plan("sip", n, error=errno.ENOBUFS)
            self.talk(centre, desk, operator)
            return faults.met("sip")
        count = self.counted("sip", live)
        self.assertGreater(count, 7)
        met = self.sweep(range(1, count + 1), live)
        self.assertGreater(met, count - 4)  # a slow machine repeats some, so that others are fewer
        print(f"each of {met} of {count} messages of SIP failed once")

    def test_whichever_write_of_a_recording_fails_the_call_goes_on_and_the_recording_is_known_to_have_failed(self):
        def live(centre, faults, desk, operator, n):
            if n:
                faults.plan("recording", n, error=errno.ENOSPC)
            self.talk(centre, desk, operator)
            contact = centre.events("ContactOpened")[-1]["contact"]
            done = centre.event("RecordingFinished", contact)
            self.assertEqual(done["has_failed"], n > 0 and faults.met("recording") > 0)
            return n and faults.met("recording")
        count = self.counted("recording", live)
        self.assertGreater(count, 8)
        met = self.sweep(range(1, count + 1), live)
        self.assertGreater(met, count - 4)  # a slower talk has other writes near its end
        print(f"{met} of {count} operations on a recording failed once")

    def test_whichever_pages_of_the_database_cannot_be_written_the_message_and_its_promise_are_there(self):
        def live(centre, faults, desk, operator, n):
            if n:
                faults.plan("database", n, times=8, every=STRIDE, error=errno.ENOSPC)
            promise = self.message(centre, operator)
            faults.repair("database")
            listed = centre.amer("promises", check=False)
            self.assertIn(promise["reference"], [row["reference"] for row in listed])
            return n and faults.met("database")
        count = self.counted("database", live, EVENING)
        met = self.sweep(range(1, STRIDE + 1), live, EVENING)
        self.assertEqual(met, STRIDE)
        print(f"a message takes {count} operations on the database; they failed {STRIDE} apart")

    def test_sound_that_cannot_be_sent_for_a_second_is_missing_and_nothing_else(self):
        def live(centre, faults, desk, operator, n):
            def amid(call):
                faults.plan("media", n, times=50, error=errno.ENOBUFS)
                eventually(lambda: faults.met("media") == 50)
                hear(call.rtp, AGENT, 0.5, since=call.rtp.mark())
            self.talk(centre, desk, operator, amid)
            contact = centre.events("ContactOpened")[-1]["contact"]
            return not centre.event("RecordingFinished", contact)["has_failed"]
        self.assertEqual(self.sweep([1, 2, 3], live), 3)

    def test_whichever_file_operation_of_a_start_fails_it_starts_or_says_why_and_the_next_start_works(self):
        for kind, is_first in (("other", True), ("database", False)):
            with self.subTest(kind=kind):
                self.sweep_start(kind, is_first)

    def sweep_start(self, kind, is_first):
        """A first start makes the files; later ones find them."""
        with Centre() as centre:
            faults = Faults(centre)
            centre.stop()
            if is_first:
                shutil.rmtree(centre.data)
            before = faults.count(kind)
            centre.start()
            count = faults.count(kind) - before
            centre.kill()
            said = 0
            for n in range(1, count + 1):
                if is_first:
                    shutil.rmtree(centre.data, ignore_errors=True)
                faults.plan(kind, n)
                began = centre.log.stat().st_size
                try:
                    centre.start()
                except AssertionError:
                    said += 1
                    self.assertEqual(centre.process.poll(), 1)
                    self.assertIn("the centre cannot start: ", centre.log.read_text()[began:])
                else:
                    centre.kill()
                faults.repair(kind)
            centre.start()
            self.assertEqual(centre.operator().options().status, 200)
            print(f"{kind}: {count} operations, {said} of them needed for a start")


if __name__ == "__main__":
    unittest.main()
