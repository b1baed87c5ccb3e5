"""Journey 7: whatever a stranger or a broken phone sends, the next good call is served."""

import random
import socket
import time
import unittest

import sip
from centre import Centre, TONES, eventually, hear


def a_good_call_is_served(centre):
    call = centre.operator().dial("600500500").wait_answer(timeout=8)
    hear(call.rtp, TONES["GRT-U"], 0.1)
    call.hang_up()


class BadInput(unittest.TestCase):
    def test_foreign_codecs_get_488(self):
        with Centre() as centre:
            operator = centre.operator()
            body = ("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
                    "m=audio 4000 RTP/AVP 18 97\r\na=rtpmap:97 opus/48000/2\r\n")
            self.assertEqual(operator.dial("600500500", body=body).wait_final(), 488)
            self.assertEqual(operator.dial("600500500", body="this is no SDP").wait_final(), 488)
            a_good_call_is_served(centre)

    def test_garbage_datagrams_are_dropped(self):
        chance = random.Random(20261119)
        with Centre() as centre:
            noise = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            noise.bind((centre.trunk, 0))
            for _ in range(3000):
                noise.sendto(chance.randbytes(chance.randrange(1, 1400)), centre.server)
            good = sip.Message(f"INVITE sip:600500500@{centre.address} SIP/2.0", [
                ("Via", f"SIP/2.0/UDP {centre.trunk}:9;branch=z9hG4bKx"), ("From", "<sip:1@a>;tag=1"),
                ("To", "<sip:2@b>"), ("Call-ID", "x"), ("CSeq", "1 INVITE")]).bytes()
            for _ in range(3000):
                broken = bytearray(good)
                for _ in range(chance.randrange(1, 8)):
                    broken[chance.randrange(len(broken))] = chance.randrange(256)
                noise.sendto(bytes(broken), centre.server)
            noise.close()
            a_good_call_is_served(centre)

    def test_giant_headers_and_many_of_them_are_refused(self):
        with Centre() as centre:
            noise = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            noise.bind((centre.trunk, 0))
            for headers in ([("Subject", "x" * 60_000)], [("X-Many", "1")] * 2_000,
                            [("Via", "SIP/2.0/UDP 192.0.2.1," * 2_500)]):
                noise.sendto(sip.Message("OPTIONS sip:amer SIP/2.0", headers).bytes()[:65_000], centre.server)
            noise.close()
            a_good_call_is_served(centre)

    def test_half_messages_on_tcp_hold_nobody_up(self):
        with Centre() as centre:
            halves = []
            for _ in range(40):
                half = socket.create_connection(centre.server, source_address=(centre.strange, 0))
                half.send(b"INVITE sip:600500500@amer SIP/2.0\r\nVia: SIP/2.0/TCP x;bra")
                halves.append(half)
            a_good_call_is_served(centre)
            for half in halves:
                half.close()
            liar = socket.create_connection(centre.server, source_address=(centre.strange, 0))
            liar.send(b"OPTIONS sip:amer SIP/2.0\r\nContent-Length: 999999999\r\n\r\n")
            liar.settimeout(15)
            self.assertEqual(read_to_end(liar)[-1:], b"", "a lying stream stays open")
            a_good_call_is_served(centre)

    def test_a_flood_of_invites_from_strangers_leaves_the_trunk_served(self):
        with Centre() as centre:
            flood = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            flood.bind((centre.strange, 0))
            began, sent = time.monotonic(), 0
            while time.monotonic() - began < 3:
                for _ in range(10):
                    sent += 1
                    flood.sendto(sip.Message(f"INVITE sip:600500500@{centre.address} SIP/2.0", [
                        ("Via", f"SIP/2.0/UDP {centre.strange}:9;branch=z9hG4bK{sip.token()}"),
                        ("From", f"<sip:1@a>;tag={sent}"), ("To", "<sip:600500500@b>"), ("Max-Forwards", "70"),
                        ("Call-ID", sip.token()), ("CSeq", "1 INVITE"), ("Contact", "<sip:1@192.0.2.1>")]).bytes(),
                        centre.server)
                time.sleep(0.008)  # about 1000 a second, bounded
                if sent == 1000:
                    a_good_call_is_served(centre)
            flood.close()
            a_good_call_is_served(centre)
            self.assertEqual(len(centre.events("ContactOpened")), 2)

    def test_case_34_a_flood_of_calls_from_the_trunk_is_answered_503_and_ends(self):
        def narrow(centre):
            centre.replace("centre.toml", r'^new_calls_per_second *=.*$', 'new_calls_per_second = 20')
        with Centre(edit=narrow) as centre:
            operator = centre.operator()
            calls = [operator.dial("600500500") for _ in range(60)]
            finals = [call.wait_final(timeout=15) for call in calls]
            self.assertIn(503, finals)
            self.assertGreaterEqual(finals.count(200), 20)
            refused = next(c for c, f in zip(calls, finals) if f == 503)
            self.assertTrue(refused.wait_status(503).get("Retry-After"))
            for call, final in zip(calls, finals):
                if final == 200:
                    call.answered.wait(5)
                    call.hang_up()
            time.sleep(1.1)  # the second in which too many came is over
            a_good_call_is_served(centre)


def read_to_end(stream):
    data = b""
    try:
        while part := stream.recv(4096):
            data += part
        return b""
    except ConnectionResetError:
        return b""
    except socket.timeout:
        return data or b"open"


if __name__ == "__main__":
    unittest.main()
