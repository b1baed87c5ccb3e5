"""The journal cannot be written for a while: who talks goes on, who calls is told, and all by itself again."""

import contextlib
import errno
import sqlite3
import time
import unittest

import sound
from centre import BEEP, Centre, EVENING, TONES, choose_queue, contact_of, eventually, hear
from faults import ENDLESS, Faults

CALLER, AGENT = 1900, 1500


@contextlib.contextmanager
def locked(centre):
    """Another program holds the database, as a shell left open would."""
    with contextlib.closing(sqlite3.connect(centre.data / "amer.db", isolation_level=None)) as base:
        base.execute("begin immediate")
        yield
        base.execute("rollback")


def talking(centre):
    """A caller and an agent who hear each other: the agent's call, the caller's."""
    phone = centre.phone(centre.agents[0])
    call = centre.operator().dial("600500500").wait_answer()
    choose_queue(call)
    talk = phone.wait_call().answer()
    centre.event("ContactConnected")
    call.rtp.say(CALLER)
    talk.rtp.say(AGENT)
    hear(talk.rtp, CALLER, 0.3)
    hear(call.rtp, AGENT, 0.3)
    return talk, call


def announces(centre):
    centre.replace("centre.toml", r'^when_unwritable *=.*$', 'when_unwritable = "announce"')
    centre.replace("centre.toml", r'^announced_at_once *=.*$', 'announced_at_once = 1')


def turned_away(centre):
    return centre.amer("status", check=False)["wire"]["turned_away"]


class Unwritable(unittest.TestCase):
    def raise_alarm(self, centre):
        """It is told to whoever looks, with the time since when, and to the watch by the exit code."""
        told = centre.run_amer("status")
        self.assertEqual(told.returncode, 3, told)
        self.assertTrue(told.stdout.startswith("ALARM: since 2026-11-19 "), told.stdout)
        self.assertIn("[critical] the journal cannot be written: ", centre.log.read_text())

    def is_over(self, centre):
        eventually(lambda: centre.run_amer("status").returncode == 0, 5, "the end of the alarm")
        self.assertIn("[critical] the journal can be written again, after ", centre.log.read_text())

    def agrees(self, centre):
        """Nothing lives any more; who replays the journal comes to the same."""
        eventually(lambda: centre.amer("status")["contacts"] == 0, what="an empty centre")
        status = centre.amer("status")
        self.assertEqual(status["wire"]["legs"], 0)
        self.assertEqual(centre.amer("replay")["state_hash"], status["state_hash"])
        centre.stop()

    def refused(self, centre, number="600500500"):
        began = time.monotonic()
        call = centre.operator().dial(number, caller="0507777777")
        self.assertEqual(call.wait_final(), 503)
        self.assertLess(time.monotonic() - began, 3.0, "he waited in silence")
        self.assertIsNotNone(call.wait_status(503).get("Retry-After"))

    def served(self, centre):
        call = centre.operator().dial("600500500", caller="0508888888").wait_answer()
        hear(call.rtp, TONES["GRT-U"])
        call.hang_up()
        centre.event("ContactEnded", contact_of(centre, call))

    def one_stretch(self, samples, frequency):
        """The whole of it is this tone, without a gap."""
        found = sound.stretches(samples, frequency)
        self.assertEqual(len(found), 1, f"{frequency} Hz: {found}")
        self.assertGreater(found[0][1] - found[0][0], len(samples) / 8000 - 0.15)

    def test_a_locked_database_leaves_calls_alone_and_refuses_new_ones_until_it_is_free(self):
        with Centre() as centre:
            talk, call = talking(centre)
            before = centre.events()
            at_caller, at_agent = call.rtp.mark(), talk.rtp.mark()
            with locked(centre):
                self.refused(centre)
                self.refused(centre)
                self.raise_alarm(centre)
                self.assertEqual(turned_away(centre), 2)
                hear(call.rtp, AGENT, 3.0, since=at_caller)
                hear(talk.rtp, CALLER, 3.0, since=at_agent)
            self.assertEqual(centre.events(), before, "something was written")
            self.is_over(centre)  # though nobody called
            self.one_stretch(call.rtp.samples(at_caller), AGENT)
            self.one_stretch(talk.rtp.samples(at_agent), CALLER)
            self.served(centre)
            call.hang_up()
            talk.wait_end()
            done = centre.event("RecordingFinished", before[-1].get("contact"))
            self.assertFalse(done["has_failed"])
            left, right = sound.read_wav(centre.recording(done["recording"]))
            lately = 8000 * 3  # the outage was in the last seconds of the talk
            self.one_stretch(left[-lately:-1600], CALLER)
            self.one_stretch(right[-lately:-1600], AGENT)
            self.agrees(centre)

    def test_by_setting_callers_are_asked_to_call_again(self):
        centre = Centre(edit=announces)
        sound.write_wav(centre.prompts / "ar" / "TECH-END.wav", sound.tone(TONES["TECH-END"], 3))
        with centre:
            with locked(centre):
                call = centre.operator().dial("600500500").wait_answer()
                self.refused(centre)  # one more than may be told at once
                hear(call.rtp, TONES["TECH-END"], 3.2)  # three seconds of Arabic, then English
                call.wait_end()
                leaves = centre.operator().dial("600500500").wait_answer()
                hear(leaves.rtp, TONES["TECH-END"], 0.1)
                leaves.hang_up()
                eventually(lambda: centre.amer("status", check=False)["wire"]["legs"] == 0)
                self.assertEqual(turned_away(centre), 3)
                self.raise_alarm(centre)
            self.is_over(centre)
            self.assertEqual(centre.events("ContactOpened"), [])
            self.served(centre)
            self.agrees(centre)

    def test_on_a_full_disk_who_hangs_up_is_ended_as_soon_as_there_is_room(self):
        with Centre() as centre:
            faults = Faults(centre)
            centre.stop()
            centre.start()
            talk, call = talking(centre)
            contact = contact_of(centre, call)
            faults.plan("database", times=ENDLESS, error=errno.ENOSPC)
            call.hang_up()
            eventually(lambda: centre.amer("status", check=False)["wire"]["facts_kept"] > 0)
            self.raise_alarm(centre)
            self.refused(centre)
            self.assertFalse(talk.ended.is_set())
            self.assertEqual(centre.events("ContactEnded", contact), [])
            self.assertGreater(faults.met("database"), 0)
            faults.repair("database")
            talk.wait_end()
            self.assertEqual(centre.event("ContactEnded", contact)["how"], "completed")
            self.assertFalse(centre.event("RecordingFinished", contact)["has_failed"])
            self.is_over(centre)
            self.served(centre)
            self.agrees(centre)

    def test_a_message_that_ends_while_nothing_can_be_written_is_kept(self):
        with Centre(EVENING) as centre:
            call = centre.operator().dial("600500500").wait_answer()
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("1")
            hear(call.rtp, BEEP, 0.15)
            promise = centre.event("PromiseMade")["promise"]
            call.rtp.say(CALLER)
            time.sleep(0.5)  # speaks this long
            with locked(centre):
                time.sleep(1.5)  # and goes on
                call.rtp.press("#")
                self.refused(centre)
                self.raise_alarm(centre)
                for prompt in ("CLS-REV", "CLS-OK"):
                    self.assertEqual(sound.seconds_of(call.rtp.samples(), TONES[prompt]), 0,
                                     "he was told what nobody has written down")
            hear(call.rtp, TONES["CLS-REV"])
            call.rtp.press("3")
            hear(call.rtp, TONES["CLS-OK"])
            left = centre.event("MessageLeft")
            self.assertEqual(left["promise"], promise["id"])
            (message,) = sound.read_wav(centre.recording(left["recording"]))
            self.assertGreater(sound.seconds_of(message, CALLER), 1.7)
            call.wait_end()
            self.is_over(centre)
            self.agrees(centre)

    def test_killed_while_nothing_can_be_written_it_remembers_all_that_was_before(self):
        with Centre(EVENING) as centre:
            call = centre.operator().dial("600500500", caller="0501112222").wait_answer()
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("1")
            centre.event("PromiseMade")
            with locked(centre):
                self.refused(centre)
                before = centre.events()
                centre.kill()
            centre.start()
            self.assertEqual(centre.events()[:len(before)], before)
            self.assertEqual(centre.amer("promises")[0]["number"], "+971501112222")
            self.assertEqual(centre.run_amer("status").returncode, 0)
            self.served(centre)
            self.agrees(centre)


if __name__ == "__main__":
    unittest.main()
