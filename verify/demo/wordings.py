"""What reviewers and editors of the demo desk wrote: rationales and public explanations."""

CONTROL_FIRST = (
    "All three articles lead to one spokesman of one party. The "
    "pictures confirm the governor's compound, not the side "
    "valleys. The other side says the opposite. Nobody without a stake was in a position to know."
)
CONTROL_SECOND = (
    "Named and on the record, but a party to the event speaking about "
    "its own victory. One independent trace (the gate) "
    "covers a part of the claim only; fighting went on elsewhere the next day."
)
CONTROL = (
    "On 6 September 2021 a spokesman of the Taliban announced that the "
    "whole of Panjshir was in their hands. Several outlets "
    "carried it; all of them lead back to him.\n\n"
    "Pictures of the whole valley support the announcement. The National "
    "Resistance Front denied it and spoke of fighters in "
    "all strategic positions. With one party against the other and no "
    "independent observer, the claim stays unverified."
)
CONTROL_CORRECTED = (
    "On 6 September 2021 a spokesman of the Taliban announced that the "
    "whole of Panjshir was in their hands. Several outlets "
    "carried it; all of them lead back to him.\n\n"
    "Pictures show armed men at the governor's compound in Bazarak, the "
    "capital; they say nothing about the side valleys. "
    "The National Resistance Front denied the announcement and spoke "
    "of fighters in all strategic positions. With one "
    "party against the other and no independent observer, the claim stays unverified."
)
FIGURES_FIRST = (
    "One origin, the front itself, about the losses of its enemy. Both "
    "articles repeat the same post. No list, no place, no "
    "picture; one hospital speaks of small numbers, which neither proves nor rules out the figure."
)
FIGURES_SECOND = (
    "A figure in round hundreds from a party, for three days of "
    "fighting that nobody else could watch. “Captured” and "
    "“imprisoned” drift between the articles."
)
FIGURES = (
    "The figures come from the National Resistance Front alone: nearly "
    "700 of its enemy's fighters killed, another 600 "
    "captured. Each article that gives them repeats the front.\n\n"
    "A party to the fighting has reasons to name high losses of the "
    "other side. We found no count, no list and no witness "
    "besides, so the figures stay unverified. They may not be read as 700 dead."
)
DRONES_FIRST = (
    "The only thing shown is the footage, and it is from a computer "
    "game. The channel is far from the event, and the "
    "commander in the second article is not named."
)
DRONES_SECOND = (
    "The footage is refuted, but the claim does not rest on it alone: an "
    "unnamed commander says the same. Islamabad denies. "
    "I cannot say that no drone flew."
)
DRONES_DECISION = (
    "Both reviewers are right about what they looked at. The proof "
    "that was offered is not one, and nobody else with "
    "knowledge came forward. That makes the claim, as it was broadcast, misleading."
)
DRONES = (
    "A television channel claimed that Pakistan had used drones and "
    "helicopters in the valley and showed footage of an air "
    "attack. The footage is a scene from a computer game.\n\n"
    "Apart from it there is one commander who is not named, and a denial "
    "from Islamabad. Whether any drone flew we do not "
    "know; what was offered as proof is none."
)
TAJIKISTAN_REVIEW = (
    "One unnamed source in Kabul, through one agency. The person "
    "concerned says otherwise in a message that cannot be "
    "placed. Neither settles where he was."
)
TAJIKISTAN = (
    "An agency quoted a source in Kabul, without a name, that Amrullah "
    "Saleh had left Panjshir for Tajikistan. In a video "
    "message he said that he was still in the valley. Neither could be confirmed."
)
DEATHS_FIRST = (
    "The front concedes the loss of its own spokesman, against its "
    "interest, and colleagues confirm it after speaking with "
    "the family. For the general there is the front alone."
)
DEATHS_SECOND = (
    "A party's statement against its own interest, the same through two "
    "channels, and a federation that knew him. The day "
    "is given alike by both; the place within the valley is not."
)
DISTRICTS_FIRST = (
    "Witnesses without names, heard by an agency; the second article "
    "does not say whether it heard them itself. Eight "
    "districts is every district there is, or one more."
)
DISTRICTS_SECOND = (
    "The agency spoke with people from the area itself and says why "
    "they hide their names. Its reporters are trained to "
    "count heads and places; the substance holds."
)
SURRENDER_FIRST = (
    "The leader of one party about the other; eleven men in one "
    "video are not hundreds, nor do they rule them out."
)
HOSPITAL_FIRST = (
    "The group runs the hospital and was there. It spoke on the record "
    "twice, and the coordinator confirmed it to us. No "
    "party gains by the wording."
)
HOSPITAL_SECOND = (
    "First hand and on the record; our own call is the second way of knowing, though through the same group."
)
HOSPITAL = (
    "The aid group that runs the hospital in Anabah said that Taliban "
    "fighters had reached it on the evening of 3 September "
    "and that nobody of its staff was hurt. Its coordinator told us the same by telephone."
)
