"""Which of "he" and "she" a person may be, where a title, a role or a common first name tells."""

from __future__ import annotations

from verify.spotting.grammar import words_of

_HE = words_of(
    "mr sir lord king prince duke earl sheikh shaikh mullah maulvi mawlawi imam father brother son husband uncle "
    "nephew spokesman chairman businessman policeman congressman councilman cameraman pope salesman "
    "grandfather alderman gentleman patriarch sultan emperor "
    "james john robert michael william david richard joseph thomas charles daniel matthew anthony mark donald steven "
    "paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric "
    "stephen jonathan larry justin scott brandon benjamin samuel frank gregory raymond patrick jack peter henry adam "
    "nathan zachary walter harold kyle carl arthur roger keith jeremy lawrence sean christian albert joe ethan austin "
    "bill bob tom tim jim mike steve dan dave nick ben sam tony ted harry simon graham nigel alan ian neil gordon "
    "derek colin trevor barry stuart oliver boris vladimir dmitry sergei ivan pavel igor mikhail oleg yuri ahmad ahmed "
    "mohammad mohammed muhammad mahmoud hamid abdullah ali hassan hussein omar yusuf ibrahim khalid mustafa amrullah "
    "ashraf zabihullah jose juan luis carlos miguel pedro jorge hans karl lars emmanuel francois pierre jean-claude "
    "narendra rahul imran joao giuseppe matteo marcus lukas bernie mitch marco mitt barack jeb"
)
_SHE = words_of(
    "mrs ms miss lady dame queen princess duchess mother sister daughter wife aunt niece spokeswoman chairwoman "
    "businesswoman policewoman congresswoman councilwoman actress baroness madam grandmother empress "
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley "
    "kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy "
    "kathleen angela anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet "
    "maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith "
    "alice julia hannah jacqueline theresa priti nicola angela ursula kamala hillary nancy condoleezza sonia jacinda "
    "fatima aisha zainab leila maryam sara jane anne ann kate claire fiona gillian alison maureen yvette harriet "
    "ingrid elena olga natalia svetlana yulia tatiana ana carla lucia rosa carmen teresa priya indira lorna dana"
)


def pronoun_of(words: list[str]) -> str | None:
    """Returns "he" or "she" where one of the words tells, else None; titles and roles come before names."""
    for word in words:
        lowered = word.lower().rstrip(".")
        if lowered in _HE:
            return "he"
        if lowered in _SHE:
            return "she"
    return None
