"""What is done to a talk, with real telephones: transfer, consultation, conference, supervisors, a
paused recording. Everybody speaks a tone of his own; who hears whom is measured."""

import time
import unittest

import sound
from centre import Centre, MUSIC, TONES, choose_queue, contact_of, eventually, hear

CALLER, AGENT, COLLEAGUE = 1900, 1500, 2300
PEOPLE = {"caller": CALLER, "agent": AGENT, "colleague": COLLEAGUE}


def with_a_supervisor(centre):
    """The second agent is one; a pause of a recording ends by itself after two seconds."""
    second = centre.toml("agents.toml")["agent"][1]["id"]
    centre.replace("agents.toml", rf'^id = "{second}"$', f'id = "{second}"\nsupervisor = true')
    # The pause of a recording; that of notifications has its own line.
    centre.replace("centre.toml", r'^longest_pause = "2m"', 'longest_pause = "2s"')


class Talk:
    """A caller talks with the first agent; the second one's telephone is registered."""

    def __init__(self, centre):
        self.centre = centre
        self.phone = centre.phone(centre.agents[0])
        self.call = centre.operator().dial("600500500").wait_answer()
        self.call.rtp.say(CALLER)
        choose_queue(self.call)
        self.agent = self.phone.wait_call().answer()
        self.agent.rtp.say(AGENT)
        centre.event("ContactConnected")
        self.contact = contact_of(centre, self.call)
        self.other_phone = centre.phone(centre.agents[1])
        self.other = None

    def act(self, what, *whom):
        return self.centre.amer("talk", str(self.contact), what, *whom)

    def colleague_comes(self, what):
        self.act(what, self.centre.agents[1])
        self.other = self.other_phone.wait_call()
        self.other.ring()
        self.other.answer()
        self.other.rtp.say(COLLEAGUE)
        self.centre.event("PartyJoined", self.contact)

    def hears(self, who, seconds=0.6):
        """Whom this one hears from now on: those whose tone is there, and the music."""
        rtp = {"caller": self.call, "agent": self.agent, "colleague": self.other}[who].rtp
        time.sleep(0.3)    # what was on its way when the parts changed
        mark = rtp.mark()
        eventually(lambda: rtp.mark() - mark >= seconds * sound.RATE, 10, f"sound at the {who}")
        samples = rtp.samples(mark)
        tones = {**PEOPLE, "music": MUSIC}
        return sorted(name for name, tone in tones.items()
                      if sound.seconds_of(samples, tone, -32.0) > 0.6 * seconds)


class Talks(unittest.TestCase):
    def check_hearing(self, talk, **expected):
        for who, heard in expected.items():
            self.assertEqual(talk.hears(who), sorted(heard), f"what the {who} hears")

    def test_a_colleague_is_asked_then_all_three_talk_and_he_takes_over(self):
        with Centre(edit=with_a_supervisor) as centre:
            talk = Talk(centre)
            self.check_hearing(talk, caller=["agent"], agent=["caller"])
            talk.colleague_comes("consult")
            self.check_hearing(talk, caller=["music"], agent=["colleague"], colleague=["agent"])
            talk.act("confer")
            self.check_hearing(talk, caller=["agent", "colleague"], agent=["caller", "colleague"],
                               colleague=["agent", "caller"])
            talk.act("hand-over")
            talk.agent.wait_end()
            centre.wait_agent(centre.agents[0], "wrap_up")
            self.check_hearing(talk, caller=["colleague"], colleague=["caller"])
            talk.call.hang_up()
            talk.other.wait_end()
            self.assertEqual(centre.event("ContactEnded", talk.contact)["how"], "completed")
            self.assertEqual(centre.amer("contacts")[0]["agent"], centre.agents[1])
            # One recording of it all; while he was set aside the caller is not on it.
            done = centre.event("RecordingFinished", talk.contact)
            left, right = sound.read_wav(centre.recording(done["recording"]))
            self.assertGreater(sound.seconds_of(right, COLLEAGUE), 1.5)
            self.assertGreater(sound.seconds_of(right, AGENT), 1.5)
            self.assertGreater(len(left) / 8000 - sound.seconds_of(left, CALLER), 1.0)

    def test_case_29_an_agent_who_hangs_up_while_he_consults_leaves_nobody_in_silence(self):
        with Centre(edit=with_a_supervisor) as centre:
            talk = Talk(centre)
            talk.colleague_comes("consult")
            self.check_hearing(talk, caller=["music"])
            mark = talk.call.rtp.mark()
            talk.agent.hang_up()
            talk.other.wait_end()
            hear(talk.call.rtp, TONES["Q-LOST"], 0.3, since=mark)
            # The colleague is free, and is offered the caller, who comes first.
            again = talk.other_phone.wait_call().answer()
            again.rtp.say(COLLEAGUE)
            talk.other = again
            eventually(lambda: talk.hears("caller") == ["colleague"], 10, "they talk")

    def test_case_29_a_supervisor_barges_in_and_the_others_leave(self):
        with Centre(edit=with_a_supervisor) as centre:
            talk = Talk(centre)
            talk.colleague_comes("listen")
            self.check_hearing(talk, caller=["agent"], agent=["caller"],
                               colleague=["agent", "caller"])
            talk.act("whisper", centre.agents[1])
            self.check_hearing(talk, caller=["agent"], agent=["caller", "colleague"],
                               colleague=["agent", "caller"])
            talk.act("barge", centre.agents[1])
            self.check_hearing(talk, caller=["agent", "colleague"], agent=["caller", "colleague"],
                               colleague=["agent", "caller"])
            talk.agent.hang_up()
            centre.event("ContactHandedOver", talk.contact)
            self.check_hearing(talk, caller=["colleague"], colleague=["caller"])
            talk.call.hang_up()
            talk.other.wait_end()
            self.assertEqual(centre.event("ContactEnded", talk.contact)["how"], "completed")
            eventually(lambda: centre.amer("status")["wire"]["calls"] == 0, 10, "no leg is left")

    def test_case_26_a_transfer_goes_where_somebody_comes_and_nowhere_else(self):
        with Centre(edit=with_a_supervisor) as centre:
            talk = Talk(centre)
            refused = centre.run_amer("talk", str(talk.contact), "transfer", "moon")
            self.assertEqual(refused.returncode, 1)
            self.assertIn("there is no queue 'moon'", refused.stderr)
            self.check_hearing(talk, caller=["agent"])
            queue = centre.events("ContactQueued", talk.contact)[-1]["queue"]
            talk.act("transfer", queue)
            talk.agent.wait_end()
            talk.other = talk.other_phone.wait_call().answer()
            talk.other.rtp.say(COLLEAGUE)
            eventually(lambda: len(centre.events("ContactConnected", talk.contact)) == 2)
            self.check_hearing(talk, caller=["colleague"], colleague=["caller"])
            talk.call.hang_up()
            talk.other.wait_end()
            # One recording over both talks.
            done = centre.event("RecordingFinished", talk.contact)
            self.assertEqual(len(centre.events("RecordingFinished", talk.contact)), 1)
            _, right = sound.read_wav(centre.recording(done["recording"]))
            self.assertGreater(sound.seconds_of(right, AGENT), 0.3)
            self.assertGreater(sound.seconds_of(right, COLLEAGUE), 0.3)

    def test_case_28_what_is_said_in_a_pause_is_silence_and_the_pause_ends_by_itself(self):
        with Centre(edit=with_a_supervisor) as centre:
            talk = Talk(centre)
            talk.hears("caller")
            began = time.monotonic()
            talk.act("pause-recording")
            self.assertEqual(centre.event("RecordingResumed", talk.contact)["why"], "time_over")
            lasted = time.monotonic() - began
            self.assertEqual(talk.hears("caller"), ["agent"])
            talk.call.hang_up()
            talk.agent.wait_end()
            done = centre.event("RecordingFinished", talk.contact)
            left, right = sound.read_wav(centre.recording(done["recording"]))
            stretches = sound.stretches(right, AGENT)
            self.assertEqual(len(stretches), 2, "the agent before and after the pause")
            gap = stretches[1][0] - stretches[0][1]
            self.assertAlmostEqual(gap, 2.0, delta=0.3)
            self.assertLess(gap, lasted + 0.3)
            loudest = max(abs(s) for channel in (left, right) for s in channel[
                int((stretches[0][1] + 0.1) * 8000):int((stretches[1][0] - 0.1) * 8000)])
            self.assertLess(loudest, 50, "something of the pause is in the file")


if __name__ == "__main__":
    unittest.main()
