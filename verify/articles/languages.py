"""The languages that an article may be said to be in, by code and English name."""

UNKNOWN = "und"

_CODES_AND_NAMES = """
am Amharic; an Aragonese; ar Arabic; as Assamese; az Azerbaijani; be Belarusian; bg Bulgarian; bn Bengali;
br Breton; bs Bosnian; ca Catalan; cs Czech; cy Welsh; da Danish; de German; dz Dzongkha; el Greek; en English;
eo Esperanto; es Spanish; et Estonian; eu Basque; fa Persian (Dari, Farsi); fi Finnish; fo Faroese; fr French;
ga Irish; gl Galician; gu Gujarati; he Hebrew; hi Hindi; hr Croatian; ht Haitian Creole; hu Hungarian; hy Armenian;
id Indonesian; is Icelandic; it Italian; ja Japanese; jv Javanese; ka Georgian; kk Kazakh; km Khmer; kn Kannada;
ko Korean; ku Kurdish; ky Kyrgyz; la Latin; lb Luxembourgish; lo Lao; lt Lithuanian; lv Latvian; mg Malagasy;
mk Macedonian; ml Malayalam; mn Mongolian; mr Marathi; ms Malay; mt Maltese; nb Norwegian Bokmål; ne Nepali;
nl Dutch; nn Norwegian Nynorsk; no Norwegian; oc Occitan; or Odia; pa Punjabi; pl Polish; ps Pashto; pt Portuguese;
qu Quechua; ro Romanian; ru Russian; rw Kinyarwanda; se Northern Sami; si Sinhala; sk Slovak; sl Slovenian;
so Somali; sq Albanian; sr Serbian; sv Swedish; sw Swahili; ta Tamil; te Telugu; tg Tajik; th Thai; tk Turkmen;
tl Tagalog; tr Turkish; ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; vi Vietnamese; vo Volapük; wa Walloon;
tt Tatar; gd Scottish Gaelic; fy Frisian; af Afrikaans; my Burmese; ha Hausa; ig Igbo; ln Lingala; om Oromo;
sn Shona; st Sesotho; yue Cantonese; xh Xhosa; yo Yoruba; zh Chinese; zu Zulu
"""


def _table() -> dict[str, str]:
    pairs = (pair.split(maxsplit=1) for pair in _CODES_AND_NAMES.split(";"))
    return dict(sorted(((code, name.strip()) for code, name in pairs), key=lambda pair: pair[1]))


LANGUAGES = _table()


def language_name(code: str) -> str:
    """Return the English name of a language, or say that it is not known."""
    return LANGUAGES.get(code, "Language not known")
