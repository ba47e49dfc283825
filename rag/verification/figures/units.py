"""Number words, magnitudes, units, and words before a figure that bound it."""

NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "dozen": 12,
}  # fmt: skip
ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "b": 1e9,
}  # fmt: skip
VAGUE_MAGNITUDES = {
    "dozens": 12, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6,
    "billions": 1e9, "trillions": 1e12,
}  # fmt: skip
FRACTIONS = {
    "half": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3, "fifth": 0.2,
    "fifths": 0.2, "tenth": 0.1, "tenths": 0.1,
}  # fmt: skip
TIMES = {"twice": 2, "thrice": 3}
MULTIPLES = {
    word: factor
    for words, factor in (
        ("double doubles doubled doubling twofold", 2),
        ("triple triples tripled tripling treble trebles trebled trebling threefold", 3),
        ("quadruple quadruples quadrupled quadrupling fourfold", 4),
        ("fivefold", 5), ("tenfold", 10), ("halve halves halved halving", 0.5),
    )
    for word in words.split()
}  # fmt: skip
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs "
    "fri sat sun".split()
)
CURRENCIES = {
    "$": "dollar", "us$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₽": "ruble",
    "₹": "rupee", "dollar": "dollar", "dollars": "dollar", "pound": "pound", "pounds": "pound",
    "euro": "euro", "euros": "euro", "yen": "yen", "yuan": "yuan", "ruble": "ruble",
    "rubles": "ruble", "roubles": "ruble", "rouble": "ruble", "rupee": "rupee", "rupees": "rupee",
    "cents": "cent", "cent": "cent", "pence": "pence", "p": "pence", "sterling": "pound",
    "franc": "franc", "francs": "franc", "krona": "krona", "kronor": "krona", "peso": "peso",
    "pesos": "peso", "won": "won", "rand": "rand", "real": "real", "lira": "lira",
}  # fmt: skip
UNITS = {
    word: group.split()[0]
    for group in (
        "percent per_cent %|point points|second seconds sec secs|minute minutes min mins|"
        "hour hours hr hrs|day days|week weeks|month months|year years yr yrs|decade decades|"
        "century centuries|fortnight fortnights|metre metres meter meters|"
        "kilometre kilometres kilometer kilometers km kms|mile miles|foot feet ft|inch inches|"
        "yard yards|centimetre centimetres cm|millimetre millimetres mm|"
        "tonne tonnes ton tons|kilogram kilograms kilo kilos kg|gram grams|stone|litre litres|"
        "gallon gallons|barrel barrels|hectare hectares|acre acres|degree degrees|watt watts|"
        "megawatt megawatts mw|gigabyte gigabytes gb|megabyte megabytes mb|mph|kph|hertz|"
        "knot knots|goal goals|vote votes|seat seats|run runs|wicket wickets|try tries"
    ).split("|")
    for word in group.split()
}
CONVERSIONS = {
    "year": (12.0, "month"), "week": (7.0, "day"), "hour": (60.0, "minute"),
    "kilometre": (1000.0, "metre"), "centimetre": (0.01, "metre"), "millimetre": (0.001, "metre"),
    "kilogram": (1000.0, "gram"), "tonne": (1e6, "gram"), "pence": (0.01, "pound"),
    "cent": (0.01, "dollar"), "fortnight": (14.0, "day"), "decade": (120.0, "month"),
    "century": (1200.0, "month"), "gigabyte": (1000.0, "megabyte"),
}  # fmt: skip
"""Units that are a multiple of another one."""
DURATIONS = frozenset("second minute hour day week month year decade century fortnight".split())

AT_LEAST = (
    "more than", "over", "above", "at least", "no fewer than", "no less than", "not less than",
    "older than", "exceeding", "upwards of", "a minimum of", "in excess of", "greater than",
    "higher than",
    "passed", "passing", "beyond", "exceeds", "exceeded", "topped", "topping", "surpassed",
    "surpassing", "plus",
)  # fmt: skip
AT_MOST = (
    "less than", "fewer than", "under", "below", "younger than", "up to", "at most", "as long as",
    "as high as", "no more than",
    "not more than", "as many as", "as much as", "a maximum of", "just under", "short of",
    "lower than", "near", "near an", "near an estimated", "almost", "nearly", "close to",
    "not quite", "approaching", "just short of",
)  # fmt: skip
ABOUT = (
    "about", "around", "roughly", "approximately", "some", "an estimated", "estimated", "circa",
    "close to", "in the region of", "nearly", "almost", "just over", "just under", "or so",
    "approaching", "an average of", "virtually", "near", "near an",
)  # fmt: skip
