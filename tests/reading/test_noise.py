"""Pages that are not news, pages that are, and the language of both."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Noise
from readthrough.reading.language import detect_language
from readthrough.reading.noise import judge_page

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

REAL = (
    "Harbour Foods said on Monday that quarterly revenue rose 8% to $2.1 billion, above analysts' expectations. "
    "The grocer raised its full-year profit forecast and said it would buy back $300 million of its shares. "
    "Shares gained 4% in morning trading."
)


def page(headline: str, body: str = "") -> Article:
    return Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=NOW)


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Just a moment...", "Checking your browser before you reach the site. This takes up to 5 seconds."),
        ("Are you a robot?", "We noticed unusual traffic from your network. Complete the captcha to go on."),
        ("Access Denied", "You don't have permission to access this page on this server. Reference #18.5f2a"),
        ("Please verify you are human", "Press and hold the button. Ray ID: 7f31"),
        ("", "Please enable JavaScript and cookies to continue."),
        ("Security check", "Verifying you are human. This may take a few seconds."),
        ("403 Forbidden", "nginx"),
        ("Page not found", "404 page not found. The page you asked for has moved."),
        ("Oops", "Your browser is not supported. Please turn on JavaScript and reload the page."),
        ("Too many requests", "Error 1015. You are being rate limited. Automated access is not allowed."),
    ],
)
def test_bot_checks(headline: str, body: str) -> None:
    assert judge_page(page(headline, body))[1] is Noise.BOT_CHECK


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Grocer in a corner", "Subscribe to continue reading. Already a subscriber? Sign in."),
        ("The deal nobody wanted", "This article is for subscribers only. Choose your plan. Cancel anytime."),
        ("Chip stocks", "You have reached your limit of free articles. Start your free trial for $1 a week."),
        (
            "Inside the boardroom",
            "To read the full story, log in or create a free account to unlock this article.",
        ),
        ("Rates", "Premium content. Become a member to unlock unlimited digital access."),
    ],
)
def test_paywalls(headline: str, body: str) -> None:
    assert judge_page(page(headline, body))[1] is Noise.PAYWALL


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Important information",
            "For informational purposes only. Past performance is no guide to the future.",
        ),
        (
            "Safe harbor",
            "This release contains forward-looking statements subject to risks and uncertainties. Actual results "
            "may differ materially. The company undertakes no obligation to update them.",
        ),
        (
            "Cookie notice",
            "We use cookies. Accept all cookies or manage your choices. See our privacy policy.",
        ),
        (
            "Disclaimer",
            "Nothing here is investment advice. Consult your financial adviser. All rights reserved.",
        ),
        ("", "© 2026 Quill Media. All rights reserved. May not be reproduced without written permission."),
        ("Legal", "This is not an offer to sell or a solicitation. Terms and conditions apply to its use."),
    ],
)
def test_legal_text_alone(headline: str, body: str) -> None:
    assert judge_page(page(headline, body))[1] is Noise.DISCLAIMER


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Markets", "Home\nNews\nMarkets\nStocks\nCrypto\nWatchlist\nSign in\nSubscribe"),
        ("Quill", "Home | World | Business | Tech | Opinion | Video | Newsletters | Search | Log in"),
        ("Menu", "Top stories\nMost read\nSee all\nContact us\nAbout us\nPrivacy policy\nCareers"),
    ],
)
def test_menus(headline: str, body: str) -> None:
    assert judge_page(page(headline, body))[1] is Noise.NAVIGATION


@pytest.mark.parametrize(
    ("headline", "body"), [("", ""), ("  ", "\n\t\n"), ("--", "12 % ... 44"), ("Oops", "")]
)
def test_empty_pages(headline: str, body: str) -> None:
    assert judge_page(page(headline, body))[1] is Noise.EMPTY


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Harbour Foods lifts forecast", REAL),
        (
            "Harbour Foods lifts forecast",
            REAL + " Subscribe to continue reading. Already a subscriber? Sign in.",
        ),
        (
            "Harbour Foods lifts forecast",
            REAL + "\n\nThis article is for informational purposes only and is not investment advice. Past "
            "performance is no guarantee. © 2026 Quill Media. All rights reserved.",
        ),
        (
            "Harbour Foods lifts forecast",
            "Home\nNews\nMarkets\n" + REAL + "\nRead more\nShare\nPrivacy policy",
        ),
        ("Harbour Foods lifts forecast", "We use cookies. Accept all cookies.\n\n" + REAL),
        ("Harbour Foods lifts forecast", REAL + " Please enable JavaScript to see the chart."),
        (
            "Maker of captcha puzzles sues rival",
            "The maker of captcha puzzles sued a rival on Monday for $50 million.",
        ),
        ("Regulator orders streaming firm to let subscribers cancel anytime", REAL),
        ("Publisher says digital access revenue rose 12%", "The publisher reported that revenue rose 12%."),
        ("Nvidia tops estimates, raises outlook", ""),
        (
            "Court rules on forward-looking statements in Tesla case",
            "The court ruled on Monday. Tesla fell 3%.",
        ),
        ("Boeing shares fall", "Boeing fell 3% after a strike vote."),
    ],
)
def test_news_stays_news(headline: str, body: str) -> None:
    assert judge_page(page(headline, body)) == ("en", None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "de",
            "Der Konzern hat die Prognose für das Jahr gesenkt, weil die Nachfrage nach Autos nicht gestiegen ist.",
        ),
        (
            "fr",
            "Le groupe a publié des résultats en hausse et relève son objectif pour l'année, selon la direction.",
        ),
        (
            "es",
            "La empresa ha elevado sus previsiones para el año tras un aumento de las ventas en el trimestre.",
        ),
        (
            "it",
            "La società ha alzato le stime per il 2026 dopo la crescita dei ricavi nel trimestre, anche negli Usa.",
        ),
        (
            "pt",
            "A empresa elevou as suas previsões para o ano após o aumento das vendas no trimestre, mas não no Brasil.",
        ),
        (
            "nl",
            "Het bedrijf heeft de verwachting voor het jaar verhoogd na een stijging van de omzet in het kwartaal.",
        ),
        ("sv", "Bolaget höjer prognosen för året efter att försäljningen har ökat med tio procent, sade vd."),
        (
            "pl",
            "Spółka podniosła prognozę na ten rok, ponieważ sprzedaż w kwartale wzrosła i nie jest to koniec.",
        ),
        (
            "tr",
            "Şirket yıl için beklentisini yükseltti ve satışların yüzde on arttığını, bu artışın daha da süreceğini söyledi.",
        ),
        ("zh", "公司上调全年业绩预期,股价上涨百分之五"),
        ("ja", "同社は通期の業績予想を上方修正した。株価は上昇している。"),
        ("ko", "회사는 연간 실적 전망을 상향 조정했다. 주가는 상승했다."),
        ("ru", "Компания повысила прогноз на год, акции выросли на пять процентов."),
        ("uk", "Компанія підвищила прогноз на рік, акції зросли на п'ять відсотків, її виручка більша."),
        ("ar", "رفعت الشركة توقعاتها للعام وارتفع السهم خمسة بالمئة"),
        ("he", "החברה העלתה את התחזית לשנה והמניה עלתה"),
        ("hi", "कंपनी ने साल के लिए अनुमान बढ़ाया और शेयर चढ़े"),
        ("th", "บริษัทปรับเพิ่มคาดการณ์ทั้งปี หุ้นปรับตัวขึ้น"),
        ("el", "Η εταιρεία αύξησε την πρόβλεψη για το έτος και η μετοχή ανέβηκε"),
    ],
)
def test_languages_are_detected_and_said_to_be_unread(code: str, text: str) -> None:
    assert detect_language(text) == code
    assert judge_page(page(text)) == (code, Noise.UNREAD_LANGUAGE)


@pytest.mark.parametrize(
    "text",
    [
        "BABA +7% premarket",
        "Nestlé, L'Oréal gain",
        "Volkswagen AG names CFO",
        "Petróleo Brasileiro beats estimates",
    ],
)
def test_short_latin_text_counts_as_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_text_without_letters_has_no_language() -> None:
    assert detect_language("12.5 % -- 2026") == "und"


def test_a_huge_page_is_judged_by_its_beginning() -> None:
    assert judge_page(page("Harbour Foods lifts forecast", REAL * 5_000)) == ("en", None)
