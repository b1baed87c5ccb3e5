"""The edges of the official day, with real calls: 07:29:59, 16:29:59 and 16:30:00, and a closing by command."""

import time
import unittest
from datetime import datetime, timedelta

from centre import BEEP, Centre, MUSIC, TONES, contact_of, eventually, hear

AGENT = 1500


def instant(text):
    """Microseconds since 1970, as the journal has them."""
    return int(datetime.fromisoformat(text).timestamp() * 1_000_000)


def wait_for_the_clock(centre, text):
    """Until the centre's own clock shows this, and a moment more."""
    shown = centre.clock + timedelta(seconds=time.monotonic() - centre.began)
    time.sleep(max(0.0, (datetime.fromisoformat(text) - shown).total_seconds()) + 0.2)


def straight_to_the_queue(centre):
    """The toll-free number asks the hours at once and then leads to a queue; nobody presses a key."""
    (centre.config / "flows/t-main.toml").write_text('''id = "t-main"
first = "hours"

[[step]]
id = "hours"
do = "hours"
open = "queue"
closed = "message"

[[step]]
id = "queue"
do = "enqueue"
queue = "complaints"
when_closed = "message"

[[step]]
id = "message"
do = "take_message"
prompts = ["CLS-MSG"]
next = "goodbye"

[[step]]
id = "goodbye"
do = "hang_up"
prompts = ["BYE"]
''')


class Edges(unittest.TestCase):
    def promised(self, centre):
        return eventually(lambda: centre.events("PromiseMade"), what="a promise")[-1]["promise"]

    def test_at_07_29_59_he_is_promised_a_call_today_and_the_next_one_is_served(self):
        with Centre("2026-11-19T07:29:55+04:00", edit=straight_to_the_queue) as centre:
            operator = centre.operator()
            early = operator.dial("8006679", caller="0501111111").wait_answer()
            promise = self.promised(centre)
            self.assertLess(promise["made_at"], instant("2026-11-19T07:30:00+04:00"))
            self.assertEqual(promise["origin"], "out_of_hours")
            self.assertEqual(promise["due"]["from"], instant("2026-11-19T07:30:00+04:00"))
            self.assertEqual(promise["due"]["until"], instant("2026-11-19T16:30:00+04:00"))
            hear(early.rtp, BEEP, 0.1)
            said = [s["prompt"] for e in centre.events("PromptStarted") for s in e["sayings"]]
            self.assertEqual(said, ["CLS-TODAY"])
            early.hang_up()
            wait_for_the_clock(centre, "2026-11-19T07:30:00+04:00")
            prompt = operator.dial("8006679", caller="0502222222").wait_answer()
            hear(prompt.rtp, MUSIC, 0.3)
            self.assertEqual(len(centre.events("PromiseMade")), 1)

    def test_at_16_29_59_he_is_queued_and_served_after_closing(self):
        with Centre("2026-11-19T16:29:52+04:00", edit=straight_to_the_queue) as centre:
            phone = centre.phone(centre.agents[0])
            agent = centre.agents[0]
            centre.amer("agent", agent, "not-ready", "break")
            operator = centre.operator()
            late = operator.dial("8006679", caller="0501111111").wait_answer()
            hear(late.rtp, MUSIC, 0.3)
            contact = contact_of(centre, late)
            queued = centre.event("ContactQueued", contact)
            self.assertLess(queued["since"], instant("2026-11-19T16:30:00+04:00"))
            wait_for_the_clock(centre, "2026-11-19T16:30:00+04:00")
            too_late = operator.dial("8006679", caller="0502222222").wait_answer()
            promise = self.promised(centre)
            self.assertGreaterEqual(promise["made_at"], instant("2026-11-19T16:30:00+04:00"))
            self.assertEqual(promise["due"]["from"], instant("2026-11-20T07:30:00+04:00"))
            self.assertEqual(promise["due"]["until"], instant("2026-11-20T12:00:00+04:00"))
            hear(too_late.rtp, TONES["CLS-MSG"], 0.1)
            too_late.hang_up()
            centre.amer("agent", agent, "ready")
            talk = phone.wait_call().answer()
            talk.rtp.say(AGENT)
            hear(late.rtp, AGENT, 0.5)

    def test_a_storm_closes_the_centre_by_a_word_and_a_word_opens_it_again(self):
        with Centre("2026-11-19T10:00:00+04:00", edit=straight_to_the_queue) as centre:
            closed = centre.amer("calendar", "close", "--until", "14:00", "--reason-ar", "عاصفة رملية",
                                 "--reason-en", "A sandstorm", "--by", "duty officer")
            (closure,) = closed["closures"]
            self.assertEqual(closure["until"], "2026-11-19T14:00:00+04:00")
            operator = centre.operator()
            first = operator.dial("8006679", caller="0501111111").wait_answer()
            self.assertEqual(self.promised(centre)["due"]["from"], instant("2026-11-19T14:00:00+04:00"))
            hear(first.rtp, BEEP, 0.1)
            said = [s["prompt"] for e in centre.events("PromptStarted") for s in e["sayings"]]
            self.assertEqual(said, ["CLS-TODAY"])
            first.hang_up()
            centre.kill()
            centre.start()  # the files know of no storm, the journal does
            operator = centre.operator()
            second = operator.dial("8006679", caller="0502222222").wait_answer()
            eventually(lambda: len(centre.events("PromiseMade")) == 2, what="a second promise")
            second.hang_up()
            opened = centre.amer("calendar", "reopen", "--by", "duty officer")
            self.assertEqual([row["promise"] for row in opened["moved"]], [1, 2])
            for row in centre.events("PromiseRedated"):
                self.assertEqual(row["due"]["until"], instant("2026-11-19T16:30:00+04:00"))
            third = operator.dial("8006679", caller="0503333333").wait_answer()
            hear(third.rtp, MUSIC, 0.3)
            versions = centre.amer("calendar", "history")
            self.assertEqual([v["version"] for v in versions], [1, 2, 3])
            self.assertIn("A sandstorm", " ".join(versions[1]["changes"]))
            self.assertEqual(versions[2]["promises_moved"], 2)
            again = centre.run_amer("calendar", "reopen")
            self.assertNotEqual(again.returncode, 0)


if __name__ == "__main__":
    unittest.main()
