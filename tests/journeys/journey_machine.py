"""A citizen is called back and a machine answers: heard while the greeting plays, and tried again."""

import contextlib
import unittest

import rtp
import sip
import sound
from centre import Centre, EVENING, TONES, eventually, hear

FRIDAY = "2026-11-20T07:30:00+04:00"  # the opening
QUIET = [0] * (sound.RATE // 2)
HELLO = QUIET + sound.speech(0.4)
ANNOUNCEMENT = QUIET + sound.speech(6)


def hasty(centre):
    """Machines are tried again after a moment."""
    path = centre.config / "centre.toml"
    path.write_text(path.read_text().replace(
        "[recording]", '[[promises.outcome]]\nis = "voicemail"\npause = "2s"\n\n[recording]', 1))


@contextlib.contextmanager
def called_back(edit=hasty, greeting=8.0):
    """The opening after a night's call: the centre, the agent's phone and his call, the citizen's
    phone and his call, which rings."""
    centre = Centre(EVENING, edit=edit)
    for language in ("ar", "en"):
        for name in ("CB-OUT", "CB-OUT.1"):
            sound.write_wav(centre.prompts / language / f"{name}.wav",
                            sound.tone(TONES["CB-OUT"], greeting))
    with centre:
        call = centre.operator().dial("600500500", caller="0501234567").wait_answer()
        hear(call.rtp, TONES["GRT-U"], 0.1)
        call.hang_up()
        centre.event("PromiseMade")
        centre.stop()
        citizen = centre.operator(port=5062)
        centre.start(FRIDAY)
        phone = centre.phone(centre.agents[0])
        agent = phone.wait_call(timeout=25)
        agent.answer()
        yield centre, phone, agent, citizen, citizen.wait_call()


class Machine(unittest.TestCase):
    def is_put_back_and_reached_at_the_next_try(self, centre, phone, agent, citizen, asked):
        failed = centre.event("AttemptFailed", timeout=20)
        self.assertEqual(failed["outcome"], "voicemail")
        self.assertTrue(failed["counts"])
        asked.wait_end()
        agent.wait_end()
        self.assertEqual(centre.events("ContactConnected"), [])
        again = phone.wait_call(timeout=25)  # free again, after a short wrap-up
        again.answer()
        person = citizen.wait_call()
        self.assertEqual(centre.events("AttemptStarted")[-1]["attempt"], 2)
        person.answer()
        person.rtp.play(HELLO)
        hear(person.rtp, TONES["CB-OUT"], 4)
        person.rtp.press("1")
        self.assertEqual(centre.event("ContactConnected")["agent"], centre.agents[0])
        centre.event("PromiseKept")
        self.assertEqual(len(centre.events("AttemptFailed")), 1)

    def test_an_announcement_is_a_machine_and_a_short_hello_a_person(self):
        with called_back() as (centre, phone, agent, citizen, asked):
            asked.answer()
            asked.rtp.play(ANNOUNCEMENT + sound.tone(1000, 0.4))
            self.is_put_back_and_reached_at_the_next_try(centre, phone, agent, citizen, asked)

    def test_a_beep_after_a_few_words_is_a_machine_too(self):
        with called_back() as (centre, phone, agent, citizen, asked):
            asked.answer()
            asked.rtp.play(HELLO + QUIET + sound.tone(1400, 0.4))
            self.is_put_back_and_reached_at_the_next_try(centre, phone, agent, citizen, asked)

    def test_what_sounds_before_the_answer_is_the_networks(self):
        with called_back() as (centre, _, agent, _, asked):
            asked.rtp = rtp.Rtp(asked.phone.address)
            asked.rtp.connect(*sip.media_of(asked.invite.body))
            asked.respond(183, "Session Progress", sip.sdp(asked.rtp.address, asked.rtp.port))
            asked.rtp.play(ANNOUNCEMENT)
            eventually(lambda: not asked.rtp.is_playing(), 15, "the announcement of the network")
            asked.answer()
            asked.rtp.play(HELLO)
            hear(asked.rtp, TONES["CB-OUT"], 4)
            asked.rtp.press("1")
            centre.event("ContactConnected")
            self.assertEqual(centre.events("AttemptFailed"), [])
            asked.hang_up()
            agent.wait_end()

    def test_a_greeting_that_is_over_first_lets_the_agent_talk_to_it(self):
        with called_back(greeting=1.0) as (centre, _, agent, _, asked):
            asked.answer()
            asked.rtp.play(ANNOUNCEMENT + sound.tone(1000, 0.4))
            asked.rtp.say(1900)
            centre.event("ContactConnected")
            hear(agent.rtp, 1900, 0.5)  # to the end of its words and after, nobody hung up
            self.assertEqual(centre.events("AttemptFailed"), [])

    def test_nobody_listens_for_machines_when_it_is_off(self):
        def off(centre):
            centre.replace("centre.toml", r'^machine_after *=.*$', 'machine_after = "0s"')
        with called_back(edit=off, greeting=5.5) as (centre, _, _, _, asked):
            asked.answer()
            asked.rtp.play(ANNOUNCEMENT)
            centre.event("ContactConnected")
            self.assertEqual(centre.events("AttemptFailed"), [])


if __name__ == "__main__":
    unittest.main()
