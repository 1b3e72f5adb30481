"""Words that say nothing about what a text is about: pronouns, prepositions, particles.

Kept small on purpose: a word missing here costs a little time, one too many cannot be found.
"""

_BELARUSIAN = """
а або але без бо бы быў была былі было быць вам вас ваш вы да дзе для до ды ж за з зноў і із каб
калі каля ко ледзь мне мы мяне на над нам нас наш не ні о ён яго яму яна яны яе іх ім ў у па пад
паміж перад праз пра пры с са свой сабе сябе так таксама там тады то той тое таго тому толькі ты
тут хай хоць хто ці цяпер чым чаго што шта як які якая якое якія яка яшчэ гэта гэты гэтая гэтыя
гэтага ўжо ужо ўсё усё усе ўсе ад аб адзін вельмі
"""
_RUSSIAN = """
а без более бы был была были было быть в вам вас ваш весь во вот все всего вы где да даже для до
его ее если есть еще же за здесь и из или им их к как когда кто ли либо мне мы на над нам нас
наш не него нее нет ни них но о об обо он она они оно от очень по под при про с свой себя со так
также там те то того тоже той только том ты у уже хотя чего чем что чтобы эта эти это этого этой
этот этом я который которая которые
"""
_UKRAINIAN = """
а або але без би був була були було бути в вам вас ваш весь ви від він вона вони воно де для до
ж з за зі і із й його йому її їх їм коли ким ми мене мені на над нам нас наш не неї ні ну о
об от по під після при про с свій себе так також там те тим то того той тому тут ти у уже вже
хто це цей ця ці цього чи чого чим що щоб як яка який які яке я та усе усі все всі дуже
"""
_POLISH = """
a aby albo ale bez bo by był była było były być czy co dla do gdy gdzie go i ich im iż ja jak
jako je jej jego jest już jeśli każdy która które którego której który lub ma mi my na nad nam
nas nasz nie nią nich nim o od on ona one oni oraz po pod przed przez przy się są swój ta tak
także tam te tego tej ten to też tu tym u w wam was we wy z za ze że
"""
_LITHUANIAN = """
ar arba bei bet būti buvo ir iš į yra jau jei jis ji jie jos jo jų kad kai kaip kas kur kuri
kuris kurie lyg man mes mūsų ne nes net nei nuo o per po prie prieš pro savo su tai taip tas ta
tie tos to tik toks tu už vis aš apie bus dėl ant be tarp
"""
_ENGLISH = """
a about after all also am an and any are as at be been being but by can could did do does for
from had has have he her here him his how i if in into is it its me more most my no nor not of
on or our out over she so some such than that the their them then there these they this those to
too under up us very was we were what when where which while who whom why will with would you
your
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "be": frozenset(_BELARUSIAN.split()),
    "ru": frozenset(_RUSSIAN.split()),
    "uk": frozenset(_UKRAINIAN.split()),
    "pl": frozenset(_POLISH.split()),
    "lt": frozenset(_LITHUANIAN.split()),
    "en": frozenset(_ENGLISH.split()),
}
