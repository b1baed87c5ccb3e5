"""Music on hold and the tone before a message, computed: an original piece of sixteen bars, plucked
strings over soft chords, made so that its end runs into its beginning. Samples at 8 kHz."""

import math
import random

RATE = 8000
BEAT = 60 / 64  # seconds
BEATS_OF_BAR = 4
PEAK = 10 ** (-8 / 20) * 32767  # music waits behind speech

# Chords of the sixteen bars (D major, a walk through its neighbours) as MIDI notes.
D, BM, G, A, EM, FSM = ((50, 57, 62, 66), (47, 54, 59, 62), (43, 55, 59, 62), (45, 57, 61, 64),
                        (52, 55, 59, 64), (54, 57, 61, 66))
CHORDS = (D, BM, G, A, D, FSM, G, A, BM, FSM, G, D, EM, G, A, D)

# The melody: bar, beat, MIDI note. It breathes every fourth bar.
MELODY = (
    (0, 0, 74), (0, 1.5, 76), (0, 2, 78), (1, 0, 74), (1, 2, 71), (2, 0, 71), (2, 1.5, 74), (2, 2, 79),
    (3, 0, 76), (4, 0, 78), (4, 1.5, 79), (4, 2, 81), (5, 0, 78), (5, 2, 73), (6, 0, 74), (6, 1.5, 71),
    (6, 2, 74), (7, 0, 73), (8, 0, 78), (8, 2, 74), (9, 0, 73), (9, 1.5, 74), (9, 2, 69), (10, 0, 71),
    (10, 2, 74), (11, 0, 78), (12, 0, 79), (12, 1.5, 78), (12, 2, 76), (13, 0, 74), (13, 2, 71),
    (14, 0, 73), (14, 1.5, 71), (14, 2, 69), (15, 0, 74),
)


def frequency(note):
    return 440 * 2 ** ((note - 69) / 12)


def plucked(note, seconds, loudness, noise):
    """A string after Karplus and Strong: a burst of noise that its own echo smooths."""
    period = max(2, round(RATE / frequency(note)))
    string = [noise.uniform(-loudness, loudness) for _ in range(period)]
    for _ in range(2):  # a softer finger
        string = [(string[i] + string[i - 1]) / 2 for i in range(period)]
    samples = []
    place = 0
    for _ in range(int(seconds * RATE)):
        following = (place + 1) % period
        samples.append(string[place])
        string[place] = 0.4985 * (string[place] + string[following])
        place = following
    fade = RATE // 20
    for i in range(fade):
        samples[-1 - i] *= i / fade
    return samples


def pad(note, seconds, loudness):
    """A chord's soft body: a sine that comes and goes."""
    count = int(seconds * RATE)
    step = 2 * math.pi * frequency(note) / RATE
    return [loudness * math.sin(step * i) * math.sin(math.pi * i / count) for i in range(count)]


def add(loop, start, samples):
    for i, sample in enumerate(samples):
        loop[(start + i) % len(loop)] += sample


def music():
    noise = random.Random(1972)
    bar = BEAT * BEATS_OF_BAR
    loop = [0.0] * int(len(CHORDS) * bar * RATE)
    for number, chord in enumerate(CHORDS):
        start = int(number * bar * RATE)
        for note in chord[1:]:
            add(loop, start, pad(note, bar * 1.15, 0.05))
        for half_beat in range(8):
            note = chord[(0, 2, 1, 3, 2, 3, 1, 2)[half_beat]]
            add(loop, start + int(half_beat * BEAT / 2 * RATE), plucked(note, 1.4, 0.30, noise))
    for number, beat, note in MELODY:
        add(loop, int((number * bar + beat * BEAT) * RATE), plucked(note, 2.2, 0.55, noise))
    loudest = max(abs(sample) for sample in loop)
    return [round(sample / loudest * PEAK) for sample in loop]


def beep():
    """1000 Hz for 300 ms at -16 dBFS, its edges rounded so that it does not click."""
    count = RATE * 300 // 1000
    edge = RATE // 200
    level = 10 ** (-16 / 20) * math.sqrt(2) * 32767
    return [round(level * math.sin(2 * math.pi * 1000 * i / RATE)
                  * min(1, (i + 1) / edge, (count - i) / edge)) for i in range(count)]
