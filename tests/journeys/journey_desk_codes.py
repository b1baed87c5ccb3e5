"""What an agent dials on his desk phone to say how he stands."""

import unittest

from centre import Centre, TONES, choose_queue, eventually, hear

AGENT = 1900


class DeskCodes(unittest.TestCase):
    def dial(self, centre, phone, code, prompt):
        """He dials, hears what came of it, and we end the call."""
        call = phone.dial_as_user(code).wait_answer()
        hear(call.rtp, TONES[prompt], 0.3)
        call.wait_end(timeout=5)
        return call

    def shown(self, centre, agent):
        row = next(row for row in centre.amer("agents") if row["id"] == agent)
        return row["state"], row["reason"]

    def test_he_goes_on_a_break_comes_back_and_leaves_by_dialling(self):
        with Centre() as centre:
            agent = centre.agents[0]
            phone = centre.phone(agent)
            self.dial(centre, phone, "*12", "DESK-BREAK")
            self.assertEqual(self.shown(centre, agent), ("not_ready", "break"))
            self.dial(centre, phone, "*11", "DESK-READY")
            self.assertEqual(self.shown(centre, agent)[0], "ready")
            self.dial(centre, phone, "*13", "DESK-NO-WRAP-UP")
            self.dial(centre, phone, "*14", "DESK-LOGGED-OUT")
            self.assertEqual(self.shown(centre, agent)[0], "logged_out")
            # What he may not do now is refused in words, and changes nothing.
            self.dial(centre, phone, "*12", "DESK-NOT-NOW")
            self.assertEqual(self.shown(centre, agent)[0], "logged_out")
            self.dial(centre, phone, "*11", "DESK-READY")
            self.assertEqual(self.shown(centre, agent)[0], "ready")
            # It was never a contact, nor his phone in use; nothing of it is left.
            self.assertEqual(centre.events("ContactOpened"), [])
            self.assertEqual(centre.events("PhoneUseChanged"), [])
            wire = eventually(lambda: self.when_quiet(centre), 5, "no call is left")
            self.assertEqual((wire["contacts"], wire["legs"]), (0, 0))

    def when_quiet(self, centre):
        wire = centre.amer("status")["wire"]
        return wire if wire["legs"] == 0 else None

    def test_other_numbers_are_not_for_agents_and_the_codes_are_for_nobody_else(self):
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            self.assertEqual(phone.dial_as_user("*99").wait_final(), 404)
            self.assertEqual(phone.dial_as_user("600500500").wait_final(), 403)
            # A trunk that sends the code has dialled a number that is none of ours.
            self.assertEqual(centre.operator().dial("*14").wait_final(), 404)
            stranger = centre.stranger()
            self.assertIn(stranger.dial("*14").wait_final(), (401, 403, 407))
            self.assertEqual(stranger.dial_as_user("*14").wait_final(), 407)  # who are you?
            self.assertEqual(self.shown(centre, centre.agents[0])[0], "ready")

    def test_it_ends_wrap_up_and_makes_way_for_the_caller_it_brings(self):
        def long_wrap_up(centre):
            centre.replace("agents.toml", r'^wrap_up = .*$', 'wrap_up = "5m"')
            centre.replace("numbers.toml", r'^after_agent = .*\n', '')
        with Centre(edit=long_wrap_up) as centre:
            agent = centre.agents[0]
            phone = centre.phone(agent)
            operator = centre.operator()
            one = operator.dial("600500500", caller="0501111111").wait_answer()
            choose_queue(one)
            talk = phone.wait_call().answer()
            centre.event("ContactConnected")
            # In the call what he asks for is put off, and he is told so.
            self.dial(centre, phone, "*12", "DESK-LATER")
            self.dial(centre, phone, "*11", "DESK-READY")  # taken back
            talk.hang_up()
            centre.wait_agent(agent, "wrap_up")
            self.dial(centre, phone, "*13", "DESK-WRAPPED-UP")
            self.assertEqual(self.shown(centre, agent)[0], "ready")

            self.dial(centre, phone, "*12", "DESK-BREAK")
            two = operator.dial("600500500", caller="0502222222").wait_answer()
            choose_queue(two)
            eventually(lambda: len(centre.events("ContactQueued")) == 2, what="the second waits")
            code = phone.dial_as_user("*11")
            offered = phone.wait_call(timeout=5)
            code.wait_end(timeout=2)  # before he answers: the line is free for the caller
            offered.answer()
            offered.rtp.say(AGENT)
            hear(two.rtp, AGENT, 0.5)
            self.assertEqual([each["how"] for each in centre.events("OfferEnded")], [])

    def test_one_call_to_a_code_at_a_time(self):
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            phone.acknowledges = False  # the first one hangs in the air
            first = phone.dial_as_user("*12")
            self.assertEqual(first.wait_final(), 200)
            self.assertEqual(phone.dial_as_user("*11").wait_final(), 486)
            self.assertEqual(self.shown(centre, centre.agents[0]), ("not_ready", "break"))


if __name__ == "__main__":
    unittest.main()
