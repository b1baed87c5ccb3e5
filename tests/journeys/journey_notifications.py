"""Journey: a promise is told in writing, although the gateway fails and the centre is killed."""

import http.server
import json
import threading
import unittest

from centre import Centre, EVENING, eventually
from journey_out_of_hours import leave_message

SECRET = "open-sesame"


class Gateway:
    """Answers each request with the next of `moods` ("hang": not at all), then 200; drops doubles."""

    def __init__(self, address, moods=()):
        self.moods, self.requests, self.delivered = list(moods), [], {}
        self.released = threading.Event()
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                mood = gateway.moods.pop(0) if gateway.moods else 200
                if mood in (200, "hang"):  # it has the message, whether or not it says so
                    gateway.delivered.setdefault(body["id"], body)
                gateway.requests.append((dict(self.headers), body))
                if mood == "hang":
                    gateway.released.wait(60)
                    return
                self.send_response(mood)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def table(self):
        address, port = self.server.server_address
        return (f'\n[text_gateway]\nurl = "http://{address}:{port}/send"\n'
                'headers = ["Authorization: Bearer {secret}"]\nsecret_file = "sms-secret"\n'
                'body = \'{"to":"{to}","text":"{text}","id":"{id}"}\'\n')


def telling(gateway):
    def edit(centre):
        centre.replace("centre.toml", r"^by_text = \[\]$", 'by_text = ["promise_made"]')
        centre.replace("centre.toml", r'^first_pause = "30s"', 'first_pause = "1s"')
        path = centre.config / "centre.toml"
        path.write_text(path.read_text() + gateway.table())
        secret = centre.config / "sms-secret"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o600)
    return edit


class Notifications(unittest.TestCase):
    def gateway(self, *moods):
        gateway = Gateway("127.0.0.1", moods)
        self.addCleanup(gateway.close)
        return gateway

    def test_a_promise_is_told_although_the_gateway_fails_at_first(self):
        gateway = self.gateway(503)
        with Centre(EVENING, telling(gateway)) as centre:
            leave_message(centre)
            sent = centre.event("NotificationSent", timeout=20)
            self.assertTrue(sent["receipt"].startswith("HTTP 200"))
            (body,) = gateway.delivered.values()
            self.assertEqual(body["to"], "+971501234567")
            self.assertIn("الجمعة 20 نوفمبر", body["text"])
            self.assertIn(centre.event("PromiseMade")["promise"]["reference"], body["text"])
            self.assertEqual(gateway.requests[0][0]["Authorization"], f"Bearer {SECRET}")
            self.assertEqual([b["id"] for _, b in gateway.requests], [body["id"]] * 2)
            told = centre.amer("status")["notifications"]
            self.assertEqual((told["owed"], told["sent"], told["given_up"]), (0, 1, 0))
            self.assertIn("HTTP 503", told["last_error"])
            shown = centre.run_amer("status").stdout
            self.assertIn("0 owed; since start 1 sent, 0 given up", shown)
            for said in (shown, centre.log.read_text(), json.dumps(centre.events())):
                self.assertNotIn(SECRET, said)

    def test_a_centre_that_is_killed_while_it_sends_sends_again_under_the_same_id(self):
        gateway = self.gateway("hang")
        with Centre(EVENING, telling(gateway)) as centre:
            leave_message(centre)
            eventually(lambda: gateway.requests, 20, "the first try")
            centre.kill()
            centre.start()
            centre.event("NotificationSent", timeout=20)
            self.assertEqual(len(gateway.requests), 2)
            self.assertEqual(len(gateway.delivered), 1)
            self.assertEqual(gateway.requests[0][1], gateway.requests[1][1])

    def test_what_a_gateway_refuses_raises_the_alarm(self):
        gateway = self.gateway(400)
        with Centre(EVENING, telling(gateway)) as centre:
            leave_message(centre)
            self.assertTrue(centre.event("NotificationGivenUp", timeout=20)["why"].startswith("HTTP 400"))
            self.assertIn("notification_given_up", centre.amer("status")["alarms"])


if __name__ == "__main__":
    unittest.main()
