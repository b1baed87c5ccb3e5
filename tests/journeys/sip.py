"""A SIP phone for tests, with its hand on every message: it can be early, late, silent or rude.

Only what a test needs of RFC 3261, over UDP. Nothing here is shared with the code under test.
"""

import hashlib
import queue
import random
import re
import socket
import threading
import time

import rtp


class Message:
    def __init__(self, first, headers, body=""):
        self.first, self.headers, self.body = first, headers, body

    @classmethod
    def parse(cls, data):
        head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        lines = head.split("\r\n")
        headers = []
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers.append((name.strip(), value.strip()))
        return cls(lines[0], headers, body)

    def get(self, name):
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]

    @property
    def is_response(self):
        return self.first.startswith("SIP/2.0 ")

    @property
    def status(self):
        return int(self.first.split()[1])

    @property
    def method(self):
        return self.get("CSeq").split()[1]

    @property
    def cseq(self):
        return int(self.get("CSeq").split()[0])

    def bytes(self):
        lines = [self.first] + [f"{n}: {v}" for n, v in self.headers]
        lines.append(f"Content-Length: {len(self.body.encode())}")
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


def token():
    return f"{random.getrandbits(64):016x}"


def tag_of(value):
    found = re.search(r";\s*tag=([^;>]+)", value)
    return found.group(1) if found else None


def address_in(value):
    found = re.search(r"<([^>]+)>", value)
    return found.group(1) if found else value.split(";")[0].strip()


def sdp(address, port, direction="sendrecv", payloads="8 0 101", version=1):
    return (f"v=0\r\no=test 1 {version} IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP {payloads}\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
            f"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na={direction}\r\n")


def media_of(body):
    address = re.search(r"^c=IN IP4 (\S+)", body, re.M).group(1)
    return address, int(re.search(r"^m=audio (\d+)", body, re.M).group(1))


class Call:
    """One call, either way. `seen` holds every message that came for it, in order."""

    def __init__(self, phone, call_id, is_ours):
        self.phone, self.call_id, self.is_ours = phone, call_id, is_ours
        self.seen, self.arrived = [], threading.Condition()
        self.local_tag, self.remote_tag = token(), None
        self.local, self.remote, self.target = None, None, None
        self.cseq, self.invite, self.branch = 1, None, None
        self.rtp = None
        self.ended = threading.Event()
        self.answered = threading.Event()
        self.answers_bye = True
        self.sdp_version = 1

    # --- what came ---
    def _take(self, message):
        with self.arrived:
            self.seen.append((time.monotonic(), message))
            self.arrived.notify_all()

    def wait(self, wanted, timeout=10.0, what="a message"):
        """The first message that came, or comes, for which wanted(message)."""
        deadline = time.monotonic() + timeout
        with self.arrived:
            while True:
                for _, message in self.seen:
                    if wanted(message):
                        return message
                left = deadline - time.monotonic()
                if left <= 0 or not self.arrived.wait(left):
                    if time.monotonic() >= deadline:
                        raise AssertionError(f"{what} did not come within {timeout} s; came: " +
                                             ", ".join(m.first for _, m in self.seen))

    def wait_status(self, *statuses, timeout=10.0):
        return self.wait(lambda m: m.is_response and m.method == "INVITE" and m.status in statuses,
                         timeout, f"status {statuses}")

    def wait_final(self, timeout=10.0):
        return self.wait(lambda m: m.is_response and m.method == "INVITE" and m.status >= 200,
                         timeout, "a final answer").status

    def wait_request(self, method, timeout=10.0):
        return self.wait(lambda m: not m.is_response and m.first.startswith(method + " "),
                         timeout, method)

    def count(self, wanted):
        with self.arrived:
            return sum(1 for _, m in self.seen if wanted(m))

    def wait_end(self, timeout=10.0):
        assert self.ended.wait(timeout), f"the call did not end within {timeout} s"

    # --- as the caller ---
    def wait_answer(self, timeout=10.0):
        """2xx, acknowledged, media joined."""
        answer = self.wait(lambda m: m.is_response and m.method == "INVITE" and m.status >= 200,
                           timeout, "an answer")
        assert answer.status == 200, f"refused: {answer.first}"
        assert self.answered.wait(2)
        return self

    def cancel(self):
        headers = [h for h in self.invite.headers if h[0] in ("Via", "From", "To", "Call-ID", "Max-Forwards")]
        headers.append(("CSeq", f"{self.invite.cseq} CANCEL"))
        self.phone.send(Message(self.invite.first.replace("INVITE", "CANCEL", 1), headers),
                        self.phone.server)

    # --- as the one who is called ---
    def respond(self, status, reason="Test", body="", to_request=None, extra=()):
        request = to_request or self.invite
        headers = [(n, v) for n, v in request.headers if n in ("Via", "From", "Call-ID", "CSeq", "Record-Route")]
        to = request.get("To")
        headers.append(("To", to if tag_of(to) else f"{to};tag={self.local_tag}"))
        headers.append(("Contact", f"<sip:{self.phone.user}@{self.phone.address}:{self.phone.port}>"))
        headers.extend(extra)
        if body:
            headers.append(("Content-Type", "application/sdp"))
        self.phone.send(Message(f"SIP/2.0 {status} {reason}", headers, body), self.phone.source[self.call_id])

    def ring(self):
        self.respond(180, "Ringing")

    def answer(self):
        self.rtp = self.rtp or rtp.Rtp(self.phone.address)
        self.rtp.connect(*media_of(self.invite.body))
        self.respond(200, "OK", sdp(self.rtp.address, self.rtp.port))
        return self

    # --- both ---
    def request(self, method, body="", extra=()):
        self.cseq += 1
        headers = [("Via", f"SIP/2.0/UDP {self.phone.address}:{self.phone.port};branch=z9hG4bK{token()};rport"),
                   ("Max-Forwards", "70"), ("From", f"{self.local};tag={self.local_tag}"),
                   ("To", f"{self.remote};tag={self.remote_tag}"), ("Call-ID", self.call_id),
                   ("CSeq", f"{self.cseq} {method}"),
                   ("Contact", f"<sip:{self.phone.user}@{self.phone.address}:{self.phone.port}>"), *extra]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        message = Message(f"{method} {self.target} SIP/2.0", headers, body)
        self.phone.send(message, self.phone.source.get(self.call_id, self.phone.server))
        return message

    def hang_up(self, wait=True):
        sent = self.request("BYE")
        if wait:
            self.wait(lambda m: m.is_response and m.method == "BYE" and m.cseq == sent.cseq, 10, "200 to BYE")
        self.ended.set()
        self.close()

    def offer(self, direction):
        """re-INVITE; returns the answer."""
        self.sdp_version += 1
        sent = self.request("INVITE", sdp(self.rtp.address, self.rtp.port, direction, version=self.sdp_version))
        answer = self.wait(lambda m: m.is_response and m.method == "INVITE" and m.cseq == sent.cseq and
                           m.status >= 200, 10, "an answer to the re-INVITE")
        self.acknowledge(answer, sent)
        return answer

    def acknowledge(self, answer, invite=None):
        ack = [("Via", f"SIP/2.0/UDP {self.phone.address}:{self.phone.port};branch=z9hG4bK{token()};rport"),
               ("Max-Forwards", "70"), ("From", answer.get("From")), ("To", answer.get("To")),
               ("Call-ID", self.call_id), ("CSeq", f"{answer.cseq} ACK")]
        contact = answer.get("Contact")
        target = address_in(contact) if contact else self.target
        self.phone.send(Message(f"ACK {target} SIP/2.0", ack), self.phone.server)

    def close(self):
        if self.rtp:
            self.rtp.close()


class Phone:
    """A UDP socket that speaks SIP. `acknowledges`: send the ACK for a 2xx by itself."""

    def __init__(self, address, server, user="test", password=None, port=0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((address, port))
        self.socket.settimeout(0.2)
        self.address, self.port = self.socket.getsockname()
        self.server, self.user, self.password = server, user, password
        self.calls, self.source = {}, {}
        self.incoming = queue.Queue()
        self.on_call = None       # called with each incoming call, on the phone's thread
        self.acknowledges = True
        self.other = queue.Queue()  # responses that belong to no call
        self._is_open = True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self):
        self._is_open = False
        self._thread.join()
        for call in self.calls.values():
            call.close()
        self.socket.close()

    def send(self, message, to):
        self.socket.sendto(message.bytes() if isinstance(message, Message) else message, to)

    # --- registering ---
    def register(self, expires=3600, password=None):
        """Digest as RFC 2617 says; returns the final status."""
        call_id, tag = token(), token()
        challenge = None
        for cseq in (1, 2):
            headers = [("Via", f"SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{token()};rport"),
                       ("Max-Forwards", "70"), ("From", f"<sip:{self.user}@amer>;tag={tag}"),
                       ("To", f"<sip:{self.user}@amer>"), ("Call-ID", call_id), ("CSeq", f"{cseq} REGISTER"),
                       ("Contact", f"<sip:{self.user}@{self.address}:{self.port}>"), ("Expires", str(expires))]
            if challenge:
                headers.append(("Authorization", self._credentials(challenge, "REGISTER", "sip:amer",
                                                                   password or self.password)))
            answer = self._exchange(Message("REGISTER sip:amer SIP/2.0", headers), call_id, cseq)
            if answer.status != 401:
                return answer.status
            challenge = next(v for v in answer.all("WWW-Authenticate") if "SHA-256" not in v)
        return answer.status

    def _credentials(self, challenge, method, uri, password):
        fields = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
        def md5(text):
            return hashlib.md5(text.encode()).hexdigest()
        ha1, ha2 = md5(f"{self.user}:{fields['realm']}:{password}"), md5(f"{method}:{uri}")
        cnonce = token()
        response = md5(f"{ha1}:{fields['nonce']}:00000001:{cnonce}:auth:{ha2}")
        return (f'Digest username="{self.user}", realm="{fields["realm"]}", nonce="{fields["nonce"]}", '
                f'uri="{uri}", response="{response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="{cnonce}"'
                + (f', opaque="{fields["opaque"]}"' if "opaque" in fields else ""))

    def _exchange(self, message, call_id, cseq, timeout=8.0):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.send(message, self.server)
            try:
                while True:
                    answer = self.other.get(timeout=0.5)
                    if answer.get("Call-ID") == call_id and answer.cseq == cseq and answer.status >= 200:
                        return answer
            except queue.Empty:
                continue
        raise AssertionError(f"no answer to {message.first}")

    def options(self):
        call_id = token()
        headers = [("Via", f"SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{token()};rport"),
                   ("Max-Forwards", "70"), ("From", f"<sip:{self.user}@amer>;tag={token()}"),
                   ("To", "<sip:amer>"), ("Call-ID", call_id), ("CSeq", "1 OPTIONS")]
        return self._exchange(Message("OPTIONS sip:amer SIP/2.0", headers), call_id, 1)

    # --- calling ---
    def dial(self, number, caller="0501234567", extra=(), body=None, offers=True):
        call = Call(self, token(), True)
        call.rtp = rtp.Rtp(self.address)
        call.local, call.remote = f"<sip:{caller}@{self.address}>", f"<sip:{number}@amer>"
        call.target = f"sip:{number}@{self.server[0]}:{self.server[1]}"
        if body is None:
            body = sdp(call.rtp.address, call.rtp.port) if offers else ""
        headers = [("Via", f"SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{token()};rport"),
                   ("Max-Forwards", "70"), ("From", f"{call.local};tag={call.local_tag}"),
                   ("To", call.remote), ("Call-ID", call.call_id), ("CSeq", "1 INVITE"),
                   ("Contact", f"<sip:{self.user}@{self.address}:{self.port}>"), *extra]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        call.invite = Message(f"INVITE {call.target} SIP/2.0", headers, body)
        self.calls[call.call_id] = call
        self.send(call.invite, self.server)
        threading.Thread(target=self._repeat_invite, args=(call,), daemon=True).start()
        return call

    def dial_as_user(self, number):
        """As a telephone of ours dials: the INVITE again with the answer to its challenge."""
        first = self.dial(number, caller=self.user)
        challenge = first.wait_status(401, 407)
        asked = challenge.all("WWW-Authenticate") + challenge.all("Proxy-Authenticate")
        proof = self._credentials(next(v for v in asked if "SHA-256" not in v), "INVITE",
                                  first.target, self.password)
        name = "Authorization" if challenge.status == 401 else "Proxy-Authorization"
        first.close()
        return self.dial(number, caller=self.user, extra=[(name, proof)])

    def _repeat_invite(self, call):
        """Timer A: the INVITE again until something comes back."""
        pause = 0.5
        while self._is_open and pause < 10:
            time.sleep(pause)
            if call.seen or not self._is_open:
                return
            self.send(call.invite, self.server)
            pause *= 2

    def wait_call(self, timeout=10.0):
        try:
            return self.incoming.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"{self.user} was not called within {timeout} s") from None

    def _run(self):
        while self._is_open:
            try:
                data, source = self.socket.recvfrom(65536)
            except socket.timeout:
                continue
            except OSError:
                return
            message = Message.parse(data)
            if message.get("Call-ID") and message.get("CSeq"):
                self._dispatch(message, source)

    def _dispatch(self, message, source):
        call = self.calls.get(message.get("Call-ID"))
        if message.is_response:
            if call is None:
                self.other.put(message)
            else:
                self._on_response(call, message)
            return
        if call is None:
            if not message.first.startswith("INVITE "):
                return
            call = Call(self, message.get("Call-ID"), False)
            call.invite = message
            call.remote_tag = tag_of(message.get("From"))
            call.local, call.remote = message.get("To"), message.get("From").split(";tag=")[0]
            call.target = address_in(message.get("Contact"))
            self.calls[call.call_id], self.source[call.call_id] = call, source
            call._take(message)
            (self.on_call or self.incoming.put)(call)
            return
        self.source.setdefault(call.call_id, source)
        repeated = not message.first.startswith("ACK ") and call.count(
            lambda m: m.first == message.first and m.get("CSeq") == message.get("CSeq")) > 0
        call._take(message)
        if message.first.startswith("BYE ") and call.answers_bye:
            call.respond(200, "OK", to_request=message)
            call.ended.set()
            call.close()
        elif message.first.startswith("CANCEL ") and call.answers_bye and not repeated:
            call.respond(200, "OK", to_request=message)
            if not call.answered.is_set():
                call.respond(487, "Request Terminated")
                call.ended.set()
        elif message.first.startswith("ACK "):
            call.answered.set()

    def _on_response(self, call, message):
        first_final = message.method == "INVITE" and message.status >= 200 and call.count(
            lambda m: m.is_response and m.method == "INVITE" and m.cseq == message.cseq and m.status >= 200) == 0
        if message.method == "INVITE" and message.cseq == 1:
            if message.status >= 200 and self.acknowledges:
                if message.status < 300:
                    call.remote_tag = tag_of(message.get("To"))
                    call.target = address_in(message.get("Contact"))
                    call.acknowledge(message)
                    if first_final:
                        if message.body and call.rtp:
                            call.rtp.connect(*media_of(message.body))
                        call.answered.set()
                else:
                    headers = [h for h in call.invite.headers if h[0] in ("Via", "From", "Call-ID", "Max-Forwards")]
                    headers += [("To", message.get("To")), ("CSeq", f"{message.cseq} ACK")]
                    self.send(Message(call.invite.first.replace("INVITE", "ACK", 1), headers), self.server)
                    call.ended.set()
        call._take(message)
