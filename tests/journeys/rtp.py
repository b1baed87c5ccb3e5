"""An RTP endpoint for tests: sends a tone or silence every 20 ms, keeps what it hears."""

import audioop
import collections
import random
import socket
import struct
import threading
import time

import sound

FRAME = 160  # samples in 20 ms
EVENTS = "0123456789*#ABCD"


class Rtp:
    """One G.711 A-law stream (payload type 8) with RFC 4733 digits (type 101)."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.settimeout(0.2)
        self.address, self.port = self.socket.getsockname()
        self.remote = None
        self.heard = bytearray()      # 16 bit samples, one after another as they came
        self.heard_at = []            # (monotonic time, sample index) of each packet
        self.digits_heard = ""
        self.packets = 0
        self.is_sending = True
        self._frequency = None
        self._phase = 0
        self._to_play = collections.deque()  # frames
        self._to_press = []
        self._sequence = random.randrange(1 << 16)
        self._timestamp = random.randrange(1 << 31)
        self._ssrc = random.randrange(1 << 32)
        self._is_open = True
        self._lock = threading.Lock()
        self._last_event = None
        self._threads = [threading.Thread(target=self._receive, daemon=True),
                         threading.Thread(target=self._send, daemon=True)]
        for thread in self._threads:
            thread.start()

    def connect(self, address, port):
        self.remote = (address, port)

    def say(self, frequency):
        """From now on this tone (Hz), or silence for None."""
        self._frequency = frequency

    def play(self, samples):
        """These samples once, then what say() said."""
        for start in range(0, len(samples) - FRAME + 1, FRAME):
            self._to_play.append(samples[start:start + FRAME])

    def is_playing(self):
        return bool(self._to_play)

    def press(self, digits, length=0.12, pause=0.12):
        """Presses keys one after another; returns when they were sent."""
        done = threading.Event()
        with self._lock:
            for digit in digits:
                self._to_press.append((EVENTS.index(digit), length, pause))
            self._to_press.append(done)
        assert done.wait(30), "the keys could not be sent"

    def samples(self, since=0):
        data = bytes(self.heard)
        return list(struct.unpack(f"<{len(data) // 2}h", data))[since:]

    def mark(self):
        """Where we are now; give it to samples() to hear only what comes after."""
        return len(self.heard) // 2

    def close(self):
        self._is_open = False
        with self._lock:  # nobody waits for keys that no one will hear
            for waiting in self._to_press:
                if isinstance(waiting, threading.Event):
                    waiting.set()
            self._to_press.clear()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()
        self.socket.close()

    def _receive(self):
        while self._is_open:
            try:
                packet, _ = self.socket.recvfrom(2048)
            except socket.timeout:
                continue
            except OSError:
                return
            if len(packet) < 12 or packet[0] >> 6 != 2:
                continue
            kind, payload = packet[1] & 0x7F, packet[12:]
            if kind == 8:
                self.packets += 1
                self.heard_at.append((time.monotonic(), len(self.heard) // 2))
                self.heard += audioop.alaw2lin(payload, 2)
            elif kind == 101 and len(payload) >= 4:
                stamp = struct.unpack(">I", packet[4:8])[0]
                if payload[1] & 0x80 and stamp != self._last_event:
                    self._last_event = stamp
                    self.digits_heard += EVENTS[payload[0]]

    def _packet(self, kind, payload, timestamp, marker=False):
        self._sequence = (self._sequence + 1) & 0xFFFF
        header = struct.pack(">BBHII", 0x80, kind | (0x80 if marker else 0), self._sequence,
                             timestamp & 0xFFFFFFFF, self._ssrc)
        if self.remote and self.is_sending:
            try:
                self.socket.sendto(header + payload, self.remote)
            except OSError:
                pass  # the other side has gone: as with a real phone, nobody is told

    def _frame(self):
        if self._to_play:
            return audioop.lin2alaw(struct.pack(f"<{FRAME}h", *self._to_play.popleft()), 2)
        if self._frequency is None:
            return bytes(audioop.lin2alaw(b"\0" * 2 * FRAME, 2))
        tone = sound.tone_part(self._frequency, self._phase, FRAME)
        self._phase += FRAME
        return audioop.lin2alaw(struct.pack(f"<{FRAME}h", *tone), 2)

    def _event_packets(self, event, length, pause):
        """Frames of one key press: (payload type, payload, timestamp offset), one every 20 ms."""
        count = max(2, round(length / 0.02))
        for number in range(1, count + 1):
            yield bytes([event, 0x0A]) + struct.pack(">H", FRAME * number), number == 1
        for _ in range(3):
            yield bytes([event, 0x8A]) + struct.pack(">H", FRAME * count), False
        for _ in range(round(pause / 0.02)):
            yield None, False

    def _send(self):
        pressing, event_start = None, 0
        next_at = time.monotonic()
        while self._is_open:
            if pressing is None:
                with self._lock:
                    if self._to_press:
                        head = self._to_press.pop(0)
                        if isinstance(head, threading.Event):
                            head.set()
                        else:
                            pressing, event_start = self._event_packets(*head), self._timestamp
            payload = marker = None
            if pressing is not None:
                payload, marker = next(pressing, ("end", False))
                if payload == "end":
                    pressing = payload = None
            if payload is not None:
                self._packet(101, payload, event_start, marker)
            else:
                self._packet(8, self._frame(), self._timestamp)
            self._timestamp = (self._timestamp + FRAME) & 0xFFFFFFFF
            next_at += 0.02
            pause = next_at - time.monotonic()
            if pause > 0:
                time.sleep(pause)
