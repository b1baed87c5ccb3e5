#!/usr/bin/env python3
"""Stories of tools/render_prompts: only what changed is rendered, and a recorded prompt wins."""

import array
import importlib.machinery
import importlib.util
import math
import pathlib
import shutil
import sys
import tempfile
import unittest
import wave

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))


def program(name):
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "tools" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


renderer = program("render_prompts")


def write_tone(path, frequency, rate, channels):
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = [round(9000 * math.sin(2 * math.pi * frequency * i / rate)) for i in range(rate)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", [s for s in samples for _ in range(channels)]).tobytes())


def strength(samples, frequency):
    """Share of the sound's energy at this frequency."""
    angle = 2 * math.pi * frequency / 8000
    real = sum(s * math.cos(angle * i) for i, s in enumerate(samples))
    imaginary = sum(s * math.sin(angle * i) for i, s in enumerate(samples))
    return 2 * (real ** 2 + imaginary ** 2) / len(samples) / sum(s * s for s in samples)


class Rendering(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.config = self.folder / "config"
        self.config.mkdir()
        self.say_ministry("Ministry of Tests")
        self.out = self.folder / "out"

    def say_ministry(self, name):
        (self.config / "centre.toml").write_text(
            f'ministry = {{ ar = "وزارة", en = "{name}" }}\n[prompts]\nrecorded = "recorded"\n')

    def plan(self, manifest):
        jobs, wanted = renderer.plan(self.out, self.config, [self.config / "recorded"], manifest)
        return {name: (function, arguments) for name, _, function, arguments in jobs}, wanted

    def test_only_what_changed_is_rendered(self):
        jobs, wanted = self.plan({})
        self.assertEqual(set(jobs), set(wanted))
        for name in wanted:
            (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            (self.out / name).touch()
        self.assertEqual(self.plan(wanted)[0], {})

        (self.out / "en/BYE.wav").unlink()
        self.assertEqual(set(self.plan(wanted)[0]), {"en/BYE.wav"})
        (self.out / "en/BYE.wav").touch()

        self.say_ministry("Ministry of Works")
        self.assertEqual(set(self.plan(wanted)[0]), {"en/GRT-U.wav", "en/GRT-T.wav", "en/CB-OUT.1.wav"})

    def test_names_of_the_configuration_become_prompts(self):
        (self.config / "units.toml").write_text(
            '[[unit]]\nid = "archive"\ntitle = { ar = "الأرشيف", en = "Archive" }\n')
        (self.config / "calendar.toml").write_text(
            '[[holiday]]\nid = "new"\nname = { ar = "عيد", en = "the New Feast" }\n')
        _, wanted = self.plan({})
        for name in ("ar/UNIT-archive.wav", "en/UNIT-archive.wav", "ar/HOL-new.wav", "en/HOL-new.wav"):
            self.assertIn(name, wanted)

    def test_a_recording_wins_and_is_brought_to_telephone_form(self):
        _, before = self.plan({})
        write_tone(self.config / "recorded/en/BYE.wav", 600, 44100, 2)
        jobs, after = self.plan(before)
        self.assertEqual({name for name in after if after[name] != before[name]}, {"en/BYE.wav"})
        function, arguments = jobs["en/BYE.wav"]
        function(*arguments)
        with wave.open(str(self.out / "en/BYE.wav"), "rb") as file:
            self.assertEqual((file.getframerate(), file.getnchannels(), file.getsampwidth()), (8000, 1, 2))
            samples = array.array("h", file.readframes(file.getnframes()))
        self.assertGreater(strength(samples[1000:7000], 600), 0.9)

    def test_the_index_says_how_a_cut_prompt_goes_together(self):
        self.plan({})
        lines = (self.out / "en/index").read_text().splitlines()
        self.assertIn("CLS-MSG CLS-MSG.1 {date} CLS-MSG.2 {time}", lines)
        self.assertIn("CLS-HOL CLS-HOL.1 {holiday} CLS-HOL.2", lines)
        self.assertFalse([line for line in lines if line.startswith("BYE")])


if __name__ == "__main__":
    unittest.main()
