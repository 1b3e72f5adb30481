"""The endings of Belarusian, by the official orthography of 2008; read by `belarusian.py`.

Built on the grammar's paradigms (noun, adjective, verb), not on a word list.
"""

_each = str.split

# Nouns, adjectives, pronouns, numerals. Longest match wins.
NOMINAL = frozenset(
    _each(
        # noun: singular, then plural
        "а я о ё е э ы і у ю ом ам ем ём эм ой ай ей эй ёй яй ою аю ею эю ёю яю "
        "ам ям ах ях ох ёх амі ямі мі аў яў оў ёў еў эў яў ью 'ю "
        # adjective: hard, soft and after г, к, х
        "ая яя ае яе ое ыя ія ый ага яга ога аго яго ого аму яму ому аму ым ім ую юю ых іх ымі імі "
        "ыма іма ух "
        # nouns in -ія and -ыя, which look like adjectives in two of their forms
        "іі ію іяй іяю іям іямі іях ій ыі ыю ыяй ыяю ыям ыямі ыях "
        # young ones: ягня, ягняці, ягняты
        "яці яцем яты ят ятам ятамі ятах"
    )
)
# Endings of adjectives that may as well be the last vowel of a noun: дарога, праграму, трамвая.
NOUN_INSIDE = frozenset(_each("ага ога яга аму ому яму ая яя аю яю ою ею эю"))
# Endings after which a stem-final consonant has changed, and what it was before:
# к -> ц (рука, руцэ; навука, навуцы), г -> з (нага, назе), х -> с (страха, страсе).
SOFTENING = {
    "ц": ("к", frozenset("эы")),
    "з": ("г", frozenset("е")),
    "с": ("х", frozenset("е")),
}
# What a comparative or superlative adds between stem and ending, and what remains of adverbs.
DEGREES = ("ейш", "эйш", "айш")

_THEMES = _each("а я е э і ы у ю о ё ава ява ова ёва ая ея эя уя юя яя аі оі еі эі")
_PRESENT_THEMES = _each("а я е э у ю ы і о")
_INFINITIVE_AND_PAST = _each("ць ў ла ло лі ўшы")
_PRESENT = _each("ю еш е ець ем еце юць й йце ючы")
_PRESENT_HARD = _each(
    "у ю еш эш аш ыш іш е э а ыць іць ець эць ем эм ам ым ім ём ом еце эце аце ыце іце яце яцё "
    "ацё уць юць аць яць і ы ь ьце це учы ючы ачы ячы"
)
_AFTER_VOWEL = _each("іш іць ім іце яць")
_CONSONANT_STEM = _each("ць ў ла ло лі ўшы шы ці")
_PARTICIPLE = _each(
    "ты та тае тая тыя тага таму тым тую тых тымі тай "
    "ны на нае ная ныя нага наму ным ную ных нымі най "
    "нне ння нню ннем нні нняў ннях цце цця ццю ццем"
)

# What is cut from a verb, with what is put back.
VERBAL: dict[str, str] = (
    dict.fromkeys(_CONSONANT_STEM, "")
    | dict.fromkeys(_PRESENT_HARD, "")
    | dict.fromkeys((theme + end for theme in _PRESENT_THEMES for end in _PRESENT), "")
    | dict.fromkeys((theme + end for theme in _THEMES for end in _INFINITIVE_AND_PAST), "")
    | dict.fromkeys((theme + end for theme in "аоэе" for end in _AFTER_VOWEL), "")
    # і of the stem before an apostrophe: забіць, заб'ю; ліць, лью
    | dict.fromkeys(("'" + end for end in ("ю", "еш", "е", "ем", "еце", "юць", "ючы")), "")
    # -сці and -чы hide the stem's own consonant: весці, вяду; пячы, пяку; магчы, магу
    | {"сці": "с", "чы": "к", "гчы": "г"}
    # ісці and what is made of it: пайсці, пайду, пайшоў
    | {"йсці": "йд", "йшоў": "йд", "йшла": "йд", "йшло": "йд", "йшлі": "йд", "йшоўшы": "йд"}
    # ехаць, еду; стаць, стану; пачаць, пачну
    | {"ехаць": "ед", "ехаў": "ед", "ехала": "ед", "ехалі": "ед", "ехаўшы": "ед"}
    | {f"стан{end}": "ст" for end in _each("у еш е ець ем еце уць ь ьце")}
    | {f"чн{end}": "ч" for end in _each("у еш е ець ем еце уць і іце")}
    # даць: дам, дасі, дасць, дадзім
    | {f"да{end}": "д" for end in _each("м сі сць дзім сце дуць дзімо")}
)
# Second readings, where an ending can be cut in two ways. Some -ава- belong to the stem
# (надзяваць, надзяваю), some go in the present (рабаваць, рабую); before -сці and in the past a
# stem's д or т is hidden (упасці, упаў, упаду; расці, расту).
VERBAL_SECOND: dict[str, tuple[str, ...]] = (
    {f"{v}ва{end}": (f"{v}в",) for v in "аяоёуюіы" for end in _INFINITIVE_AND_PAST}
    | {"сці": ("д", "ст"), "чы": ("к",)}
    | {f"{stop}{end}": (f"{stop}д",) for stop in ("па", "кра", "кла") for end in _each("ў ла лі")}
)
# Participles and names of actions: напісаны, напісанне.
PARTICIPLE = frozenset(theme + end for theme in _THEMES for end in _PARTICIPLE)

REFLEXIVE = (
    ("цца", "ць"),
    ("чыся", "чы"),
    ("шыся", "шы"),
    ("йся", "й"),
    ("ўся", "ў"),
    ("ся", ""),
)

# Consonants that take turns at the end of a verb's stem, as one of them: пісаць, пішу; казаць,
# кажу; плаціць, плачу; хадзіць, хаджу; пячы, пяку. Longest first.
VERBAL_FINALS = (
    ("шч", "ст"), ("сц", "ст"), ("ск", "ст"), ("здж", "зд"),
    ("дж", "д"), ("дз", "д"),
    ("бл", "б"), ("пл", "п"), ("вл", "в"), ("мл", "м"), ("фл", "ф"),
    ("ш", "с"), ("х", "с"), ("ж", "з"), ("г", "з"), ("ч", "т"), ("ц", "т"), ("к", "т"),
)  # fmt: skip
# A vowel that comes and goes inside a verb's root: браць, бяру; памерці, памру.
VERBAL_ROOTS = (
    ("бер", "бр"), ("дер", "др"), ("мер", "мр"), ("пер", "пр"), ("жар", "жр"),
    ("заб", "зб"), ("даб", "дб"), ("зал", "зл"), ("дал", "дл"), ("ган", "гн"), ("зав", "зв"),
    ("шл", "сл"), ("нім", "н"), ("падым", "падн"),
)  # fmt: skip

# What is cut from the end of a noun's stem: грамадзянін, грамадзяне.
DWELLERS = ("енін", "анін")
# What some forms put before a word: акно, вокны; лёд, ільды.
PROTHETIC = {"во": "о", "іл": "л", "ір": "р", "ім": "м"}

# Words whose forms share no stem, or one too short to cut: the form that stands for all of them.
_NOUNS_AND_ADJECTIVES = {
    "чалавек": "людзі людзей людзям людзьмі людзях",
    "год": "гадоў лет",
    "дзіця": "дзіцяці дзіцем дзецьмі дзеці дзяцей дзецям дзецях",
    "кроў": "крыві крывёй крывёю",
    "вока": "вочы вачэй вачам вачыма вачах",
    "вуха": "вушы вушэй вушам вушамі вушах",
    "маці": "маткі матцы матку маткай матак маткам маткамі матках",
    "сябар": "сябры сяброў сябрам сябрамі сябрах сябра сябру",
    "імя": "імені імем імёны імён імёнаў імёнам імёнамі імёнах",
    "вялікі": "большы большая большае большыя большага большай большых найбольшы",
    "добры": "лепшы лепшая лепшае лепшыя лепшага лепшай лепшых найлепшы лепш лепей",
}
_VERBS = {
    "ісці": "іду ідзеш ідзе ідзём ідзяце ідуць ішоў ішла ішло ішлі ідзі ідзіце ідучы",
    "есці": "ем ясі есць ядзім ясцё ядуць еў ела ело елі еш ешце еж ежце",
    "даць": "дам дасі дасць дадзім дасце дадуць даў дала дало далі дай дайце",
    "быць": "ёсць буду будзеш будзе будзем будзеце будуць быў была было былі будзь будзьце",
    "мець": "маю маеш мае маем маеце маюць меў мела мелі май майце маючы",
    "стаць": "стану станеш стане станем станеце стануць стаў стала стала сталі стань станьце",
    "жыць": "жыву жывеш жыве жывём жывем жывяце жывуць жыў жыла жыло жылі жыві жывіце жывучы",
    "піць": "п'ю п'еш п'е п'ём п'яце п'юць піў піла піло пілі пі піце",
    "біць": "б'ю б'еш б'е б'ём б'яце б'юць біў біла біло білі бі біце",
    "ліць": "лью льеш лье льём льяце льюць ліў ліла лілі лі ліце",
    "узяць": "вазьму возьмеш возьме возьмем возьмеце возьмуць узяў узяла узялі вазьмі вазьміце",
    "прыняць": "прыму прымеш прыме прымем прымеце прымуць прыняў прыняла прынялі прымі прыміце",
    "красці": "краў крала кралі краду крадзе крадуць",
    "класці": "клаў клала клалі кладу кладзе кладуць",
    "упасці": "упаў упала упалі упаду ўпаў ўпала ўпалі",
    "магчы": "мог",
    "несці": "нёс",
    "везці": "вёз",
    "весці": "вёў вяла вяло вялі",
    "пячы": "пёк",
    "расці": "рос",
    "хацець": "хачу хочаш хоча хочам хочаце хочуць хацеў хацела хацелі",
}
_PREFIXES = (
    "",
    "вы",
    "да",
    "дапа",
    "за",
    "на",
    "па",
    "пера",
    "пра",
    "пры",
    "ад",
    "з",
    "з'",
    "пад",
    "раз",
)


def _forms(words: dict[str, str], prefixes: tuple[str, ...]) -> dict[str, str]:
    """Form -> what stands for it, with each prefix; folded, as are the words looked up in it."""
    return {
        (prefix + form).replace("ё", "е"): (prefix + stands).replace("ё", "е")
        for stands, forms in words.items()
        for form in forms.split()
        for prefix in prefixes
    }


SUPPLETIVE = _forms(_VERBS, _PREFIXES) | _forms(_NOUNS_AND_ADJECTIVES, ("",))
