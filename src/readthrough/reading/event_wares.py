"""What firms sell, and what firms do besides: the heads of noun phrases by which a launch is told from other news."""

from __future__ import annotations

from typing import Final

__all__ = ["BUSINESS", "WARE"]

WARE: Final = (
    r"(?:features?|apps?|modes?|tools?|phones?|smartphones?|handsets?|smartwatch(?:es)?|watch(?:es)?|tablets?|laptops?|"
    r"notebooks?|speakers?|soundbars?|headphones|earbuds|buds|headsets?|glasses|cameras?|consoles?|games?|computers?|pcs?|desktops?|"
    r"controllers?|chips?|processors?|cars?|evs?|suvs?|trucks?|pickups?|vans?|sedans?|crossovers?|hatchbacks?|motorcycles?|scooters?|bikes?|models?|"
    r"trims?|robots?|vehicles?|"
    r"robotaxis?|drones?|assistants?|chatbots?|agents?|services?|subscriptions?|memberships?|plans?|tiers?|cards?|"
    r"wallets?|accounts?|payments?|checkout|shopping|delivery|pickup|streaming|channels?|shows?|series|films?|"
    r"podcasts?|playlists?|audio|video|stories|stickers|emojis?|buttons?|feeds?|filters?|notifications|widgets?|"
    r"updates?|upgrades?|versions?|software|operating systems?|browser|search|maps|platforms?|marketplaces?|stores?|"
    r"kits?|devices?|products?|line-?ups?|ranges?|brands?|collections?|menus?|burgers?|drinks?|sandwich(?:es)?|"
    r"pizzas?|routes?|flights|gadgets?|wearables?|trackers?|displays?|monitors?|tvs?|keyboards?|pass(?:es)?|program(?:me)?|"
    r"iphones?|ipads?|ipados|ios|macs?|macbooks?|airpods|kindles?|echo|alexa|playstation|xbox|galaxy|pixel|surface|"
    r"engines?|servers?|accelerators?|gpus?|satellites?|batter(?:y|ies)|chargers?|powertrains?|jets?|aircraft|rockets?|"
    r"vaccines?|tests?|shoes?|sneakers?|fragrances?|beers?|snacks?|cereals?|toys?|coin|cryptocurrency|stablecoin|token|"
    r"loans?|etfs?|funds?|experiments?|prototypes?|concepts?|technolog(?:y|ies)|systems?|locations?|thermostat|doorbell|hub|stick|cube|box)"
)
BUSINESS: Final = (
    r"(?:results?|earnings|profits?|loss(?:es)?|revenues?|sales|guidance|outlook|forecasts?|dividends?|buy-?backs?|repurchases?|stakes?|bids?|"
    r"offers? (?:for|to)|offering|notes|bonds?|debt|shares?|stock|shareholders?|ipo|listing|acquisitions?|mergers?|takeovers?|deal to|agreements? to|layoffs?|jobs?|"
    r"cuts?|reorgani[sz]ation|restructuring|resignation|departure|retirement|appointment|ceo|chief|president|executives?|directors?|board|"
    r"investigations?|probes?|inquiry|lawsuits?|settlements?|charges?|claims?|reports?|data show\w*|statements?|minutes|letter|filing|plans? to|plans? for|"
    r"spin-?offs?|splits?|closures?|closings?|investments?|billion|strikes?|strategy|targets?|partnership with|headquarters|campus|offices?|plants?|factor(?:y|ies)|"
    r"warehouses?|money|millions|fees|prices?|tickets?|teams?|fire|details of|dates?|event|conference|talks|tariffs?|sanctions|rules?|policy|policies|"
    r"report|study|survey|research|paper|names?|record|fund(?:ing)? round|stake)"
)
