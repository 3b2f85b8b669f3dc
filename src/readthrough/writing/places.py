"""Proper names that stand for no company: anybody may use them about any page."""

from __future__ import annotations

from typing import Final

__all__ = ["GENERAL"]

GENERAL: Final = frozenset(
    # places and their people
    "America American Americans Americas Asia Asian Africa African Europe European Europeans Latin Pacific Atlantic Gulf Nordic "
    "Scandinavia Britain British Briton Britons England English Scotland Scottish Wales Welsh Ireland Irish France French Germany German "
    "Germans Italy Italian Spain Spanish Portugal Portuguese Netherlands Dutch Belgium Belgian Luxembourg Switzerland Swiss Austria Austrian "
    "Denmark Danish Sweden Swedish Norway Norwegian Finland Finnish Iceland Poland Polish Czech Hungary Hungarian Romania Greece Greek "
    "Turkey Turkish Russia Russian Ukraine Ukrainian Israel Israeli Saudi Arabia Arab Qatar Qatari Emirates UAE Dubai Kuwait Iran Iranian "
    "Iraq Egypt Nigeria Kenya China Chinese Taiwan Taiwanese Japan Japanese Korea Korean Koreans India Indian Indians Indonesia Indonesian "
    "Malaysia Malaysian Singapore Thailand Thai Vietnam Vietnamese Philippines Philippine Pakistan Bangladesh Australia Australian Zealand "
    "Canada Canadian Mexico Mexican Brazil Brazilian Argentina Argentine Chile Chilean Peru Peruvian Colombia Colombian Panama Zambia "
    "Congo U.S. US USA U.K. UK EU E.U. UN Hong Kong York London Paris Frankfurt Berlin Munich Madrid Milan Rome Zurich Amsterdam Brussels "
    "Dublin Stockholm Copenhagen Oslo Helsinki Tokyo Osaka Seoul Beijing Shanghai Shenzhen Taipei Mumbai Delhi Sydney Melbourne Toronto "
    "Montreal Vancouver Chicago Boston Washington Houston Dallas Texas California Florida Ohio Michigan Virginia Arizona Nevada "
    "Francisco Angeles Seattle Atlanta Detroit Philadelphia Jersey Silicon Valley North South East West Northern Southern Eastern "
    "Western Central Midwest New Los San Saint St "
    # markets, institutions, measures and papers that every page may call by name
    "Wall Street City Main Treasury Treasuries Treasurys Fed Federal Reserve ECB BoE BOE BoJ BOJ PBOC SEC FDA EMA FTC DOJ EPA FCC CMA Congress Senate "
    "House White Pentagon Medicare Medicaid Commission Parliament Justice Department Supreme Court Nasdaq NYSE Dow S&P FTSE DAX CAC Nikkei "
    "Hang Seng STOXX MSCI Russell OPEC OPEC+ NATO IMF WTO IEA GAAP IFRS EPS EBITDA EBIT GDP CPI PPI PMI IPO ETF CEO CFO COO M&A R&D P/E FX AI "
    "IT EV EVs ADR ADRs ADS LNG GLP-1 DRAM NAND HBM ARPU ROE CET1 NII NIM NPA AUM YTD H1 H2 Q1 Q2 Q3 Q4 FY1 FY2 Brent WTI Libor SOFR "
    # days and months
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November "
    "December Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec Christmas Thanksgiving Easter Covid COVID I".split()
)
