"""Listening by measurement: which tones are in a recording, and how loud (Goertzel's algorithm)."""

import functools
import math
import struct
import wave
from pathlib import Path

RATE = 8000


def tone(frequency, seconds, level_dbfs=-16.0):
    """Samples of a sine."""
    return tone_part(frequency, 0, int(RATE * seconds), level_dbfs)


def tone_part(frequency, start, count, level_dbfs=-16.0):
    """Samples [start, start + count) of an endless sine."""
    top = 32767 * math.sqrt(2) * 10 ** (level_dbfs / 20)
    step = 2 * math.pi * frequency / RATE
    return [round(top * math.sin(step * i)) for i in range(start, start + count)]


def speech(seconds, level_dbfs=-20.0):
    """Samples of something like a voice: a gliding pitch with its harmonics, in syllables."""
    samples, turns = [], 0.0
    for i in range(int(RATE * seconds)):
        pitch = 115 + 30 * math.sin(i / 3000)
        turns += pitch / RATE
        voice = sum(math.sin(2 * math.pi * k * turns + k * k) / (1 + abs(k * pitch - 550) / 200)
                    for k in range(1, 13))
        is_vowel = i % (RATE * 180 // 1000) < RATE * 120 // 1000
        samples.append(voice if is_vowel else voice / 16)
    loudness = math.sqrt(sum(s * s for s in samples) / max(len(samples), 1))
    scale = 32767 * 10 ** (level_dbfs / 20) / max(loudness, 1e-9)
    return [max(-32768, min(32767, round(s * scale))) for s in samples]


def write_wav(path, samples):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def read_wav(path):
    """One list of samples for each channel."""
    with wave.open(str(path), "rb") as recording:
        assert recording.getframerate() == RATE, f"{path}: {recording.getframerate()} Hz"
        assert recording.getsampwidth() == 2, f"{path}: not 16 bit"
        count, channels = recording.getnframes(), recording.getnchannels()
        samples = struct.unpack(f"<{count * channels}h", recording.readframes(count))
    return [list(samples[channel::channels]) for channel in range(channels)]


@functools.lru_cache
def _window(length):
    """Hann's, so that a tone does not leak into its neighbours; its mean is 1."""
    return [1 - math.cos(2 * math.pi * i / length) for i in range(length)]


def level(samples, frequency):
    """Level of one frequency in dBFS (a full-scale sine is -3); silence is -200."""
    if not samples:
        return -200.0
    samples = [s * w for s, w in zip(samples, _window(len(samples)))]
    step = 2 * math.cos(2 * math.pi * frequency / RATE)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + step * last - before
    power = before * before + last * last - step * before * last
    amplitude = 2 * math.sqrt(max(power, 0.0)) / len(samples)
    return 20 * math.log10(amplitude / math.sqrt(2) / 32767) if amplitude > 1e-3 else -200.0


def stretches(samples, frequency, at_least=-28.0, frame=400):
    """Seconds (from, until) in which the frequency is there, in frames of 50 ms."""
    found = []
    for start in range(0, len(samples) - frame + 1, frame):
        if level(samples[start:start + frame], frequency) < at_least:
            continue
        begin, end = start / RATE, (start + frame) / RATE
        if found and begin - found[-1][1] < 0.12:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


def seconds_of(samples, frequency, at_least=-28.0):
    return sum(until - since for since, until in stretches(samples, frequency, at_least))
