"""While he waits: told how he stands, called back at his place, and not forgotten at closing."""

import unittest

from centre import Centre, MUSIC, TONES, choose_queue, contact_of, eventually, hear, reach_queue

CALLER, AGENT = 1900, 1500
BEFORE_CLOSING = "2026-11-19T16:29:40+04:00"


def soon_told(centre):
    """The first words after a second of waiting, and no rest between calls."""
    centre.replace("queues.toml", r'^announce_every = .*$',
                   'announce_every = "4s"\nannounce_first = "1s"', count=0)
    centre.replace("agents.toml", r'^wrap_up = .*$', 'wrap_up = "0s"', count=0)


def busy_agent(centre, operator):
    """The only agent's phone, the call he is in, and his caller's."""
    phone = centre.phone(centre.agents[0])
    call = operator.dial("600500500", caller="0501111111").wait_answer()
    choose_queue(call)
    talk = phone.wait_call().answer()
    centre.event("ContactConnected")
    return phone, talk, call


class Waiting(unittest.TestCase):
    def test_his_place_is_told_and_never_delays_the_agent(self):
        with Centre(edit=soon_told) as centre:
            phone, talk, _ = busy_agent(centre, centre.operator())
            waiting = centre.operator(port=5062).dial("600500500", caller="0502222222").wait_answer()
            reach_queue(waiting)
            hear(waiting.rtp, TONES["Q-NEXT"], 0.1)
            hear(waiting.rtp, TONES["Q-OFFER"], 0.1)
            told = centre.event("WaitTold")
            self.assertEqual(told["position"], 1)
            self.assertEqual(told["agents"], 1)
            eventually(lambda: len(centre.events("WaitTold")) == 2)  # its words begin
            talk.hang_up()
            offered = phone.wait_call(timeout=2).answer()
            offered.rtp.say(AGENT)
            hear(waiting.rtp, AGENT, 0.5)

    def test_who_keeps_his_place_hangs_up_and_is_called_when_his_turn_comes(self):
        with Centre(edit=soon_told) as centre:
            operator = centre.operator()
            phone, talk, _ = busy_agent(centre, operator)
            citizen = centre.operator(port=5062)
            first = operator.dial("600500500", caller="0502222222").wait_answer()
            reach_queue(first)
            second = operator.dial("600500500", caller="0503333333").wait_answer()
            reach_queue(second)
            hear(first.rtp, TONES["Q-OFFER"], 0.1)
            first.rtp.press("1")
            hear(first.rtp, TONES["CB-NUM"], 0.1)
            promise = centre.event("PromiseMade")["promise"]
            self.assertEqual(promise["origin"], "queue")
            first.rtp.press("1")
            hear(first.rtp, TONES["CB-TURN"], 0.1)
            first.hang_up()
            centre.event("PromiseOffered")
            talk.hang_up()
            agent = phone.wait_call().answer()  # before the one who came after him
            asked = citizen.wait_call()
            self.assertIn("+971502222222", asked.invite.first)
            asked.ring()
            asked.answer()
            hear(asked.rtp, TONES["CB-OUT"])
            asked.rtp.press("1")
            asked.rtp.say(CALLER)
            hear(agent.rtp, CALLER, 0.5)
            self.assertEqual(centre.event("PromiseKept")["promise"], promise["id"])
            asked.hang_up()
            served = phone.wait_call().answer()
            second.rtp.say(CALLER)
            hear(served.rtp, CALLER, 0.5)

    def test_who_rings_again_has_his_place_and_is_not_called_too(self):
        with Centre(edit=soon_told) as centre:
            operator = centre.operator()
            phone, talk, _ = busy_agent(centre, operator)
            citizen = centre.operator(port=5062)
            first = operator.dial("600500500", caller="0502222222").wait_answer()
            reach_queue(first)
            place = centre.events("ContactQueued")[-1]["since"]
            second = operator.dial("600500500", caller="0503333333").wait_answer()
            reach_queue(second)
            first.rtp.press("1")
            hear(first.rtp, TONES["CB-NUM"], 0.1)
            first.hang_up()
            centre.event("PromiseOffered")
            again = operator.dial("600500500", caller="0502222222").wait_answer()
            reach_queue(again)
            self.assertEqual(centre.events("ContactQueued")[-1]["since"], place)
            talk.hang_up()
            served = phone.wait_call().answer()
            again.rtp.say(CALLER)
            hear(served.rtp, CALLER, 0.5)
            self.assertEqual(centre.event("PromiseKept")["contact"], contact_of(centre, again))
            self.assertEqual(centre.events("AttemptStarted"), [])
            self.assertTrue(citizen.incoming.empty(), "he was called, too")

    def test_with_nobody_there_he_is_told_so(self):
        with Centre(edit=soon_told) as centre:
            call = centre.operator().dial("600500500").wait_answer()
            reach_queue(call)
            hear(call.rtp, TONES["Q-NONE"], 0.1)
            hear(call.rtp, MUSIC, 0.3)

    def test_who_waits_at_closing_is_served_and_when_all_have_left_promised_the_morning(self):
        with Centre(BEFORE_CLOSING, edit=soon_told) as centre:
            operator = centre.operator()
            phone, talk, _ = busy_agent(centre, operator)
            served = operator.dial("600500500", caller="0502222222").wait_answer()
            reach_queue(served)
            left = operator.dial("600500500", caller="0503333333").wait_answer()
            reach_queue(left)
            hear(left.rtp, TONES["Q-CLOSED"], 0.1, timeout=30)
            talk.hang_up()
            late = phone.wait_call().answer()
            centre.amer("agent", centre.agents[0], "log-out")
            served.rtp.say(CALLER)
            hear(late.rtp, CALLER, 0.5)
            late.hang_up()
            hear(left.rtp, TONES["CLS-MSG"], 0.1)
            left.hang_up()
            promise = centre.event("PromiseMade")["promise"]
            self.assertEqual(promise["number"], "+971503333333")
            self.assertEqual(promise["due"]["from"], 1795145400_000_000)
            how = [each["how"] for each in centre.events("QueueLeft")]
            self.assertEqual(how, ["answered", "answered", "closing"])


if __name__ == "__main__":
    unittest.main()
