"""The words that tell a company from a word, a person, a place or another organisation.

Compared with folded words: lower case, no accents, no apostrophes.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACRONYMS",
    "ADJACENT_CUES",
    "COMPANY_NOUNS",
    "FIRST_NAMES",
    "FREE_NEIGHBOURS",
    "GENERIC_WORDS",
    "LEGAL_FORMS",
    "LOOSE_CUES",
    "NATURE_WORDS",
    "ORGANISATION_TAILS",
    "PLAIN_CUES",
    "STRONG_CUES",
    "SURNAMES",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name may carry one of these and still be the same name.
LEGAL_FORMS: Final = _words(
    "inc incorporated corp corporation co cos company companies ltd limited plc llc llp lp ag sa nv se spa srl bv ab "
    "asa oyj as a/s kk kgaa gmbh group groep groupe holding holdings bhd berhd tbk pjsc pao jsc sab sgps adr ads"
)

# Directly after a name, one of these says it is a company.
ADJACENT_CUES: Final = LEGAL_FORMS | _words(
    "shares share stock stocks analyst analysts ceo cfo coo cto chief chairman chairwoman president executive executives director "
    "board shareholders shareholder investors holders earnings results profit profits revenue revenues sales "
    "guidance outlook quarterly q1 q2 q3 q4 dividend bonds debt stores employees workers staff customers "
    "spokesman spokeswoman spokesperson headquarters factory plant unit subsidiary engineers lawyers "
    "said says say told tells reported reports posted posts announced announces unveils unveiled launches launched "
    "beats beat misses missed raises raised cuts slashes warns warned expects forecasts forecast plans agreed agrees "
    "acquires acquired buys bought sells sues sued hires hired names appoints appointed declined confirms confirmed "
    "denies denied files filed recalls recalled wins won loses delays delayed reportedly surges surged jumps jumped "
    "soars soared slides slid tumbles tumbled plunges plunged sinks sank climbs climbed gains gained slips slipped "
    "drops dropped falls fell rises rose rallies rallied dips dipped added shed lost earned generated owns operates "
    "competes introduced introduces rolled bets inks signs signed invests invested doubles tops topped settles pays "
    "paid faces halts halted pulls taps seeks eyes reveals revealed disclosed stands has have is was were will would"
)
# These follow ordinary words as readily as names, so they count only where a capital is no accident.
_WEAK: Final = _words(
    "is was were will would has have falls fell rises rose drops dropped slips slipped climbs climbed gains gained "
    "added lost faces stands beats beat cuts plans names tops sales results prices forecast unit plant board debt "
    "share stocks sells buys wins holders investors customers workers staff signs is pays seeks"
)
STRONG_CUES: Final = ADJACENT_CUES - _WEAK - LEGAL_FORMS

# Directly before a capitalised name, or within a few words after its comma, one of these is enough.
COMPANY_NOUNS: Final = _words(
    "company retailer maker chipmaker carmaker automaker drugmaker airline lender bank insurer giant rival rivals "
    "supplier startup operator conglomerate competitor competitors brand manufacturer parent owner subsidiary brewer "
    "grocer miner utility biotech broker brokerage chain restaurant software developer platform planemaker publisher"
)

# Ordinary words go before these as well ("Key executives"): cues only for names known to be worth it.
LOOSE_CUES: Final = _words(
    "analyst analysts executives executive investors shareholders shareholder shares stock earnings results revenue revenues guidance "
    "outlook quarterly director president chief chairman employees engineers lawyers stores bonds dividend profit "
    "profits headquarters factory subsidiary q1 q2 q3 q4 tells tell named owns operates has"
)

# Of these, the ones clear enough where a capital may be that of any first word.
PLAIN_CUES: Final = (STRONG_CUES - LOOSE_CUES) | _words(
    "shares stock earnings results profit profits revenue revenues guidance outlook quarterly chief dividend bonds"
)

# A capitalised word beside a name that does not make a longer name of it.
FREE_NEIGHBOURS: Final = (ADJACENT_CUES - _words("a/s as se")) | _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december us uk eu usa china india japan europe america asia canada france germany "
    "australia korea brazil mexico chinese american european and or the of in on at for with from by to as but while "
    "after when if although though meanwhile however shares rival retailer chipmaker carmaker automaker airline bank "
    "giant analysts analyst like unlike both can could should did does do may will is are was has how why what where "
    "who its their our your my this that these those mr ms i we they he she it new q1 q2 q3 q4 vs over under into "
    "than then so also even only just buying selling owning at about amid before since until because despite unless"
)

ORGANISATION_TAILS: Final = _words(
    "foundation university college school institute prize award awards medal cup park stadium arena theatre theater "
    "museum hospital hall avenue street road boulevard square tower bridge bowl trophy tournament scholarship "
    "professor lecture fellowship church cathedral ballpark speedway tribune times county falls creek "
    "administration initiative act clause doctrine parish heights"
)

NATURE_WORDS: Final = _words(
    "variant rainforest river basin forest jungle valley region wave county coast delta plateau island islands "
    "tribe tribes juice pie pies tree trees orchard orchards cider"
)

FIRST_NAMES: Final = _words(
    "aaron abigail adam adrian ahmed alan albert alejandro alex alexander alexandra alexis alice alison allen amanda "
    "amit amy ana andrea andrew andy angela anil anita ann anna anne anthony antonio anthony arjun arthur arun ashley "
    "barbara ben benjamin bernard beth betsy betty bill billy bob bobby bonnie brad bradley brandon brenda brent brett "
    "brian bruce bryan carl carla carlos carol caroline catherine cathy charles charlie charlotte cheryl chris "
    "christian christina christine christopher cindy claire claudia colin connie craig curtis cynthia dan daniel "
    "danielle danny dave david dean deborah debra deepak denise dennis derek diana diane diego donald donna doug "
    "douglas dwight ed eddie edgar eduardo edward eileen elaine eleanor elena elizabeth ellen elon emily emma eric "
    "erik erin ethan eugene eva evan evelyn fernando fiona fred frederick gabriel gail gary gavin george gerald gina "
    "giovanni glenn gloria gordon greg gregory guillermo gwen hannah hans harold harrison harry heather heidi helen "
    "henrik henry herbert howard hugh ian irene isaac isabel ivan jack jackie jacob jacqueline jake james jamie jan "
    "jane janet janice jared jason javier jay jean jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jill "
    "jim jimmy joan joanna joe joel john johnny jon jonathan jordan jorge jose joseph josh joshua juan judith judy "
    "julia julian julie justin karen karl kate katherine kathleen kathryn kathy katie keith kelly ken kenneth kevin "
    "kim klaus kristen kumar kurt kyle larry laura lauren laurence lawrence lee leo leon leonard leslie lewis liam "
    "lily linda lisa liz lloyd lori louis louise lucas lucy luis luke lynn malcolm manuel marc marcus margaret maria "
    "marie mario marilyn marissa martha martin marvin mary mateo matt matthew maurice max megan melanie melissa "
    "michael michelle miguel mike mohamed mohammed monica morris nancy naomi natalie nathan neil nicholas nick nicole "
    "nigel nina noah norman oliver olivia oscar owen pablo pamela patricia patrick paul paula pedro peggy peter phil "
    "philip philippe phillip pierre priya rachel rafael rahul raj rajesh ralph randy ravi ray raymond rebecca ricardo "
    "richard rick rob robert roberto robin rodney roger roland ron ronald rosa ross roy russell ruth ryan sally sam "
    "samantha samuel sandra sandy sanjay sara sarah satya scott sean sebastian sergey sergio shannon sharon shawn "
    "sheila sheryl shirley simon sophia sophie stacy stanley stefan stephanie stephen steve steven stuart sundar "
    "sunil suresh susan suzanne sylvia takeshi tara ted teresa terry theodore theresa thomas tiffany tim timothy tina "
    "todd tom tommy tony tracy travis tyler valerie vanessa veronica vicki victor victoria vijay vincent virginia "
    "vivek vladimir walter wanda warren wayne wei wendy wesley william xavier yang yolanda yuki yvonne zachary "
    "abdul adam adel agnes akio akira alain aldo alessandro alexandre alexei alfred alfredo ali amir anders andre andreas "
    "andrei andres angelo anja anton antoine antonin anwar armando arnaud arnold arthur asif aurelie axel bart bastian "
    "benedikt benoit bernhard birgit bjorn boris bram brigitte bruno camille caitlin cecilia cedric celine cesar chantal "
    "chloe christelle christophe christoph claude claudio clement connor cristiano cyril damien daniele dario delphine "
    "denis didier dieter dietmar dmitry dominic dominik dominique edoardo eiji elisa elise elon emilio emmanuel enrico "
    "enrique ernesto ernst erwin esteban etienne eugenio evelyne fabian fabien fabio fabrice federico felipe felix filippo "
    "florian francesca francesco francisco franck francois frank franz frederic fredrik friedrich fumio gael gaelle georg "
    "gerard gerhard gianni gilles giorgio giulia giuseppe gonzalo greta guido guillaume gunnar gunther gustavo guy hanna "
    "harald haruhiko harsh harsha hector heiko heinrich helena helene helmut herve hideki hideo hiro hiroaki hiroshi "
    "hiroyuki hugo ignacio igor ines ingrid isabelle isao itaru jacek jacques jaime jakob jan janos jens jerome jesper "
    "jesus joachim joanna joao jochen johan johann johannes jonas jorg josef josep julien jurgen kaori karim karin karsten "
    "katarina kazuhiko kazuo keiji keiko kengo kenichi kenichiro kenji kenta koichi koji kota kunal lars laurent leonardo "
    "linus loic lorenzo luca luciano ludovic luigi luis lukas madhav magnus makoto manish manfred manoj manuela marcel "
    "marcelo marco marcos mariana marina mario mark markus marta masaaki masahiro masaki masami masato masayoshi mathias "
    "mathieu mats matteo matthias mauricio mauro maxime mehmet michal michel mikael mikhail milan miriam mitsuru monika "
    "mukesh naoki naoto narendra neha nikhil nikolai nils nitin nobuyuki norbert olaf oleg olga olivier osamu otto paolo "
    "pascal patrice pavel pekka per petr petra philippa pierluigi pietro prakash pranav rafael raffaele rahm rainer ramon "
    "raul regis reinhard remi rene renato reto ricardo riccardo rodolfo rodrigo rohit rolf romain ruben rudolf ruediger "
    "ryosuke ryota sachin sandeep sandro sanjeev santiago satoru satoshi sebastien sergei severin shigeru shin shinichi "
    "shinji shinzo shuji silvia silvio simone sophie srinivas stefano stephane sven sylvain tadashi taka takahiro takao "
    "takashi takeo takuya tatsuo terushi tetsuya thierry thibault thorsten tobias tomas tomasz tomoko toru toshihiro "
    "toshiyuki tsuyoshi udo ulrich umberto uwe valentin valerio vikram vincent vincenzo vinod viktor wataru werner "
    "wilhelm willem wolfgang xavier yann yannick yasuhiro yoichi yoko yoshihiko yoshihiro yoshihisa yoshinori yosuke yuji "
    "yuichi yukio yuri yusuke yutaka yves zoe"
)

# In capitals these are words of the trade, never a ticker without its exchange or a dollar sign.
ACRONYMS: Final = _words(
    "ceo cfo coo cto cio cmo ai it all now eps usa us gdp fda sec ipo etf uk eu ev evs gaap esg lng api cpi fed who "
    "doj ftc irs epa imf ecb boj boe rbi pboc opec nato un wto cdc nih faa fcc dot doe dod cia fbi nsa nlrb cfpb fdic "
    "usd eur gbp jpy cny inr ism pmi ppi pce yoy qoq ytd mom ttm ebit ebitda roi roe roic arpu arr mau dau capex opex "
    "spac adr ads reit otc nav aum vc pe hr pr it ar vr llm gpu cpu dram nand ssd hbm led oled lcd tv tvs pc pcs os "
    "ios vpn app iot crm erp saas paas iaas cloud nft btc eth defi dao cbdc sofr libor qe qt fx nyc la sf dc tx ca ny "
    "wa am pm est edt gmt utc pst bst and or the for are you not but can has had was new one two see key big top low "
    "high open any out best love life car cars cash cost fun fast good play real safe true well job jobs oil gas gold "
    "ice sun sky eat run fit dow man men tech bio edge cars gap nice home peak post next pay care hope kids tax "
    "plc inc corp llc ltd nyse bbc cnn nbc abc cbs mlb nba nfl nhl ufc mba phd md jr sr rd avenue st ip id gop dnc "
    "lgbt covid sars mers hiv dna rna mrna usmca nafta brics apac emea latam g7 g20 ott dtc b2b b2c mvp sku rfp kpi "
    "cagr dcf wacc tsr ltm fy q1 q2 q3 q4 h1 h2 mmt lbo llp tbd faq asap diy url www com pdf suv suvs hev phev bev "
    "icu er tnt sos vip aaa bbb roce cet nim npl mbs abs cds cdo clo hft esop isin cusip lei ppp usps nasa tsa dhs ice "
    "hud sba va gse fha nar mls ap afp upi itc wsj nyt msm bofa tarp cares chips ira act aid win pro max min air"
)

# First words of names that many things begin with: never a short form of the name.
GENERIC_WORDS: Final = _words(
    "first general american united national new bank international royal standard north south east west northern "
    "southern eastern western great big best home capital dollar global world the old pacific atlantic canadian "
    "british china chinese japan german france india indian korea swiss deutsche banco banca credit federal public "
    "union central city state street life health energy oil gas power electric water air sky sun star blue red green "
    "black white golden silver gold digital data cloud cyber smart advanced applied universal modern total prime "
    "premier super mid main liberty freedom independent allied associated consolidated industrial commercial "
    "community financial insurance mutual trust investors systems texas california florida virginia georgia "
    "carolina ohio york london hong san los las saint st el la le de van trade trading open direct one two three "
    "five seven dr mr real estate simon group live natural food foods fresh whole family dish fox time warner "
    "constellation monster match service services urban under over news take zoom box block square sea on us u good "
    "tractor discount auto advance cardinal crown ball palo charles chase morgan johnson stanley thomson ralph ross "
    "henry jack william martin rio taiwan singapore thailand vietnam indonesia brazil mexico canada australia britain "
    "england scotland ireland italy spain russia turkey israel saudi qatar kuwait dubai abu hong boston chicago dallas "
    "houston philadelphia seattle denver phoenix detroit cleveland cincinnati minneapolis pittsburgh baltimore miami "
    "nashville virginia washington oregon arizona colorado utah nevada kansas missouri tennessee kentucky alabama "
    "tokyo osaka beijing shanghai shenzhen guangzhou seoul mumbai delhi paris berlin munich zurich geneva amsterdam "
    "madrid milan rome stockholm oslo copenhagen helsinki sydney melbourne toronto montreal vancouver europe european "
    "asia asian africa african america contemporary precision model fidelity research medical bed coffee restaurant "
    "brands entertainment media music news sports golden grand universal tech science sciences therapeutics pharma"
)

# Those of them that a text does use alone for a company of that name, where it speaks of its shares or its holders.
SURNAMES: Final = _words(
    "warner johnson morgan stanley thomson charles simon ralph ross henry jack william martin constellation cardinal crown zoom"
)
