"""The citizen is dialled before an agent is asked: he hears who calls, music, and then his agent."""

import unittest

from centre import Centre, MUSIC, TONES, choose_queue, eventually, hear
from journey_out_of_hours import EVENING, MORNING, leave_message

CALLER, AGENT = 1900, 1500


def customer_first(centre):
    """One citizen for each agent at work, and no rest between calls."""
    centre.replace("centre.toml", r'^dialling *=.*$', 'dialling = "customer-first"')
    centre.replace("centre.toml", r'^agents_per_customer *=.*$', 'agents_per_customer = 1')
    centre.replace("agents.toml", r'^wrap_up = .*$', 'wrap_up = "0s"', count=0)


class Morning:
    """He left a message in the evening; now his telephone rings, and the only agent is still free."""

    def __init__(self, centre):
        self.centre = centre
        leave_message(centre)
        self.promise = centre.event("MessageLeft")["promise"]
        centre.stop()
        self.citizen, self.operator = centre.operator(port=5062), centre.operator()
        centre.start(MORNING)
        self.phone = centre.phone(centre.agents[0])
        self.asked = self.citizen.wait_call(timeout=25)
        self.asked.ring()

    def keep_agent_busy(self):
        """The agent's talk, and his caller's side of it."""
        caller = self.operator.dial("600500500", caller="0501111111").wait_answer()
        choose_queue(caller)
        talk = self.phone.wait_call().answer()
        self.centre.event("ContactConnected")
        return talk, caller

    def wait_in_music(self):
        self.asked.answer()
        hear(self.asked.rtp, TONES["CB-OUT"])
        self.asked.rtp.press("1")
        hear(self.asked.rtp, MUSIC, 0.3)


class CustomerFirst(unittest.TestCase):
    def test_he_is_connected_with_the_agent_who_is_free(self):
        with Centre(EVENING, edit=customer_first) as centre:
            morning = Morning(centre)
            started = centre.event("AttemptStarted")
            self.assertEqual(started["agent"], "")
            self.assertIn("600500500", morning.asked.invite.get("From"))
            self.assertTrue(morning.phone.incoming.empty(), "the agent was asked first")
            morning.asked.answer()
            hear(morning.asked.rtp, TONES["CB-OUT"])
            morning.asked.rtp.press("1")
            agent = morning.phone.wait_call().answer()
            self.assertIn("501234567", agent.invite.get("From"))
            morning.asked.rtp.say(CALLER)
            agent.rtp.say(AGENT)
            hear(agent.rtp, CALLER, 0.5)
            hear(morning.asked.rtp, AGENT, 0.5)
            self.assertEqual(centre.event("PromiseKept")["promise"], morning.promise)
            morning.asked.hang_up()
            agent.wait_end()

    def test_he_hears_music_until_the_agent_is_free(self):
        with Centre(EVENING, edit=customer_first) as centre:
            morning = Morning(centre)
            talk, _ = morning.keep_agent_busy()
            morning.wait_in_music()
            talk.hang_up()
            agent = morning.phone.wait_call().answer()
            agent.rtp.say(AGENT)
            hear(morning.asked.rtp, AGENT, 0.5)
            self.assertEqual(centre.event("PromiseKept")["promise"], morning.promise)
            agent.hang_up()
            morning.asked.wait_end()

    def test_he_hangs_up_while_he_waits_and_it_is_no_try_of_his(self):
        with Centre(EVENING, edit=customer_first) as centre:
            morning = Morning(centre)
            talk, _ = morning.keep_agent_busy()
            morning.wait_in_music()
            morning.asked.hang_up()
            failed = centre.event("AttemptFailed")
            self.assertEqual((failed["outcome"], failed["counts"]), ("left_waiting", False))
            talk.hang_up()
            centre.wait_agent(centre.agents[0], "ready")
            self.assertTrue(morning.phone.incoming.empty(), "a telephone rang for one who had left")

    def test_the_agent_goes_home_and_he_is_told_that_we_are_sorry(self):
        with Centre(EVENING, edit=customer_first) as centre:
            morning = Morning(centre)
            talk, _ = morning.keep_agent_busy()
            morning.wait_in_music()
            centre.amer("agent", centre.agents[0], "log-out")  # when the talk is over
            talk.hang_up()
            hear(morning.asked.rtp, TONES["CB-SORRY"])
            morning.asked.wait_end()
            self.assertEqual(centre.event("AttemptFailed")["outcome"], "left_waiting")
            eventually(lambda: centre.amer("promises")[0]["state"] == "waiting", what="owed again")

    def test_the_process_dies_while_he_waits(self):
        with Centre(EVENING, edit=customer_first) as centre:
            morning = Morning(centre)
            morning.keep_agent_busy()
            morning.wait_in_music()
            centre.kill()
            centre.start()
            failed = centre.event("AttemptFailed")
            self.assertEqual((failed["outcome"], failed["promise"]), ("unknown", morning.promise))


if __name__ == "__main__":
    unittest.main()
