"""The signs, codes and words of money, scales, small numbers and things counted."""

from __future__ import annotations

__all__ = [
    "COUNTED",
    "CURRENCY_WORDS",
    "SCALES",
    "SCALE_NAMES",
    "SIGNS",
    "SMALL_MONEY",
    "UNCOUNTED",
    "WORD_NUMBERS",
]

SIGNS = {
    "US$": "USD", "$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD",
    "S$": "SGD", "NT$": "TWD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW",
    "RS": "INR", "RS.": "INR", "RMB": "CNY", "CN¥": "CNY", "SFR": "CHF", "₽": "RUB", "₪": "ILS", "KR": "SEK",
}  # fmt: skip
CODES = (
    "USD EUR GBP JPY CNY HKD INR KRW TWD AUD CAD NZD SGD CHF SEK NOK DKK BRL MXN ZAR RUB TRY ILS PLN SAR AED"
)
SIGNS |= {code: code for code in CODES.split()}
CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "u.s. dollars": "USD", "us dollars": "USD", "usd": "USD", "euro": "EUR",
    "euros": "EUR", "eur": "EUR", "pound": "GBP", "pounds": "GBP", "pounds sterling": "GBP", "sterling": "GBP",
    "gbp": "GBP", "yen": "JPY", "jpy": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "cny": "CNY",
    "won": "KRW", "rupees": "INR", "rupee": "INR", "inr": "INR", "swiss francs": "CHF", "francs": "CHF",
    "chf": "CHF", "kronor": "SEK", "swedish crowns": "SEK", "norwegian crowns": "NOK", "danish crowns": "DKK",
    "danish kroner": "DKK", "norwegian kroner": "NOK", "swedish kronor": "SEK", "crowns": "", "kroner": "", "reais": "BRL", "pesos": "", "rand": "ZAR", "roubles": "RUB", "rubles": "RUB",
    "lira": "TRY", "shekels": "ILS", "canadian dollars": "CAD", "australian dollars": "AUD",
    "hong kong dollars": "HKD", "singapore dollars": "SGD", "taiwan dollars": "TWD", "zlotys": "PLN",
    "riyals": "SAR", "dirhams": "AED",
}  # fmt: skip
SMALL_MONEY = {"cents": "USD", "cent": "USD", "pence": "GBP", "paise": "INR"}
SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mln": 6, "mn": 6, "mm": 6, "m": 6, "billion": 9, "bln": 9,
    "bn": 9, "b": 9, "trillion": 12, "trn": 12, "tn": 12, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
    "lakh crore": 12, "lakh crores": 12,
}  # fmt: skip
SCALE_NAMES = {
    3: "thousand", 6: "million", 9: "billion", 12: "trillion", 5: "lakh", 7: "crore", 2: "hundred"
}  # fmt: skip
WORD_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "dozen": 12,
}  # fmt: skip
COUNTED = (
    "jobs|job cuts|positions|roles|posts|employees|workers|staff|people|redundancies|layoffs|vehicles|cars|pickup trucks|trucks|pickups|suvs|vans|minivans|sedans|motorcycles|"
    "units|users|subscribers|customers|members|accounts|households|stores|shops|outlets|restaurants|branches|"
    "locations|sites|dealers|hotels|rooms|barrels|barrels per day|barrels a day|bpd|tonnes|tons|ounces|bushels|"
    "aircraft|jets|jetliners|planes|airplanes|helicopters|orders|shares|ordinary shares|ads|adss|patients|deaths|"
    "injuries|countries|markets|megawatts|gigawatts|mw|gw|gwh|mwh|flights|passengers|homes|houses|rigs|contracts|"
    "deliveries|phones|handsets|smartphones|iphones|chips|gpus|wafers|beds|downloads|trips|bookings|drivers|"
    "boxes|cases|litres|gallons|pounds|contracts|lawsuits|plaintiffs|claims|wells|ships|vessels|containers|teu|pilots|subscriptions|visitors|students|"
    "pairs|bags|satellites|hours|records|dealerships|devices|servers|bitcoins?|btc|tokens|warehouses|plants|factories|routes|nurses|teachers"
)
# words that are no things counted, or no things of weight
UNCOUNTED = frozenset(
    "a an the and or but to of in on at by for from with as than that which who is are was were be been has have had will would could may might should can "
    "its their his her our this these those says does goes gets gains rises falls adds buys sells makes takes shows plus minus versus across towards "
    "besides less unless always perhaps years months weeks days hours minutes seconds quarters decades centuries points times cents degrees feet miles yards "
    "kilometers kilometres meters metres inches pixels stocks things reasons ways charts pages words steps tips percents basis each per if when while after "
    "before until since so not no more most further others series news business process access press loss gross us".split()
)
