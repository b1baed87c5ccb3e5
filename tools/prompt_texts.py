"""Which sound files the centre needs, from prompts/*.toml and the rows of config/; used by
render_prompts and check_prompts. Says also how a text is cut at its placeholders:

  a prompt without placeholders is one file, <id>;
  any other is cut at them into <id>.1, <id>.2 ...; a stretch of nothing but blanks and punctuation
  is no file and takes no number; punctuation at the ends of a stretch goes, but not its ? or !.

{ministry} is no such placeholder: the name comes from config/centre.toml before the cut.
"""

import dataclasses
import pathlib
import re
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "en")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
EDGE = " \t\n.,:;،؛…"
VOWEL_MARKS = re.compile("[\u064b-\u0652\u0670]")


@dataclasses.dataclass(frozen=True)
class Sound:
    """One file to be: <language>/<id>.wav. `speech` is empty for a pause."""
    language: str
    id: str
    speech: str
    is_piece: bool  # a part of a sentence: close to its neighbours


@dataclasses.dataclass
class Script:
    """What the centre needs of one language."""
    sounds: list
    index: list  # lines "<prompt> <part> <part> ..." of the prompts that were cut


def read_toml(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def without_vowels(text):
    return VOWEL_MARKS.sub("", text)


def read_config(folder):
    """Every table of config/*.toml by name, rows of all files together."""
    tables = {}
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        if path.name.startswith("prompts."):
            continue
        for key, value in read_toml(path).items():
            if isinstance(value, list):
                tables.setdefault(key, []).extend(value)
            else:
                tables[key] = value
    return tables


def spell(text, spellings):
    return spellings.get(text, text)


def name_prompts(config, language, spellings):
    """UNIT-<id> and HOL-<id>: names that are rows of the configuration."""
    prompts = {}
    for unit in config.get("unit", []):
        title = unit.get("title", {}).get(language, unit["id"])
        prompts[unit.get("spoken", "UNIT-" + unit["id"])] = {
            "display": title, "speech": spell(title, spellings)}
    for kind in ("holiday", "closure"):
        for row in config.get(kind, []):
            name = row.get("name", {}).get(language, row["id"])
            if language == "en":
                name = name.removeprefix("the ")  # "for the {holiday} holiday"
            prompts["HOL-" + row["id"]] = {"display": name, "speech": spell(name, spellings)}
    return prompts


def read_prompts(language, prompts_folder, config_folder):
    """All prompts of a language, id -> {display, speech}; config/prompts.<language>.toml wins over
    the names of rows, those over prompts/<language>.toml."""
    prompts = read_toml(pathlib.Path(prompts_folder) / f"{language}.toml")
    spellings = prompts.pop("spellings", {})
    config = read_config(config_folder)
    own_file = pathlib.Path(config_folder) / f"prompts.{language}.toml"
    own = read_toml(own_file) if own_file.exists() else {}
    spellings.update(own.pop("spellings", {}))
    ready_made = dict(prompts)
    prompts.update(name_prompts(config, language, spellings))
    prompts.update({id: row for id, row in ready_made.items() if id.startswith(("UNIT-", "HOL-"))})
    prompts.update(own)

    ministry = config.get("ministry", {}).get(language, "")
    filled = {}
    for id, row in prompts.items():
        display = row["display"]
        speech = row.get("speech", display)
        filled[id] = {
            "display": display.replace("{ministry}", ministry),
            "speech": speech.replace("{ministry}", spell(ministry, spellings)),
        }
    return filled


def cut(id, speech):
    """(sounds as (id, text), index line or None) of one prompt."""
    parts = PLACEHOLDER.split(speech)
    if len(parts) == 1:
        return [(id, speech)], None
    sounds = []
    line = [id]
    for place, part in enumerate(parts):
        if place % 2 == 1:
            line.append("{" + part + "}")
            continue
        text = part.lstrip(EDGE + "?!؟").rstrip(EDGE)
        if text:
            name = f"{id}.{len(sounds) + 1}"
            sounds.append((name, text))
            line.append(name)
    return sounds, " ".join(line)


def script_of(language, prompts_folder=ROOT / "prompts", config_folder=ROOT / "config"):
    sounds = []
    index = []
    for id, row in read_prompts(language, prompts_folder, config_folder).items():
        pieces, line = cut(id, row["speech"])
        is_name = id.startswith(("UNIT-", "HOL-", "STA-"))
        for piece_id, text in pieces:
            sounds.append(Sound(language, piece_id, text, line is not None or is_name))
        if line:
            index.append(line)
    values = read_toml(pathlib.Path(prompts_folder) / f"pieces.{language}.toml")
    for id, row in values.items():
        sounds.append(Sound(language, id, row["speech"], True))
    return Script(sounds, index)
