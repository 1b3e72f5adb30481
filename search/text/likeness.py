"""How many slips lie between two words: a letter too many, too few, another, or two swapped."""


def letters_of(word: str) -> int:
    """The letters of a word as bits, so that words of few common letters are told at once."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def count_slips(one: str, other: str, most: int) -> int | None:
    """The fewest slips that make one word of the other; None for more than `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        this = [row]
        for column, theirs in enumerate(other, start=1):
            least = min(
                last[column] + 1, this[column - 1] + 1, last[column - 1] + (letter != theirs)
            )
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == theirs:
                least = min(least, before_last[column - 2] + 1)
            this.append(least)
        if min(this) > most:
            return None
        before_last, last = last, this
    return last[-1] if last[-1] <= most else None
