"""Countries as questions name them, by the code that issuers carry."""

from __future__ import annotations

from typing import Final

__all__ = ["country_named"]

_NAMES: Final = """US=the united states,united states,us,usa,america,american,the us|GB=the united kingdom,united kingdom,uk,britain,british,the uk
|JP=japan,japanese|CN=china,chinese|IN=india,indian|CA=canada,canadian|KR=south korea,korea,korean,south korean|AU=australia,australian
|DE=germany,german|FR=france,french|BR=brazil,brazilian|CH=switzerland,swiss|SE=sweden,swedish|IT=italy,italian|TW=taiwan,taiwanese
|ES=spain,spanish|ZA=south africa,south african|NL=the netherlands,netherlands,dutch|SA=saudi arabia,saudi|MX=mexico,mexican
|DK=denmark,danish|NO=norway,norwegian|AE=the united arab emirates,united arab emirates,uae|SG=singapore,singaporean
|FI=finland,finnish|BE=belgium,belgian|HK=hong kong|TR=turkey,turkish|AT=austria,austrian|PL=poland,polish|IL=israel,israeli
|IE=ireland,irish|TH=thailand,thai|MY=malaysia,malaysian|RU=russia,russian|ID=indonesia,indonesian|GR=greece,greek
|PT=portugal,portuguese|CL=chile,chilean|QA=qatar|NZ=new zealand|LU=luxembourg|PH=the philippines,philippines|AR=argentina,argentine
|UY=uruguay|VN=vietnam,vietnamese|CO=colombia,colombian|VE=venezuela|PE=peru,peruvian|PA=panama|KZ=kazakhstan|EE=estonia"""
_CODES: Final = {
    name.strip(): part.partition("=")[0].strip()
    for part in _NAMES.replace("\n", "").split("|")
    for name in part.partition("=")[2].split(",")
}


def country_named(words: str) -> str:
    """Return the code of a country by its name or its people's; empty where it is none.

    >>> country_named("China"), country_named("the Netherlands"), country_named("Orbex")
    ('CN', 'NL', '')
    """
    return _CODES.get(" ".join(words.lower().split()), "")
