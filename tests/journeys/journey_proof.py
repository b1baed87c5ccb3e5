"""The proof of a night beside the running centre, and what verify says when somebody touched a message."""

import time
import unittest
from datetime import datetime, timedelta

from centre import BEEP, Centre, EVENING, TONES, contact_of, hear

DAY = "2026-11-19"


def wait_for_the_clock(centre, text):
    """Until the centre's own clock shows this, and a moment more."""
    shown = centre.clock + timedelta(seconds=time.monotonic() - centre.began)
    time.sleep(max(0.0, (datetime.fromisoformat(text) - shown).total_seconds()) + 0.2)


def choose_language(call):
    hear(call.rtp, TONES["LNG"], 0.1)
    call.rtp.press("1")


class Proof(unittest.TestCase):
    def prove(self, centre):
        return centre.amer("promises", "proof", "--day", DAY)

    def test_a_message_of_the_night_is_proven_and_an_altered_byte_is_found(self):
        with Centre(EVENING) as centre:
            call = centre.operator().dial("600500500", caller="0501234567").wait_answer()
            choose_language(call)
            hear(call.rtp, BEEP, 0.15)
            call.rtp.say(1900)
            time.sleep(1.5)  # speaks this long
            call.hang_up()
            left = centre.event("MessageLeft")
            proof = self.prove(centre)
            self.assertEqual(proof["calls_outside_hours"], 1)
            self.assertEqual(proof["calls_without_promise"], 0)
            (message,) = proof["promises"][0]["messages"]
            self.assertEqual(message["sha256"], left["sha256"])
            self.assertEqual(message["file"], "right")
            printed = ("--head", proof["head"], "--lines", str(proof["lines"]))
            self.assertTrue(centre.amer("promises", "verify", *printed)["is_good"])
            self.assertIn("رسالة في", centre.run_amer("promises", "proof", "--day", DAY,
                                                      "--language", "ar").stdout)

            path = centre.recording(left["recording"])
            sound = bytearray(path.read_bytes())
            sound[-1] ^= 1
            path.write_bytes(sound)
            found = centre.run_amer("promises", "verify")
            self.assertEqual(found.returncode, 1)
            self.assertIn("was altered", found.stderr)
            self.assertEqual(self.prove(centre)["promises"][0]["messages"][0]["file"], "altered")

    def test_who_came_before_the_opening_and_stayed_is_named_without_a_promise(self):
        with Centre(f"{DAY}T07:29:55+04:00") as centre:
            call = centre.operator().dial("600500500", caller="0501234567").wait_answer()
            contact = contact_of(centre, call)
            wait_for_the_clock(centre, f"{DAY}T07:30:00+04:00")
            choose_language(call)
            hear(call.rtp, TONES["REC"], 0.1)  # the centre is open: its notice of recording
            (told,) = self.prove(centre)["calls"]
            self.assertEqual((told["contact"], told["without"]), (contact, "is_there"))
            call.hang_up()
            centre.event("ContactEnded")
            self.assertEqual(centre.events("PromiseMade"), [])
            proof = self.prove(centre)
            self.assertEqual(proof["calls_without_promise"], 1)
            self.assertEqual(proof["calls"][0]["without"], "opened_meanwhile")

    def test_who_came_before_closing_and_met_the_closed_door_is_among_the_others(self):
        with Centre(f"{DAY}T16:29:56+04:00") as centre:
            call = centre.operator().dial("600500500", caller="0501234567").wait_answer()
            contact_of(centre, call)
            wait_for_the_clock(centre, f"{DAY}T16:30:00+04:00")
            choose_language(call)
            made = centre.event("PromiseMade")["promise"]
            call.hang_up()
            self.assertEqual(made["origin"], "out_of_hours")
            proof = self.prove(centre)
            self.assertEqual(proof["calls"], [])
            self.assertEqual([row["id"] for row in proof["others"]], [made["id"]])


if __name__ == "__main__":
    unittest.main()
