"""Journeys 3 and 4: a call at night is recorded, promised, and returned the next working day."""

import time
import unittest

import sound
from centre import (BEEP, Centre, EVENING, MORNING, OPEN, TONES, choose_queue, contact_of,
                    eventually, hear)

CALLER, AGENT, AGAIN = 1900, 1500, 2100


def leave_message(centre, seconds=1.5, caller="0501234567", ending="#"):
    """Calls at night, speaks a tone after the beep; the call."""
    call = centre.operator().dial("600500500", caller=caller).wait_answer()
    hear(call.rtp, TONES["LNG"], 0.1)
    call.rtp.press("1")
    hear(call.rtp, TONES["CLS-MSG"], 0.1)
    hear(call.rtp, BEEP, 0.15)
    call.rtp.say(CALLER)
    time.sleep(seconds)  # speaks this long
    if ending == "#":
        call.rtp.press("#")
        call.rtp.say(None)
    else:
        call.hang_up()
    return call


class OutOfHours(unittest.TestCase):
    def test_the_message_is_recorded_and_promised_for_the_next_opening(self):
        with Centre(EVENING) as centre:
            call = leave_message(centre)
            hear(call.rtp, TONES["CLS-REV"], 0.2)
            call.rtp.press("3")
            hear(call.rtp, TONES["CLS-OK"])
            call.wait_end()
            made = centre.event("PromiseMade")["promise"]
            self.assertEqual(made["number"], "+971501234567")
            # Friday 20 November 2026, 07:30 to 12:00 in Dubai (domain.md, case 18), in UTC microseconds.
            self.assertEqual(made["due"]["from"], 1795145400_000_000)
            self.assertEqual(made["due"]["until"], 1795161600_000_000)
            left = centre.event("MessageLeft")
            self.assertEqual(left["promise"], made["id"])
            (message,) = sound.read_wav(centre.recording(left["recording"]))
            self.assertGreater(sound.seconds_of(message, CALLER), 1.2)
            self.assertLess(sound.seconds_of(message, BEEP), 0.1, "our own tone is in his message")
            listed = centre.amer("promises")
            self.assertEqual(len(listed), 1)
            self.assertEqual(listed[0]["reference"], made["reference"])
            self.assertEqual(listed[0]["due"]["from"], "2026-11-20T07:30:00+04:00")

    def test_the_closed_announcement_speaks_the_true_day(self):
        with Centre(EVENING) as centre:
            leave_message(centre, 1.2)
            said = [s for e in centre.events("PromptStarted") for s in e["sayings"]
                    if s["prompt"].startswith("CLS-MSG")]
            values = {v["placeholder"]: v for v in said[0]["values"]}
            self.assertEqual(values["date"]["text"], "2026-11-20")
            self.assertEqual(values["time"]["amount"], 7 * 60 + 30)

    def test_he_hears_what_he_left_and_says_it_again(self):
        with Centre(EVENING) as centre:
            call = leave_message(centre)
            hear(call.rtp, TONES["CLS-REV"], 0.2)
            mark = call.rtp.mark()
            call.rtp.press("1")
            hear(call.rtp, TONES["CLS-HEAR"], 0.2, since=mark)
            hear(call.rtp, CALLER, 1.0, since=mark)  # his own voice
            first = centre.event("MessageLeft")["recording"]
            call.rtp.press("2")
            hear(call.rtp, BEEP, 0.15, since=mark)
            call.rtp.say(AGAIN)
            time.sleep(1.5)  # speaks this long
            call.rtp.press("#")
            call.rtp.say(None)
            eventually(lambda: len(centre.events("MessageLeft")) == 2, what="the second message")
            left = centre.events("MessageLeft")[1]
            self.assertNotEqual(left["recording"], first)
            call.rtp.press("3")
            hear(call.rtp, TONES["CLS-OK"], since=mark)
            call.wait_end()
            (message,) = sound.read_wav(centre.recording(left["recording"]))
            self.assertGreater(sound.seconds_of(message, AGAIN), 1.2)
            self.assertEqual(centre.amer("promises")[0]["message"], left["recording"])

    def test_hanging_up_keeps_the_message(self):
        with Centre(EVENING) as centre:
            leave_message(centre, 1.5, ending="hang up")
            left = centre.event("MessageLeft")
            self.assertGreater(left["length_ms"], 1200)
            self.assertEqual(centre.event("ContactEnded")["how"], "promised")

    def test_a_call_that_leaves_no_message_is_still_an_entry(self):
        with Centre(EVENING) as centre:
            call = centre.operator().dial("600500500", caller="0507654321").wait_answer()
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("1")
            promise = centre.event("PromiseMade")["promise"]
            call.hang_up()
            self.assertEqual(centre.event("ContactEnded")["how"], "promised")
            self.assertEqual(promise["number"], "+971507654321")
            self.assertEqual(centre.events("MessageLeft"), [])

    def test_hanging_up_in_the_greeting_at_night_is_an_entry_too(self):
        with Centre(EVENING) as centre:
            call = centre.operator().dial("600500500", caller="0507654321").wait_answer()
            hear(call.rtp, TONES["GRT-U"], 0.1)
            call.hang_up()
            self.assertEqual(centre.event("PromiseMade")["promise"]["number"], "+971507654321")

    def test_a_hidden_caller_is_asked_for_a_number(self):
        with Centre(EVENING) as centre:
            call = centre.operator().dial("600500500", caller="anonymous",
                                          extra=[("Privacy", "id")]).wait_answer()
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("1")
            hear(call.rtp, TONES["CLS-HID"], 0.1)
            call.rtp.press("0502223344#")
            given = centre.event("PromiseNumberGiven")
            self.assertEqual(given["number"], "+971502223344")


class NextMorning(unittest.TestCase):
    def answer_as_agent(self, centre):
        phone = centre.phone(centre.agents[0])
        offered = phone.wait_call(timeout=25)
        offered.answer()
        return offered

    def evening_then_morning(self, centre):
        leave_message(centre)
        centre.event("MessageLeft")
        centre.stop()
        citizen = centre.operator(port=5062)
        centre.start(MORNING)
        return citizen

    def test_the_promise_is_kept_by_a_call_back(self):
        with Centre(EVENING) as centre:
            citizen = self.evening_then_morning(centre)
            phone = centre.phone(centre.agents[0])
            self.assertEqual(centre.events("AttemptStarted"), [], "dialled before the opening")
            agent = phone.wait_call(timeout=25)
            agent.answer()
            hear(agent.rtp, TONES["CB-BRIEF"], 0.2)
            hear(agent.rtp, CALLER, 1.0)
            self.assertEqual(centre.events("AttemptStarted"), [], "dialled before the agent knew why")
            agent.rtp.press("5")
            asked = citizen.wait_call()
            self.assertIn("600500500", asked.invite.get("From"))
            self.assertIn("+971501234567", asked.invite.first)
            asked.ring()
            asked.answer()
            hear(asked.rtp, TONES["CB-OUT"])
            asked.rtp.press("1")
            centre.event("ContactConnected")
            asked.rtp.say(CALLER)
            agent.rtp.say(AGENT)
            hear(agent.rtp, CALLER, 0.5)
            hear(asked.rtp, AGENT, 0.5)
            asked.hang_up()
            agent.wait_end()
            kept = centre.event("PromiseKept")
            self.assertEqual(kept["promise"], centre.event("PromiseMade")["promise"]["id"])
            shown = centre.amer("promises")[0]
            self.assertEqual(shown["state"], "kept")

    def test_nobody_answers_until_it_is_broken_aloud(self):
        def hasty(centre):
            centre.replace("centre.toml", r'^tries *=.*$', 'tries = 2')
            centre.replace("centre.toml", r'^pause *=.*$', 'pause = "2s"')
            centre.replace("centre.toml", r'^ring *=.*$', 'ring = "2s"')
            centre.replace("agents.toml", r'^wrap_up = .*$', 'wrap_up = "0s"')
        with Centre(EVENING, edit=hasty) as centre:
            citizen = self.evening_then_morning(centre)
            phone = centre.phone(centre.agents[0])
            phone.on_call = lambda call: call.answer()
            busy = citizen.wait_call(timeout=25)
            busy.respond(486)
            failed = centre.event("AttemptFailed")
            self.assertEqual(failed["outcome"], "busy")
            silent = citizen.wait_call(timeout=25)
            silent.ring()                      # and never answers: the centre gives up
            silent.wait_request("CANCEL", timeout=10)
            eventually(lambda: len(centre.events("AttemptFailed")) == 2, 15)
            self.assertEqual(centre.events("AttemptFailed")[-1]["outcome"], "no_answer")
            broken = centre.event("PromiseBroken")
            self.assertEqual(broken["reason"], "tries_used_up")
            self.assertEqual(centre.amer("promises")[0]["state"], "broken")

    def test_the_citizen_who_rings_first_himself_is_not_called_again(self):
        with Centre(EVENING) as centre:
            self.evening_then_morning(centre)
            centre.stop()
            centre.start("2026-11-20T07:30:00+04:00")
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            contact = contact_of(centre, call)
            centre.event("ContactQueued", contact)
            phone = centre.phone(centre.agents[0])
            offered = phone.wait_call()
            self.assertIn("501234567", offered.invite.get("From"))
            offered.answer()
            kept = centre.event("PromiseKept")
            self.assertEqual(kept["contact"], contact)
            self.assertEqual(centre.events("AttemptStarted"), [])


if __name__ == "__main__":
    unittest.main()
