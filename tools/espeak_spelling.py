"""The same Arabic words in the spelling that espeak-ng 1.51 reads rightly, each found with --ipa.
The texts in prompts/ stay Arabic as it should be; what a speech program cannot read is settled here."""

import re

LETTER = "[\u0621-\u064a]"
VOWEL = "[\u064b-\u0650]"
SHORT = "[\u064e-\u0650]"
MARK = "[\u064b-\u0652]"
FATHA, KASRA, SHADDA, SUKUN = "\u064e", "\u0650", "\u0651", "\u0652"
SUN = "[تثدذرزسشصضطظلن]"
BEGINNING = f"(?<!{LETTER})(?<!{MARK})"


def espeak_arabic(text):
    # A vowel written before the doubling mark is lost; the doubling comes first.
    text = re.sub(f"({VOWEL}){SHADDA}", rf"{SHADDA}\1", text)
    # The dagger alef is not known.
    text = re.sub(f"{FATHA}?\u0670", f"{FATHA}ا", text)
    # After a bare article it doubles a sun letter by itself. Behind a prefix it does not, and what
    # is not spoken must not be written: وَالنِّصْف, لِلشَّكاوى.
    text = re.sub(f"{BEGINNING}(ال{SUN}){SHADDA}", r"\1", text)
    text = re.sub(f"{BEGINNING}([وفبك]{VOWEL})ال({SUN}{SHADDA})", r"\1\2", text)
    text = re.sub(f"{BEGINNING}((?:و{VOWEL})?ل{VOWEL})ل({SUN}{SHADDA})", r"\1\2", text)
    # The joining alef is silent behind a vowel and an i at the beginning of speech: اضْغَطوا.
    joining = f"ا(?=[^ل\\W][{SUKUN}{SHADDA}])"
    text = re.sub(f"{BEGINNING}([وفبكل]{VOWEL}){joining}", r"\1", text)
    text = re.sub(f"({SHORT} ){joining}", r"\1", text)
    text = re.sub(f"{BEGINNING}{joining}", f"ا{KASRA}", text)
    # A doubling mark makes vowels of what follows it; two letters do not.
    text = re.sub(f"({LETTER}){SHADDA}(?={VOWEL}|{LETTER})", rf"\1{SUKUN}\1", text)
    text = text.replace(SHADDA, "")
    # In pause the ta of a feminine ending is an h; it reads a t wherever a word is vowelled.
    return re.sub(f"({MARK}{LETTER}*)ة(?!{MARK})", r"\1ه", text)
