"""Countries, states and large cities whose names need no help from the words around them."""

from __future__ import annotations

from verify.spotting.grammar import words_of


def _lines(names: str) -> frozenset[str]:
    return frozenset(name.strip() for name in names.replace("\n", ",").split(",") if name.strip())


COUNTRIES = _lines(
    """Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahamas
    Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia, Bosnia, Botswana, Brazil
    Britain, Bulgaria, Burkina Faso, Burma, Burundi, Cambodia, Cameroon, Canada, Cape Verde, Chad, Chile, China
    Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech Republic, Denmark, Djibouti, Ecuador, Egypt
    El Salvador, England, Eritrea, Estonia, Ethiopia, Fiji, Finland, France, Gabon, Gambia, Georgia, Germany, Ghana
    Greece, Greenland, Guatemala, Guinea, Guyana, Haiti, Honduras, Hong Kong, Hungary, Iceland, India, Indonesia
    Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait
    Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia
    Maldives, Mali, Malta, Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro, Morocco, Mozambique
    Myanmar, Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea, Northern Ireland
    North Macedonia, Norway, Oman, Pakistan, Palestine, Panama, Papua New Guinea, Paraguay, Peru, Philippines
    Poland, Portugal, Puerto Rico, Qatar, Romania, Russia, Rwanda, Saudi Arabia, Scotland, Senegal, Serbia
    Sierra Leone, Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, South Sudan, Spain, Sri Lanka
    Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Tibet, Togo, Tonga, Tunisia
    Turkey, Turkmenistan, Uganda, Ukraine, United Arab Emirates, United Kingdom, United States, Uruguay, Uzbekistan
    Venezuela, Vietnam, Wales, Yemen, Zambia, Zimbabwe, Gaza, West Bank, Crimea, Kashmir, Catalonia, Chechnya
    U.S., U.K., US, UK, UAE, USA"""
)
STATES = _lines(
    """Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho
    Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota
    Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York
    North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota
    Tennessee, Texas, Utah, Vermont, Virginia, West Virginia, Wisconsin, Wyoming, Ontario, Quebec, Alberta
    British Columbia, Manitoba, Saskatchewan, Nova Scotia, Queensland, New South Wales, Tasmania, D.C."""
)
CITIES = _lines(
    """London, Paris, Berlin, Moscow, Beijing, Tokyo, Brussels, Geneva, Vienna, Rome, Madrid, Lisbon, Athens
    Dublin, Edinburgh, Glasgow, Cardiff, Belfast, Manchester, Birmingham, Liverpool, Leeds, Sheffield, Bristol
    Washington, Chicago, Los Angeles, San Francisco, Houston, Dallas, Boston, Philadelphia, Miami, Atlanta, Seattle
    Detroit, Denver, Phoenix, Las Vegas, Baltimore, New Orleans, Cleveland, Toronto, Montreal, Vancouver, Ottawa
    Mexico City, Havana, Caracas, Buenos Aires, Rio de Janeiro, Brasilia, Santiago, Lima, Cairo, Tripoli, Tunis
    Algiers, Lagos, Abuja, Nairobi, Johannesburg, Cape Town, Pretoria, Addis Ababa, Khartoum, Kinshasa, Baghdad
    Tehran, Damascus, Aleppo, Beirut, Amman, Jerusalem, Tel Aviv, Riyadh, Doha, Dubai, Abu Dhabi, Istanbul, Ankara
    Kabul, Kandahar, Herat, Islamabad, Karachi, Lahore, Delhi, New Delhi, Mumbai, Kolkata, Dhaka, Colombo, Kathmandu
    Bangkok, Hanoi, Jakarta, Manila, Kuala Lumpur, Seoul, Pyongyang, Shanghai, Taipei, Sydney, Melbourne, Canberra
    Auckland, Wellington, Kyiv, Kiev, Kharkiv, Odesa, Minsk, Warsaw, Prague, Budapest, Bucharest, Sofia, Belgrade
    Zagreb, Sarajevo, Stockholm, Oslo, Copenhagen, Helsinki, Amsterdam, The Hague, Zurich, Munich, Hamburg
    Frankfurt, Barcelona, Milan, Naples, Mosul, Raqqa, Idlib, Homs, Rafah, Mogadishu, Davos, Europe, Asia, Africa
    Latin America, South America, North America, Central America, Middle East, Antarctica, Balkans, Caribbean"""
)
KNOWN = COUNTRIES | STATES | CITIES
NAMED_AFTER = words_of(
    "Province District Valley County City Town Village Island Islands Peninsula Airport Port Harbor Harbour River "
    "Lake Bridge Square Street Road Avenue Park Sea Ocean Gulf Bay Beach Hill Hills Mountain Mountains Station "
    "Stadium Strip Bank Desert Forest Canyon Falls Heights Highway Tower Palace Prison Plaza Boulevard Lane Canal"
)
NAMED_BEFORE = words_of(
    "Mount Mt Lake River Port Fort Camp Cape Gulf Terminal Gate San Santa Saint St North South East West "
    "New Los Las Route Interstate Highway"
)
