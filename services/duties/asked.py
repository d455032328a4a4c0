"""What each clause asks for, in words."""

from collections.abc import Mapping

from services.completeness.rule import Said

ASKED: Mapping[str, Said] = {
    "1.2": Said("An order names who administers the journal in this academic year.", {}),
    "2.1": Said("The week is analysed and the administration is told.", {}),
    "2.2": Said("The analysis of the period is with the director.", {}),
    "2.3": Said("Lists of staff and pupils are brought in line with the orders.", {}),
    "2.4": Said("The year is closed or the next one opened, pupils are transferred by order.", {}),
    "2.5": Said("Tickets are gone through and their causes are named.", {}),
    "2.6": Said(
        "The end of the term is foreseen, or a change is thought through as a scenario.", {}
    ),
    "2.7": Said("Requirements are revised; training and control are planned.", {}),
    "2.8": Said("Work with teachers, heads and the district office is agreed.", {}),
    "2.9": Said("How the rollout goes is looked at.", {}),
    "2.10": Said("The journal is checked, decisions are carried out in time.", {}),
    "2.11": Said("Regulations and guidance are prepared or renewed.", {}),
    "2.12": Said("Questions are answered.", {}),
    "2.13": Said("The information system and the flow of documents are looked after.", {}),
    "3": Said("Copies of the data are made and can be read.", {}),
}
