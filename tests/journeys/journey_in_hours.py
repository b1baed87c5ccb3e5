"""Journey 1 and 5: served within the hours, by the longest idle agent, and what goes wrong there."""

import time
import unittest

import sound
from centre import (BEEP, Centre, ENGLISH_U_MAIN, MUSIC, TONES, choose_queue, contact_of,
                    eventually, hear, reach_queue)

CALLER, AGENT = 1900, 1500


class InHours(unittest.TestCase):
    def test_a_caller_is_greeted_waits_with_music_and_talks_to_an_agent(self):
        with Centre() as centre:
            call = centre.operator().dial("600500500").wait_answer()
            call.rtp.say(CALLER)
            hear(call.rtp, TONES["GRT-U"])
            reach_queue(call)
            contact = contact_of(centre, call)

            phone = centre.phone(centre.agents[0])
            offered = phone.wait_call()
            self.assertIn("+971501234567", offered.invite.get("From"))
            offered.ring()
            offered.answer()
            offered.rtp.say(AGENT)
            centre.event("ContactConnected", contact)
            heard_before = call.rtp.mark()
            hear(call.rtp, AGENT, 1.0, since=heard_before)
            hear(offered.rtp, CALLER, 1.0)
            self.assertLess(sound.seconds_of(call.rtp.samples(heard_before + 1600), MUSIC), 0.1,
                            "the music went on after the answer")
            self.assertLess(sound.seconds_of(offered.rtp.samples(), AGENT), 0.1, "an echo")

            call.hang_up()
            offered.wait_end()
            ended = centre.event("ContactEnded", contact)
            self.assertEqual(ended["how"], "completed")
            self.check_recording(centre, contact)

    def check_recording(self, centre, contact):
        done = centre.event("RecordingFinished", contact)
        left, right = sound.read_wav(centre.recording(done["recording"]))
        self.assertGreater(sound.seconds_of(left, CALLER), 0.8)
        self.assertGreater(sound.seconds_of(right, AGENT), 0.8)
        self.assertLess(sound.seconds_of(left, AGENT), 0.06, "the agent is on the caller's side")
        self.assertLess(sound.seconds_of(right, CALLER), 0.06, "the caller is on the agent's side")
        self.assertAlmostEqual(len(left) / 8000 * 1000, done["length_ms"], delta=40)

    def served_and_left_by_the_agent(self, centre):
        """A caller whose agent has hung up after they talked."""
        phone = centre.phone(centre.agents[0])
        call = centre.operator().dial("600500500").wait_answer()
        choose_queue(call)
        offered = phone.wait_call()
        offered.answer()
        centre.event("ContactConnected")
        call.rtp.say(CALLER)
        hear(offered.rtp, CALLER, 0.5)
        offered.hang_up()
        return call

    def test_the_agent_may_hang_up_too_and_the_caller_is_asked_how_it_was(self):
        with Centre() as centre:
            call = self.served_and_left_by_the_agent(centre)
            contact = contact_of(centre, call)
            centre.wait_agent(centre.agents[0], "wrap_up")
            hear(call.rtp, TONES["SVY"], 0.3)
            # The recording has ended with the conversation: the survey is not in it.
            done = centre.event("RecordingFinished", contact)
            self.assertEqual(centre.events("ContactEnded"), [])
            left, right = sound.read_wav(centre.recording(done["recording"]))
            self.assertGreater(sound.seconds_of(left, CALLER), 0.3)
            self.assertLess(sound.seconds_of(right, TONES["SVY"]), 0.06)
            call.rtp.press("1")
            hear(call.rtp, TONES["SVY-TY"], 0.3)
            call.wait_end()
            self.assertEqual(centre.event("ContactEnded", contact)["how"], "completed")
            row = centre.amer("contacts")[0]
            self.assertEqual(row["answers"], "happiness=happy")
            self.assertEqual(row["agent"], centre.agents[0])

    def test_an_unhappy_caller_is_asked_why_and_may_hang_up(self):
        with Centre() as centre:
            call = self.served_and_left_by_the_agent(centre)
            hear(call.rtp, TONES["SVY"], 0.1)
            call.rtp.press("3")
            hear(call.rtp, TONES["SVY-WHY"], 0.1)
            call.rtp.press("2")
            eventually(lambda: len(centre.events("SurveyAnswered")) == 2)
            call.hang_up()
            self.assertEqual(centre.event("ContactEnded")["how"], "completed")
            self.assertEqual(centre.amer("contacts")[0]["answers"], "happiness=unhappy why=not-solved")
            self.assertEqual(centre.events("PromiseMade"), [])
            self.check_report(centre)
            self.check_whatif(centre)

    def check_whatif(self, centre):
        """The same call again, with one agent more: served as before."""
        told = centre.amer("whatif", "--day", "2026-11-19", "--change", "agents+1",
                           "--change", str(centre.config), "--reruns", "3")
        self.assertEqual(told["arrivals"], 1)
        level = next(row for row in told["measures"] if row["measure"] == "sl_negative")
        self.assertEqual([level["real"], level["before"], level["after"]], [1, 1, 1])

    def check_report(self, centre):
        """Told from the journal of the centre that is running."""
        report = centre.amer("report")
        self.assertEqual(report["arrivals"]["completed"], 1)
        together = report["sections"][0]
        self.assertEqual(together["inbound"]["cohort"]["counts"]["answered"], 1)
        self.assertIn({"question": "happiness", "answer": "unhappy", "count": 1}, together["answers"])

    def test_a_caller_on_hold_whose_agent_hangs_up_hears_the_survey_and_no_music(self):
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            offered = phone.wait_call().answer()
            centre.event("ContactConnected")
            mark = call.rtp.mark()
            self.assertEqual(offered.offer("sendonly").status, 200)
            hear(call.rtp, MUSIC, 0.4, since=mark)
            mark = call.rtp.mark()
            offered.hang_up()
            hear(call.rtp, TONES["SVY"], 0.3, since=mark)
            mark = call.rtp.mark()
            call.wait_end(timeout=12)    # he only listens: one question, then goodbye
            self.assertLess(sound.seconds_of(call.rtp.samples(mark), MUSIC), 0.1)

    def test_where_no_flow_follows_the_agent_the_call_ends_with_him(self):
        def no_survey(centre):
            centre.replace("numbers.toml", r'^after_agent = .*\n', '')
        with Centre(edit=no_survey) as centre:
            call = self.served_and_left_by_the_agent(centre)
            call.wait_end()
            self.assertEqual(centre.event("ContactEnded")["how"], "completed")
            centre.wait_agent(centre.agents[0], "wrap_up")

    def test_english_is_one_key_away(self):
        with Centre() as centre:
            call = centre.operator().dial("600500500").wait_answer()
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("2")
            hear(call.rtp, ENGLISH_U_MAIN)

    def test_who_refuses_recording_is_served_and_not_recorded(self):
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            call = centre.operator().dial("600500500").wait_answer()
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("1")
            hear(call.rtp, TONES["REC"], 0.05)
            call.rtp.press("9")
            hear(call.rtp, TONES["REC-OFF"], 0.1)
            hear(call.rtp, TONES["U-MAIN"], 0.1)
            call.rtp.press("0")
            phone.wait_call().answer()
            centre.event("ContactConnected")
            call.hang_up()
            centre.event("ContactEnded")
            self.assertFalse(centre.event("ConsentRecorded")["is_given"])
            self.assertEqual(centre.events("RecordingStarted"), [])

    def test_the_longest_idle_agent_is_rung(self):
        with Centre() as centre:
            first = centre.phone(centre.agents[0])
            second = centre.phone(centre.agents[1])
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            first.wait_call()
            self.assertTrue(second.incoming.empty())
            offer = centre.event("OfferMade")
            members = sorted(centre.agents)
            second_number = str(members.index(centre.agents[1]) + 1)
            self.assertIn({"rule": "ranked_after", "members": second_number, "names": []},
                          offer["passed_over"])
            told = [line["text"] for line in centre.amer("why", str(offer["contact"]))]
            self.assertTrue(any(text.endswith("longest idle of those who are ready")
                                for text in told), told)
            arabic = [line["text"] for line in
                      centre.amer("why", str(offer["contact"]), "--language", "ar")]
            self.assertEqual(len(arabic), len(told))

    def test_all_phones_ring_one_answers_and_the_others_are_told_that_it_was_answered(self):
        def ring_all(centre):
            centre.replace("queues.toml", r'^ring = .*$', 'ring = "15s"\nstrategy = "ring-all"')
        with Centre(edit=ring_all) as centre:
            phones = [centre.phone(agent) for agent in centre.agents[:3]]
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            rung = [phone.wait_call() for phone in phones]
            for each in rung:
                each.ring()
            rung[1].answer()
            self.assertEqual(centre.event("ContactConnected")["agent"], centre.agents[1])
            for loser in (rung[0], rung[2]):
                cancel = loser.wait_request("CANCEL")
                self.assertIn("cause=200", cancel.get("Reason"))
            ended = centre.events("OfferEnded")
            self.assertEqual([each["how"] for each in ended], ["answered_elsewhere"] * 2)
            # Nobody of them pays for it: both are ready again.
            states = {agent["id"]: agent["state"] for agent in centre.amer("agents")}
            self.assertEqual(states[centre.agents[0]], "ready")
            self.assertEqual(states[centre.agents[2]], "ready")
            call.hang_up()
            centre.event("ContactEnded")

    def test_an_agent_whose_sound_is_gone_is_lost_and_the_caller_is_served_next(self):
        def soon_lost(centre):
            centre.replace("centre.toml", r'^lost_after = .*$', 'lost_after = "2s"')
        with Centre(edit=soon_lost) as centre:
            phones = {name: centre.phone(name) for name in centre.agents[:2]}
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            first = centre.event("OfferMade")["agent"]
            lost = phones[first].wait_call().answer()
            contact = centre.event("ContactConnected")["contact"]
            mark = call.rtp.mark()
            lost.rtp.is_sending = False  # his network is gone: no packet, no BYE
            centre.event("ContactReturned", contact, timeout=15)
            hear(call.rtp, TONES["Q-LOST"], 0.2, since=mark)
            lost.wait_end()
            other = next(name for name in phones if name != first)
            offered = phones[other].wait_call().answer()
            eventually(lambda: len(centre.events("ContactConnected", contact)) == 2)
            call.rtp.say(CALLER)
            hear(offered.rtp, CALLER, 0.5)
            queued = centre.events("ContactQueued", contact)
            self.assertEqual([each["is_emergency"] for each in queued], [False, True])
            self.assertEqual(queued[0]["since"], queued[1]["since"])
            # One recording goes over both agents.
            self.assertEqual(len(centre.events("RecordingStarted", contact)), 1)
            call.hang_up()
            self.assertEqual(centre.event("ContactEnded", contact)["how"], "completed")

    def test_no_answer_goes_to_the_next_agent_and_the_place_is_kept(self):
        def short_ring(centre):
            centre.replace("queues.toml", r'^ring = .*$', 'ring = "2s"')
        with Centre(edit=short_ring) as centre:
            first = centre.phone(centre.agents[0])
            second = centre.phone(centre.agents[1])
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            silent = first.wait_call()
            silent.ring()
            offered = second.wait_call()
            silent.wait_end()
            centre.wait_agent(centre.agents[0], "not_ready")
            queued = centre.events("ContactQueued")
            self.assertEqual(len({e["since"] for e in queued}), 1)
            offered.answer()
            centre.event("ContactConnected")

    def test_the_phone_stops_at_once_when_the_caller_leaves(self):
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            offered = phone.wait_call()
            offered.ring()
            centre.wait_agent(centre.agents[0], "ringing")
            call.hang_up()
            offered.wait_request("CANCEL", timeout=2)
            offered.wait_end()
            self.assertEqual(centre.event("ContactEnded")["how"], "abandoned")
            centre.wait_agent(centre.agents[0], "ready")

    def test_an_answer_that_crosses_the_cancel_is_ended_politely(self):
        """acd.md 6.4 case 2: ACK, then BYE; no wrap-up, no answered call."""
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            offered = phone.wait_call()
            offered.ring()
            centre.wait_agent(centre.agents[0], "ringing")
            offered.answers_bye = False       # the phone answers by hand from here
            call.hang_up()
            cancel = offered.wait_request("CANCEL", timeout=2)
            offered.answer()                  # its 200 was already on its way
            offered.respond(200, "OK", to_request=cancel)
            offered.wait_request("ACK", timeout=2)
            bye = offered.wait_request("BYE", timeout=2)
            offered.respond(200, "OK", to_request=bye)
            centre.wait_agent(centre.agents[0], "ready")
            self.assertEqual(centre.events("ContactConnected"), [])
            self.assertEqual(centre.event("ContactEnded")["how"], "abandoned")

    def test_busy_and_refusal_pass_the_caller_on(self):
        for status in (486, 603, 503):
            with self.subTest(status=status), Centre() as centre:
                first = centre.phone(centre.agents[0])
                second = centre.phone(centre.agents[1])
                call = centre.operator().dial("600500500").wait_answer()
                choose_queue(call)
                first.wait_call().respond(status)
                second.wait_call().answer()
                centre.event("ContactConnected")

    def test_two_callers_and_one_agent_are_served_in_their_order(self):
        def no_rest(centre):
            centre.replace("agents.toml", r'^wrap_up = .*$', 'wrap_up = "0s"')
        with Centre(edit=no_rest) as centre:
            operator = centre.operator()
            one = operator.dial("600500500", caller="0501111111").wait_answer()
            reach_queue(one)
            two = operator.dial("600500500", caller="0502222222").wait_answer()
            reach_queue(two)
            phone = centre.phone(centre.agents[0])
            first = phone.wait_call()
            self.assertIn("501111111", first.invite.get("From"))
            first.answer()
            centre.event("ContactConnected")
            self.assertTrue(phone.incoming.empty(), "one agent, two calls")
            first.hang_up()
            second = phone.wait_call(timeout=3)
            self.assertIn("502222222", second.invite.get("From"))
            second.answer()
            eventually(lambda: len(centre.events("ContactConnected")) == 2)
            two.rtp.say(CALLER)
            hear(second.rtp, CALLER, 0.5)

    def test_hold_gives_music_and_takes_it_back(self):
        with Centre() as centre:
            phone = centre.phone(centre.agents[0])
            call = centre.operator().dial("600500500").wait_answer()
            choose_queue(call)
            offered = phone.wait_call().answer()
            centre.event("ContactConnected")
            mark = call.rtp.mark()
            self.assertEqual(offered.offer("sendonly").status, 200)
            hear(call.rtp, MUSIC, 0.4, since=mark)
            self.assertEqual(offered.offer("sendrecv").status, 200)
            offered.rtp.say(AGENT)
            hear(call.rtp, AGENT, 0.5, since=mark)

    def test_unknown_numbers_and_strangers_are_refused(self):
        with Centre() as centre:
            unknown = centre.operator().dial("600500599")
            self.assertEqual(unknown.wait_final(), 404)
            stranger = centre.stranger()
            self.assertIn(stranger.dial("600500500").wait_final(), (401, 403, 407))
            self.assertEqual(stranger.options().status, 403)
            self.assertIn(stranger.register(), (401, 403))
            self.assertEqual(centre.events("ContactOpened"), [])

    def test_the_toll_free_number_has_its_own_menu(self):
        with Centre() as centre:
            call = centre.operator().dial("8006679").wait_answer()
            hear(call.rtp, TONES["GRT-T"])
            hear(call.rtp, TONES["LNG"], 0.1)
            call.rtp.press("1")
            hear(call.rtp, TONES["T-MAIN"])
            queues = set()
            for key in "1234":
                other = centre.operator().dial("8006679").wait_answer()
                hear(other.rtp, TONES["LNG"], 0.1)
                other.rtp.press("1")
                hear(other.rtp, TONES["T-MAIN"], 0.1)
                other.rtp.press(key)
                contact = contact_of(centre, other)
                queues.add(centre.event("ContactQueued", contact)["queue"])
            self.assertEqual(len(queues), 4, queues)


if __name__ == "__main__":
    unittest.main()
